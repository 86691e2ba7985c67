package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EscapedMessageTest {
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
