package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EscapesTest {
    @Test
    void leavesNoCharacterThatBreaksALineOrControlsATerminalInPlainText() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String shown = Escapes.plain("a" + Character.toString(point) + "b");
            assertFalse(
                    shown.codePoints().anyMatch(EscapesTest::isDangerous),
                    "U+%04X".formatted(point));
        }
    }

    private static boolean isDangerous(int point) {
        return (point < ' ' && point != '\t')
                || (point >= 0x7F && point <= 0x9F)
                || point == 0x2028
                || point == 0x2029
                || (point >= 0xD800 && point <= 0xDFFF);
    }

    @Test
    void leavesEveryOtherCharacterAsItIsInPlainText() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (!isDangerous(point)) {
                String text = Character.toString(point);
                assertEquals(text, Escapes.plain(text));
            }
        }
    }

    @Test
    void writesControlCharactersInPlainTextAsPeopleKnowThem() {
        assertEquals("a\\nb\\rc\td", Escapes.plain("a\nb\rc\td"));
        assertEquals(
                "\\x1b[31m \\x07 \\x7f \\x9b \\x85",
                Escapes.plain("\033[31m \007 \177 \u009B \u0085"));
        assertEquals("\\u2028 \\ud800", Escapes.plain("\u2028 \uD800"));
        assertEquals("C:\\new \\\\", Escapes.plain("C:\\new \\\\"));
    }

    @Test
    void keepsACharacterOutsideTheBasicPlaneTogetherWhenTheTextMustBeEscaped() {
        assertEquals("🐢\\n🐢", Escapes.plain("🐢\n🐢"));
    }

    @Test
    void writesJsonStringsThatAnyReaderReadsBackForAllCodePoints() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "x" + Character.toString(point) + "y";
            assertEquals(text, TinyJson.string(json(text)), "U+%04X".formatted(point));
        }
    }

    @Test
    void writesJsonStringsThatAreOneLineOfValidUtf8ForAllCodePoints() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String json = json(Character.toString(point));
            assertFalse(
                    json.codePoints().anyMatch(c -> c == '\t' || isDangerous(c)),
                    "U+%04X".formatted(point));
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertEquals(json, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void escapesInJsonWhatTheFormatAsksForLiterally() {
        assertEquals(
                "\"a\\\"b\\\\c\\u000a\\u0085\\u2028\\u2029\\u007f\\ud800\"",
                json("a\"b\\c\n\u0085\u2028\u2029\177\uD800"));
    }

    @Test
    void agreesWithItselfOnLongText() {
        String all =
                IntStream.range(0, 0x3000)
                        .filter(c -> !Character.isSurrogate((char) c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        assertEquals(all, TinyJson.string(json(all)));
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder();
        Escapes.appendJson(json, text);
        return json.toString();
    }
}
