package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EscapedMessageTest {
    @Test
    void cutsWhatIsTooLongForALineAndNothingElse() {
        String longest = "x".repeat(EscapedMessage.LENGTH_MAX);
        assertEquals(longest.substring(1), EscapedMessage.escape(longest.substring(1)));
        assertEquals(longest, EscapedMessage.escape(longest));
        assertEquals(longest.substring(3) + "...", EscapedMessage.escape(longest + "y"));
        assertEquals(
                EscapedMessage.LENGTH_MAX, EscapedMessage.escape("\u0000".repeat(100)).length());
    }

    @Test
    void leavesPrintableAsciiAlone() {
        assertEquals("login name=Ana ~!", EscapedMessage.escape("login name=Ana ~!"));
    }

    @Test
    void escapesWhatCouldForgeALineOrReachATerminal() {
        String hostile = "a\r\nb" + (char) 0x1b + "]0;" + (char) 0x85 + (char) 0x2028 + "é";
        String u = "\\" + "u";
        assertEquals(
                "a" + u + "000d" + u + "000ab" + u + "001b]0;" + u + "0085" + u + "2028" + u
                        + "00e9",
                EscapedMessage.escape(hostile));
    }
}
