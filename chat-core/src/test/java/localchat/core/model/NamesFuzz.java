package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import localchat.fuzz.FuzzText;

/// Any text as a name, a topic, a message, a reaction: it is one or has a fault, by whomever it is
/// asked; a name's stored form is its own stored form, and names that are the same stay the same.
/// Very long texts are refused as fast as others (Jazzer's time limit watches that).
///
/// Input: a [FuzzText].
public final class NamesFuzz {
    private NamesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzText.of(input);
        utf8Length(text);
        userName(text);
        roomName(text);
        topic(text);
        assertAgree(MessageText.fault(text), text, MessageText::new);
        assertAgree(Emoji.fault(text), text, Emoji::new);
    }

    private static void utf8Length(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isUnicode = new String(bytes, StandardCharsets.UTF_8).equals(text);
        assertEquals(isUnicode ? bytes.length : -1, MessageText.utf8Length(text));
    }

    private static void userName(String text) {
        if (assertAgree(UserName.fault(text), text, UserName::new)) {
            UserName name = new UserName(text);
            assertStored(name.value(), UserName.BYTES_MAX);
            assertEquals(name, new UserName(name.value()));
            assertEquals(name.folded(), new UserName(text).folded());
            if (isStored(name.folded(), UserName::fault, UserName::new)) {
                assertEquals(name.folded(), new UserName(name.folded()).folded(), "folded twice");
            }
        }
    }

    private static void roomName(String text) {
        if (assertAgree(RoomName.fault(text), text, RoomName::new)) {
            RoomName name = new RoomName(text);
            assertStored(name.value(), RoomName.BYTES_MAX);
            assertFalse(name.value().startsWith("#") || name.value().startsWith("/"), text);
            assertEquals(name, new RoomName(name.value()));
            assertEquals(name, new RoomName("#" + name.value()), "written with its mark");
            if (isStored(name.folded(), RoomName::fault, RoomName::new)) {
                assertEquals(name.folded(), new RoomName(name.folded()).folded(), "folded twice");
            }
        }
    }

    /// Whether this is a name, in the form in which names are stored. The compatibility form of a
    /// mark that stands alone begins with a blank, which is stored without.
    private static boolean isStored(
            String folded, Function<String, Optional<String>> fault, Function<String, ?> made) {
        return fault.apply(folded).isEmpty() && made.apply(folded).toString().equals(folded);
    }

    private static void topic(String text) {
        assertAgree(RoomTopic.fault(text), text, RoomTopic::new);
        String cut = RoomTopic.cut(text);
        assertTrue(text.startsWith(cut));
        assertEquals(cut, RoomTopic.cut(cut));
        int bytes = MessageText.utf8Length(cut);
        assertTrue(bytes <= RoomTopic.BYTES_MAX, "cut to " + bytes);
        if (cut.length() < text.length() && bytes >= 0) {
            assertTrue(bytes > RoomTopic.BYTES_MAX - 4, "cut to " + bytes);
        }
    }

    private static void assertStored(String value, int bytesMax) {
        int bytes = MessageText.utf8Length(value);
        assertTrue(bytes > 0 && bytes <= bytesMax, bytes + " bytes");
        assertTrue(Normalizer.isNormalized(value, Normalizer.Form.NFC), value);
        assertEquals(value, value.strip());
        assertFalse(value.contains("  "), value);
        assertTrue(
                value.codePoints().noneMatch(c -> Character.isISOControl(c) || isInvisible(c)),
                value);
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR -> point != ' ';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    true;
            default -> false;
        };
    }

    /// Whether the text is a value, which its constructor must say as its `fault` does.
    private static boolean assertAgree(
            Optional<String> fault, String text, Consumer<String> constructor) {
        if (fault.isEmpty()) {
            constructor.accept(text);
            return true;
        }
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> constructor.accept(text));
        assertEquals(fault.get(), refusal.getMessage());
        return false;
    }
}
