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
import java.util.function.Predicate;
import localchat.fuzz.FuzzText;

/// Any text as a name, a topic, a message, a reaction: it is one or has a fault, by whomever it is
/// asked; a name's stored form is its own stored form, names that are the same stay the same and
/// look alike. Very long texts are refused as fast as others (Jazzer's time limit watches that).
///
/// Input: a [FuzzText].
public final class NamesFuzz {
    private static final NameSkeleton ADMIN = new UserName("admin").skeleton();
    private static final NameSkeleton SYSTEM = new UserName("system").skeleton();

    private NamesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzText.of(input);
        utf8Length(text);
        userName(text);
        roomName(text);
        topic(text);
        assertAgree(
                MessageText.fault(text).isEmpty(), MessageText.fault(text), text, MessageText::new);
        assertAgree(Emoji.fault(text).isEmpty(), Emoji.fault(text), text, Emoji::new);
    }

    private static void utf8Length(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isUnicode = new String(bytes, StandardCharsets.UTF_8).equals(text);
        assertEquals(isUnicode ? bytes.length : -1, MessageText.utf8Length(text));
    }

    private static void userName(String text) {
        if (!assertAgree(UserName.isShowable(text), UserName.fault(text), text, UserName::new)) {
            return;
        }
        UserName name = new UserName(text);
        assertStored(name.value(), UserName.BYTES_MAX);
        assertEquals(name, new UserName(name.value()));
        assertEquals(UserName.fault(text), UserName.fault(name.value()), "stored and chosen again");
        NameSkeleton looks = name.skeleton();
        assertTrue(looks.looksLike(new UserName(text).skeleton()));
        assertTrue(looks.looks().size() <= 4, looks.toString());
        if (isStored(name.folded(), UserName::isShowable, UserName::new)) {
            UserName folded = new UserName(name.folded());
            assertEquals(name.folded(), folded.folded(), "folded twice");
            assertTrue(looks.looksLike(folded.skeleton()), "the same name looks otherwise");
        }
        if (UserName.fault(text).isEmpty()) {
            assertFalse(looks.looksLike(ADMIN) || looks.looksLike(SYSTEM), text);
        }
    }

    private static void roomName(String text) {
        if (!assertAgree(RoomName.isShowable(text), RoomName.fault(text), text, RoomName::new)) {
            return;
        }
        RoomName name = new RoomName(text);
        assertStored(name.value(), RoomName.BYTES_MAX);
        assertFalse(name.value().startsWith("#") || name.value().startsWith("/"), text);
        assertEquals(name, new RoomName(name.value()));
        assertEquals(name, new RoomName("#" + name.value()), "written with its mark");
        assertEquals(RoomName.fault(text), RoomName.fault(name.value()), "stored and chosen again");
        if (isStored(name.folded(), RoomName::isShowable, RoomName::new)) {
            assertEquals(name.folded(), new RoomName(name.folded()).folded(), "folded twice");
        }
    }

    /// Whether this is a name, in the form in which names are stored. The compatibility form of a
    /// mark that stands alone begins with a blank, which is stored without.
    private static boolean isStored(
            String folded, Predicate<String> isShowable, Function<String, ?> made) {
        return isShowable.test(folded) && made.apply(folded).toString().equals(folded);
    }

    private static void topic(String text) {
        assertAgree(RoomTopic.fault(text).isEmpty(), RoomTopic.fault(text), text, RoomTopic::new);
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

    /// Whether the text is a value. When it is none, its constructor must say what is wrong with
    /// it, and when it may be chosen, it must be one.
    private static boolean assertAgree(
            boolean isValue, Optional<String> fault, String text, Consumer<String> constructor) {
        if (isValue) {
            constructor.accept(text);
            return true;
        }
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> constructor.accept(text));
        assertEquals(fault, Optional.of(refusal.getMessage()));
        return false;
    }
}
