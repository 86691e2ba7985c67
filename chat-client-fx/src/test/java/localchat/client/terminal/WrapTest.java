package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {
    private static final String TEXT = "aaaa bbbb cccc dddd eeee";

    @Test
    void breaksBetweenWordsAtTheWidth() {
        assertEquals(List.of(TEXT), Wrap.lines(TEXT, 25));
        assertEquals(List.of(TEXT), Wrap.lines(TEXT, 24));
        assertEquals(List.of("aaaa bbbb cccc dddd", "eeee"), Wrap.lines(TEXT, 23));
    }

    @Test
    void countsColumnsAndNotCharacters() {
        assertEquals(List.of("日本語日本語日本語 x", "y"), Wrap.lines("日本語日本語日本語 x y", 20));
        assertEquals(
                List.of("e\u0301".repeat(18) + " x"), Wrap.lines("e\u0301".repeat(18) + " x", 20));
    }

    @Test
    void leavesALongWordWhole() {
        String word = "x".repeat(30);
        assertEquals(List.of("a", word, "b"), Wrap.lines("a " + word + " b", 20));
        assertEquals(List.of(""), Wrap.lines("", 20));
    }

    @Test
    void fillsAtLeastTwentyColumns() {
        assertEquals(List.of("aaaa bbbb cccc dddd", "eeee"), Wrap.lines(TEXT, 3));
    }
}
