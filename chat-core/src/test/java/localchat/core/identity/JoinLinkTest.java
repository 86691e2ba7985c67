package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import localchat.core.identity.JoinLinkException.Fault;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.ProtocolLimits;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinLinkTest {
    /// Bytes 0x40 to 0x5f.
    private static final String KEY = "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8";

    private static final Digest32 HASH = hash();
    private static final ServerAddress BOX = new ServerAddress("box", 7667);

    @Test
    void writesAddressesKeyAndInvite() {
        JoinLink link =
                new JoinLink(
                        List.of(
                                new ServerAddress("192.168.1.5", 7667),
                                new ServerAddress("fd00::5", 80),
                                new ServerAddress("box.local", 1)),
                        HASH,
                        Optional.of("Ab-9._~"));

        assertEquals(
                "localchat://192.168.1.5:7667,[fd00::5]:80,box.local:1/?key="
                        + KEY
                        + "&invite=Ab-9._~",
                link.text());
    }

    @Test
    void writesNoInviteWhereNoneIs() {
        JoinLink link = new JoinLink(List.of(BOX), HASH, Optional.empty());

        assertEquals("localchat://box:7667/?key=" + KEY, link.text());
    }

    @Test
    void keepsTheInviteOutOfLogs() {
        JoinLink link = new JoinLink(List.of(BOX), HASH, Optional.of("s3cret"));

        assertEquals("localchat://box:7667/?key=" + KEY + "&invite=…", link.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "localchat://box:7667/?key=KEY, box:7667",
        "localchat://box/?key=KEY, box:7667",
        "localchat://box?key=KEY, box:7667",
        "LOCALCHAT://box/?key=KEY, box:7667",
        "LocalChat://Box:1/?key=KEY, Box:1",
        "localchat://box:65535/?key=KEY, box:65535",
        "localchat://1.2.3.4/?key=KEY, 1.2.3.4:7667",
        "localchat://[::1]/?key=KEY, [::1]:7667",
        "localchat://[fd00::5]:80/?key=KEY, [fd00::5]:80",
        "'localchat://a,b:2,[::1]:3/?key=KEY', 'a:7667,b:2,[::1]:3'",
        "localchat://box/?x=1&key=KEY, box:7667",
        "localchat://box/?key=KEY&x=1&y=2&z, box:7667",
        "localchat://box/?key=KEY&Invite=, box:7667",
        "localchat://box/?key=KEY&x=a=b?c/d, box:7667",
        "' \t\nlocalchat://box/?key=KEY\r\n ', box:7667",
        "'\u2003localchat://box/?key=KEY\u3000', box:7667"
    })
    void readsALink(String text, String addresses) {
        JoinLink link = JoinLink.parse(text.replace("KEY", KEY));

        assertEquals(
                Arrays.stream(addresses.split(",")).map(ServerAddress::parse).toList(),
                link.addresses());
        assertEquals(HASH, link.key());
        assertEquals(Optional.empty(), link.invite());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localchat://box/?key=KEY&invite=CODE-1",
                "localchat://box/?invite=CODE-1&key=KEY",
                "localchat://box/?invite=CODE-1&x=2&key=KEY"
            })
    void readsAnInvite(String text) {
        assertEquals(Optional.of("CODE-1"), JoinLink.parse(text.replace("KEY", KEY)).invite());
    }

    @ParameterizedTest
    @CsvSource({
        "'', NO_LINK",
        "' ', NO_LINK",
        "localchat, NO_LINK",
        "localchat:, NO_LINK",
        "localchat:/box/?key=KEY, NO_LINK",
        "http://box/?key=KEY, NO_LINK",
        "box:7667, NO_LINK",
        "join localchat://box/?key=KEY, NO_LINK",
        "<localchat://box/?key=KEY>, NO_LINK",
        "localchats://box/?key=KEY, NO_LINK",
        "ｌocalchat://box/?key=KEY, NO_LINK",
        "localchat://, BAD_ADDRESS",
        "localchat:///?key=KEY, BAD_ADDRESS",
        "localchat://?key=KEY, BAD_ADDRESS",
        "localchat://:7667/?key=KEY, BAD_ADDRESS",
        "'localchat://,/?key=KEY', BAD_ADDRESS",
        "'localchat://box,/?key=KEY', BAD_ADDRESS",
        "'localchat://,box/?key=KEY', BAD_ADDRESS",
        "localchat://box:/?key=KEY, BAD_ADDRESS",
        "localchat://box:0/?key=KEY, BAD_ADDRESS",
        "localchat://box:65536/?key=KEY, BAD_ADDRESS",
        "localchat://box:-1/?key=KEY, BAD_ADDRESS",
        "localchat://box:x/?key=KEY, BAD_ADDRESS",
        "localchat://box//?key=KEY, BAD_ADDRESS",
        "localchat://box/room/?key=KEY, BAD_ADDRESS",
        "localchat://ana@box/?key=KEY, BAD_ADDRESS",
        "localchat://1.2.3/?key=KEY, BAD_ADDRESS",
        "localchat://1.2.3.256/?key=KEY, BAD_ADDRESS",
        "localchat://::1/?key=KEY, BAD_ADDRESS",
        "localchat://fd00::5/?key=KEY, BAD_ADDRESS",
        "localchat://[::1/?key=KEY, BAD_ADDRESS",
        "localchat://::1]/?key=KEY, BAD_ADDRESS",
        "localchat://[::1]7667/?key=KEY, BAD_ADDRESS",
        "localchat://[::g]/?key=KEY, BAD_ADDRESS",
        "localchat://[box]/?key=KEY, BAD_ADDRESS",
        "localchat://[]/?key=KEY, BAD_ADDRESS",
        "localchat://[fe80::1%eth0]/?key=KEY, BAD_ADDRESS",
        "localchat://[fe80::1%25eth0]/?key=KEY, BAD_ADDRESS",
        "localchat://%62ox/?key=KEY, BAD_ADDRESS",
        "localchat://-box/?key=KEY, BAD_ADDRESS",
        "'localchat://box,box/?key=KEY', BAD_ADDRESS",
        "'localchat://box,box:7667/?key=KEY', BAD_ADDRESS",
        "'localchat://a,b,c,d,e,f,g,h,i/?key=KEY', TOO_MANY_ADDRESSES",
        "'localchat://,,,,,,,,/?key=KEY', TOO_MANY_ADDRESSES",
        "'localchat://a, b/?key=KEY', BAD_CHARACTER",
        "localchat://bo x/?key=KEY, BAD_CHARACTER",
        "'localchat://box/?key=KEY\n&x=1', BAD_CHARACTER",
        "'localchat://box/?key=KEY\u0000', BAD_CHARACTER",
        "'localchat://box/?key=KEY\u007F', BAD_CHARACTER",
        "'localchat://box/?key=KEY\u200B', BAD_CHARACTER",
        "'localchat://box/?key=KEY\u00A0', BAD_CHARACTER",
        "localchat://café/?key=KEY, BAD_CHARACTER",
        "localchat://box/?key=KEY&x=é, BAD_CHARACTER",
        "localchat://box, NO_KEY",
        "localchat://box/, NO_KEY",
        "localchat://box/?x=1, NO_KEY",
        "localchat://box/?invite=CODE, NO_KEY",
        "localchat://box/?KEY=1, NO_KEY",
        "localchat://box/?Key=1, NO_KEY",
        "localchat://box/?key, BAD_KEY",
        "localchat://box/?key=, BAD_KEY",
        "localchat://box/?key=QEFC, BAD_KEY",
        "localchat://box/?key=KEYA, BAD_KEY",
        "localchat://box/?key=KEY=, BAD_KEY",
        "localchat://box/?key=KEY#top, BAD_KEY",
        "localchat://box/?key=KEY/, BAD_KEY",
        "localchat://box/?key=+EFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8, BAD_KEY",
        "localchat://box/?key=/EFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8, BAD_KEY",
        "localchat://box/?key==EFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8, BAD_KEY",
        "localchat://box/?key=QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl9, BAD_KEY",
        "localchat://box/?key=QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl-, BAD_KEY",
        "localchat://box/?key=4041424344454647484940414243444546474849404142434445464748494041,"
                + " BAD_KEY",
        "localchat://box/?, BAD_PARAMETER",
        "localchat://box/?key=KEY&, BAD_PARAMETER",
        "localchat://box/?key=KEY&&x=1, BAD_PARAMETER",
        "localchat://box/?&key=KEY, BAD_PARAMETER",
        "localchat://box/?key=KEY&=1, BAD_PARAMETER",
        "localchat://box/?key=KEY&key=KEY, BAD_PARAMETER",
        "localchat://box/?key=KEY&invite=A&invite=A, BAD_PARAMETER",
        "localchat://box/?key=KEY&x=1&x=2, BAD_PARAMETER",
        "localchat://box/?key=KEY&x&x, BAD_PARAMETER",
        "localchat://box/?key=KEY&invite, BAD_INVITE",
        "localchat://box/?key=KEY&invite=, BAD_INVITE",
        "localchat://box/?key=KEY&invite=A%20B, BAD_INVITE",
        "localchat://box/?key=KEY&invite=A+B, BAD_INVITE",
        "localchat://box/?key=KEY&invite=A/B, BAD_INVITE",
        "localchat://box/?key=KEY&invite=A#top, BAD_INVITE"
    })
    void refusesWhatIsNoLink(String text, Fault fault) {
        assertRefused(text.replace("=KEY", "=" + KEY), fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void saysWhatIsWrongInASentenceWithoutSecrets(Fault fault) {
        String bad =
                switch (fault) {
                    case NO_LINK -> "http://box/?key=KEY&invite=s3cret";
                    case TOO_LONG -> "localchat://box/?key=KEY&invite=s3cret" + "x".repeat(3_000);
                    case BAD_CHARACTER -> "localchat://box/?key=KEY&invite=s3cret é";
                    case BAD_ADDRESS -> "localchat://-/?key=KEY&invite=s3cret";
                    case TOO_MANY_ADDRESSES ->
                            "localchat://a,b,c,d,e,f,g,h,i/?key=KEY&invite=s3cret";
                    case NO_KEY -> "localchat://box/?invite=s3cret";
                    case BAD_KEY -> "localchat://box/?key=KEYKEY&invite=s3cret";
                    case BAD_INVITE -> "localchat://box/?key=KEY&invite=s3cret%";
                    case BAD_PARAMETER -> "localchat://box/?key=KEY&invite=s3cret&invite=s3cret";
                };

        String message = assertRefused(bad.replace("KEY", KEY), fault);

        assertTrue(message.matches("(?s)[A-Z].*\\."), message);
        assertFalse(message.contains("s3cret") || message.contains(KEY), message);
    }

    /// Links that lost their `?` on the way, or had it changed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localchat://box:7667/key=KEY&invite=s3cret",
                "localchat://box&invite=s3cret",
                "localchat://box,invite=s3cret/key=KEY",
                "localchat://box/%3Fkey%3DKEY%26invite%3Ds3cret",
                "localchat://[::1]%3Fkey%3DKEY%26invite%3Ds3cret",
                "localchat://[fe80::1%eth0]/key=KEY&invite=s3cret"
            })
    void saysNoSecretsThatStandAmongTheAddresses(String text) {
        String message = assertRefused(text.replace("KEY", KEY), Fault.BAD_ADDRESS);

        assertFalse(message.contains("s3cret") || message.contains(KEY), message);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "7, true", "8, true", "9, false"})
    void hasAtMostEightAddresses(int count, boolean accepted) {
        List<ServerAddress> addresses =
                IntStream.range(0, count).mapToObj(i -> new ServerAddress("box" + i, 1)).toList();

        if (accepted) {
            assertRoundTrip(new JoinLink(addresses, HASH, Optional.empty()));
        } else {
            assertFault(Fault.TOO_MANY_ADDRESSES, addresses, Optional.empty());
        }
    }

    @Test
    void hasAnAddress() {
        assertFault(Fault.BAD_ADDRESS, List.of(), Optional.empty());
    }

    @Test
    void hasNoAddressTwice() {
        assertFault(Fault.BAD_ADDRESS, List.of(BOX, BOX), Optional.empty());
    }

    @Test
    void hasNoZone() {
        assertFault(
                Fault.BAD_ADDRESS,
                List.of(new ServerAddress("fe80::1%eth0", 7667)),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "127, true", "128, true", "129, false"})
    void hasAnInviteOfOneTo128Characters(int length, boolean accepted) {
        Optional<String> invite = Optional.of("a".repeat(length));

        if (accepted) {
            assertRoundTrip(new JoinLink(List.of(BOX), HASH, invite));
        } else {
            assertFault(Fault.BAD_INVITE, List.of(BOX), invite);
        }
    }

    @Test
    void takesInvitesAsLongAsTheProtocolDoes() {
        assertEquals(ProtocolLimits.CODE_BYTES_MAX, JoinLink.INVITE_CHARACTERS_MAX);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void hasAtMost2953Characters(int over, boolean accepted) {
        String link = "localchat://box/?key=" + KEY + "&x=";
        String text = "  " + link + "x".repeat(2_953 + over - link.length()) + "  ";

        if (accepted) {
            assertEquals(HASH, JoinLink.parse(text).key());
        } else {
            assertRefused(text, Fault.TOO_LONG);
        }
    }

    @Test
    void writesNoLinkThatIsTooLongToRead() {
        String label = "a".repeat(63) + ".";
        String host = label.repeat(4).substring(0, 252);
        List<ServerAddress> addresses =
                IntStream.range(0, 8).mapToObj(i -> new ServerAddress(host + i, 65_535)).toList();

        assertRoundTrip(new JoinLink(addresses, HASH, Optional.of("a".repeat(128))));
    }

    @Test
    void doesNotChangeWithTheListItWasGiven() {
        List<ServerAddress> addresses = new ArrayList<>(List.of(BOX));
        JoinLink link = new JoinLink(addresses, HASH, Optional.empty());

        addresses.clear();

        assertEquals(List.of(BOX), link.addresses());
    }

    @Test
    void decidesAboutHostileTextAtOnce() {
        List<String> hostile =
                List.of(
                        "localchat://" + ",".repeat(1_000_000),
                        " ".repeat(1_000_000) + "localchat://",
                        "localchat://box/?" + "&a".repeat(1_400),
                        "localchat://" + "[".repeat(2_900));

        Assertions.assertTimeout(
                Duration.ofSeconds(2),
                () ->
                        hostile.forEach(text ->
                                assertThrows(JoinLinkException.class, () -> JoinLink.parse(text))));
    }

    private static String assertRefused(String text, Fault fault) {
        var refusal = assertThrows(JoinLinkException.class, () -> JoinLink.parse(text));

        assertEquals(fault, refusal.fault(), refusal.getMessage());
        return refusal.getMessage();
    }

    private static void assertFault(
            Fault fault, List<ServerAddress> addresses, Optional<String> invite) {
        var refusal =
                assertThrows(JoinLinkException.class, () -> new JoinLink(addresses, HASH, invite));

        assertEquals(fault, refusal.fault(), refusal.getMessage());
    }

    static void assertRoundTrip(JoinLink link) {
        assertEquals(link, JoinLink.parse(link.text()));
        assertEquals(link.text(), JoinLink.parse(link.text()).text());
    }

    private static Digest32 hash() {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x40 + i);
        }
        return new Digest32(bytes);
    }

    /// A random link that can be.
    static JoinLink random(Random random) {
        List<String> hosts =
                List.of(
                        "box",
                        "Chat-1.example",
                        "a_b.local",
                        "10.0.0.7",
                        "::1",
                        "fd00::5",
                        "2001:DB8::1",
                        "::ffff:1.2.3.4");
        List<ServerAddress> addresses =
                hosts.stream()
                        .filter(host -> random.nextBoolean())
                        .map(host -> new ServerAddress(host, 1 + random.nextInt(65_535)))
                        .toList();
        byte[] key = new byte[32];
        random.nextBytes(key);
        String alphabet = "ABCXYZabcxyz0189-._~";
        StringBuilder code = new StringBuilder();
        int length = random.nextInt(129);
        while (code.length() < length) {
            code.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return new JoinLink(
                addresses.isEmpty() ? List.of(BOX) : addresses,
                new Digest32(key),
                Optional.of(code.toString()).filter(text -> !text.isEmpty()));
    }
}
