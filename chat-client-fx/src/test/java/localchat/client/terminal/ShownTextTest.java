package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTextTest {
    @Test
    void leavesNoControlCharacterForAllCodePoints() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            for (String line : ShownText.lines("a" + Character.toString(point) + "b")) {
                assertFalse(
                        line.codePoints().anyMatch(Character::isISOControl),
                        "U+%04X".formatted(point));
            }
        }
    }

    @Test
    void showsEscapeSequencesAsText() {
        assertEquals(
                List.of("\\x1b[2J\\x1b]0;title\\x07"), ShownText.lines("\033[2J\033]0;title\007"));
        assertEquals(List.of("\\x9b31m"), ShownText.lines("\u009B31m"));
    }

    @Test
    void breaksLinesAtEverySeparator() {
        assertEquals(
                List.of("a", "b", "c", "d", "e", "f", "g", "", "h"),
                ShownText.lines("a\nb\rc\r\nd\u0085e\u2028f\u000Bg\f\nh"));
        assertEquals(List.of("a    b"), ShownText.lines("a\tb"));
    }

    @Test
    void cutsATextThatWouldSweepTheScreen() {
        List<String> lines = ShownText.lines("\n".repeat(4_000) + "x");
        assertEquals(ShownText.LINES_MAX + 1, lines.size());
        assertEquals("… +3961", lines.getLast());
    }

    @Test
    void keepsTheDirectionOfWritingInsideTheText() {
        assertEquals(List.of("\u2068\u202Eabc\u2069"), ShownText.lines("\u202Eabc"));
        assertEquals(List.of("\u2068שלום\u2069"), ShownText.lines("שלום"));
        assertEquals(List.of("é 漢字 🐢"), ShownText.lines("é 漢字 🐢"));
    }

    @Test
    void letsNoMarkOfTheTextCloseOrOutliveItsOwn() {
        assertEquals("\u2068a\u202Eb\u2069", ShownText.line("\u2069a\u2069\u202Eb"));
        assertEquals("\u2068\u2067a\u2066b\u2069\u2069\u2069", ShownText.line("\u2067a\u2066b"));
        assertEquals("\u2068\u2067a\u2069b\u2069", ShownText.line("\u2067a\u2069b"));
    }

    @Test
    void keepsTheIsolationOfEachLineOfItsOwn() {
        assertEquals(List.of("\u2068\u2067a\u2069\u2069", "b"), ShownText.lines("\u2067a\nb"));
    }
}
