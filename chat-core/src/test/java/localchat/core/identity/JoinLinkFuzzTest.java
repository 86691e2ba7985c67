package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Links of random parts come back; random texts are links or are refused, and nothing else.
class JoinLinkFuzzTest {
    private static final List<String> PIECES =
            List.of(
                    "localchat://",
                    "LOCALCHAT://",
                    "box",
                    "1.2.3.4",
                    "[::1]",
                    "[fe80::1%eth0]",
                    "[",
                    "]",
                    ":",
                    "::",
                    ":7667",
                    ":0",
                    ",",
                    "/",
                    "?",
                    "/?",
                    "key=",
                    "invite=",
                    "&",
                    "=",
                    "%",
                    "%25",
                    "#",
                    " ",
                    "\n",
                    "\u0000",
                    "é",
                    "\uD800",
                    "\uDC00",
                    "…",
                    "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8",
                    "A",
                    "-",
                    "_",
                    "~",
                    "");

    @Test
    void readsEveryLinkThatItWrites() {
        long seed = 7667;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            JoinLinkTest.assertRoundTrip(JoinLinkTest.random(random));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void refusesChangedLinksInOneWayOnly(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(JoinLinkTest.random(random).text());
            for (int change = random.nextInt(4); change >= 0 && !text.isEmpty(); change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x180));
                    case 1 -> text.deleteCharAt(at);
                    case 2 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    default -> text.setLength(at + 1);
                }
            }
            refused += isRefused(text.toString(), seed) ? 1 : 0;
        }
        assertTrue(refused > 10_000 && refused < 20_000, refused + " refused, seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void refusesTextsOfPiecesInOneWayOnly(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) > 0 ? "localchat://" : "");
            for (int piece = random.nextInt(12); piece > 0; piece--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            isRefused(text.toString(), seed);
        }
    }

    /// What is not refused is a link: its own text is read as the same.
    private static boolean isRefused(String text, long seed) {
        try {
            JoinLinkTest.assertRoundTrip(JoinLink.parse(text));
            return false;
        } catch (JoinLinkException e) {
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
            return true;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + text, e);
        }
    }
}
