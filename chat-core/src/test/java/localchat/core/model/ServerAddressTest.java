package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, 7667",
        "localhost:1, localhost, 1",
        "localhost:65535, localhost, 65535",
        "localhost:00080, localhost, 80",
        "' chat.example:80 ', chat.example, 80",
        "chat.example., chat.example., 7667",
        "Chat-1.example, Chat-1.example, 7667",
        "my_box.local, my_box.local, 7667",
        "3com.example, 3com.example, 7667",
        "xn--caf-dma.example, xn--caf-dma.example, 7667",
        "0.0.0.0, 0.0.0.0, 7667",
        "127.0.0.1:7667, 127.0.0.1, 7667",
        "255.255.255.255, 255.255.255.255, 7667",
        "[::1]:7667, ::1, 7667",
        "[::1], ::1, 7667",
        "::1, ::1, 7667",
        "::, ::, 7667",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8, 7667",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4, 7667",
        "[2001:DB8::1]:80, 2001:DB8::1, 80",
        "fe80::1%nosuch9, fe80::1%nosuch9, 7667",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80",
        "[fe80::1%3]:80, fe80::1%3, 80"
    })
    void reads(String text, String host, int port) {
        assertEquals(new ServerAddress(host, port), ServerAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999.1.1.1",
                "256.1.1.1",
                "1.1.1.256",
                "1.2.3",
                "1.2",
                "1",
                "1.2.3.4.5",
                "1.2.3.4.",
                ".1.2.3.4",
                "1..2.3",
                "01.2.3.4",
                "1.2.3.04",
                "1234567890",
                ".",
                "...",
                "999.1.1.1:80",
                "1.2.3:7667"
            })
    void refusesDigitsAndDotsThatAreNoAddress(String text) {
        assertRefused(text, "is not an IPv4 address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3",
                "::1::",
                "12345::",
                "::g",
                "::1.2.3",
                "::1.2.3.256",
                "::1%",
                "::1%eth 0",
                "::1%eth0%eth1",
                "1.2.3.4:5:6",
                "[::1%]",
                "[::g]:80",
                "a:b:c"
            })
    void refusesColonsThatAreNoAddress(String text) {
        assertRefused(text, "is not an IPv6 address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a..b",
                ".a",
                "-a",
                "a-",
                "a-.b",
                "a.-b",
                "café",
                "a/b",
                "http//a",
                "a@b",
                "a,b",
                "a\tb",
                "a\u0000b",
                "a\nb",
                "%eth0",
                "a%eth0",
                "*",
                "a?b",
                "１.２.３.４"
            })
    void refusesWhatIsNoName(String text) {
        assertRefused(text, "is not a host name or address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", ":80"})
    void refusesAnEmptyAddress(String text) {
        assertRefused(text, "the server's address is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "a:0",
                "a:65536",
                "a:99999",
                "a:100000",
                "a:-1",
                "a:+1",
                "a:abc",
                "a:80x",
                "a: 80",
                "a:8 0",
                "a:1.5",
                "a:0x50",
                "a:８０",
                "[::1]:",
                "[::1]:0",
                "[::1]:65536",
                "[::1]:abc",
                "[::1]: 80"
            })
    void refusesABadPort(String text) {
        assertRefused(text, "the port must be a number from 1 to 65535, not ");
    }

    @Test
    void refusesABracketThatStaysOpen() {
        assertRefused("[::1", "lacks its ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[a]", "[1.2.3.4]:80", "[localhost]"})
    void refusesBracketsAroundAnythingElse(String text) {
        assertRefused(text, "only an IPv6 address stands in brackets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]7667", "[::1]]", "[::1] :80", "[::1]a"})
    void refusesAnythingElseAfterTheBracket(String text) {
        assertRefused(text, "after ] comes :PORT, not");
    }

    @Test
    void acceptsALabelOfSixtyThreeCharacters() {
        assertEquals(Optional.empty(), ServerAddress.hostFault("a".repeat(63) + ".b"));
    }

    @Test
    void refusesALabelOfSixtyFourCharacters() {
        assertFalse(ServerAddress.hostFault("a".repeat(64) + ".b").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"252, true", "253, true", "254, false", "100000, false"})
    void acceptsANameOfAtMostTwoHundredFiftyThreeCharacters(int length, boolean accepted) {
        String name = "a.".repeat(length / 2) + "a".repeat(length % 2 == 0 ? 0 : 1);
        String host = length % 2 == 0 ? name.substring(0, length - 1) + "b" : name;
        host = length % 2 == 0 ? "a" + host.substring(0, length - 2) + "b" : host;

        assertEquals(length, host.length());
        assertEquals(accepted, ServerAddress.hostFault(host).isEmpty());
    }

    @Test
    void decidesAboutHostileTextAtOnce() {
        String hostile = "a-".repeat(50_000) + "!" + ".1".repeat(50_000) + ":".repeat(50_000);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> ServerAddress.hostFault(hostile));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE})
    void hasAPortFromOneTo65535(int port) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> new ServerAddress("a", port));

        assertEquals("the port must be 1 to 65535, not " + port, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "[::1]", "a:80", ""})
    void hasAHostWithoutAnythingAround(String host) {
        assertThrows(IllegalArgumentException.class, () -> new ServerAddress(host, 80));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a:7667",
        "1.2.3.4:80, 1.2.3.4:80",
        "::1, [::1]:7667",
        "[fe80::1%eth0]:80, [fe80::1%eth0]:80"
    })
    void writesHostAndPort(String text, String written) {
        assertEquals(written, ServerAddress.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1.2.3.4:80", "::1", "fe80::1%eth0"})
    void readsWhatItWrote(String text) {
        ServerAddress address = ServerAddress.parse(text);

        assertEquals(address, ServerAddress.parse(address.toString()));
    }

    private static void assertRefused(String text, String words) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(text));

        Assertions.assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }
}
