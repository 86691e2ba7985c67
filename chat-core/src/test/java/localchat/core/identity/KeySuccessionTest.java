package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySuccessionTest {
    private static final int LINK = 187;
    private static final List<KeyPair> KEYS =
            Stream.generate(() -> newPair("secp256r1")).limit(10).toList();

    @Test
    void signsContextOldAndNewKeyInThisOrder() {
        byte[] signed =
                KeySuccession.signedBytes(new Digest32(filled(32, 1)), new Digest32(filled(32, 2)));

        String context =
                HexFormat.of()
                        .formatHex(
                                "localchat-key-succession-v1".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                context + "00" + "01".repeat(32) + "02".repeat(32),
                HexFormat.of().formatHex(signed));
    }

    @Test
    void writesOldKeyNewHashAndSignatureInThisOrder() throws GeneralSecurityException {
        byte[] link = succession(0, 1).encoded();

        assertEquals(LINK, link.length);
        assertArrayEquals(KEYS.get(0).getPublic().getEncoded(), Arrays.copyOf(link, 91));
        assertArrayEquals(hash(1).bytes(), Arrays.copyOfRange(link, 91, 123));
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(KEYS.get(0).getPublic());
        verifier.update(KeySuccession.signedBytes(hash(0), hash(1)));
        assertTrue(verifier.verify(Arrays.copyOfRange(link, 123, 187)));
    }

    @Test
    void leadsFromEveryOlderKeyToTheNewest() {
        KeySuccession succession = succession(0, 1, 2, 3);

        for (int old = 0; old < 3; old++) {
            assertTrue(succession.leads(hash(old), hash(3)), "from " + old);
        }
    }

    @Test
    void leadsNowhereElse() {
        KeySuccession succession = succession(0, 1, 2);

        assertFalse(succession.leads(hash(0), hash(1)), "to a key that was followed");
        assertFalse(succession.leads(hash(2), hash(2)), "to itself");
        assertFalse(succession.leads(hash(2), hash(0)), "back");
        assertFalse(succession.leads(hash(9), hash(2)), "from a stranger");
        assertFalse(succession.leads(hash(0), hash(9)), "to a stranger");
    }

    @Test
    void leadsNowhereWhenThereIsNone() {
        assertFalse(KeySuccession.none().leads(hash(0), hash(0)));
        assertEquals(0, KeySuccession.none().size());
        assertEquals(0, KeySuccession.none().encoded().length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8})
    void readsWhatItWrote(int links) {
        KeySuccession written = succession(firstKeys(links + 1));

        KeySuccession read = KeySuccession.decode(written.encoded());

        assertEquals(links, read.size());
        assertArrayEquals(written.encoded(), read.encoded());
        assertTrue(read.leads(hash(0), hash(links)));
    }

    @Test
    void letsTheOldestGoPastTheLongest() {
        KeySuccession nine = succession(firstKeys(10));

        assertEquals(8, nine.size());
        assertFalse(nine.leads(hash(0), hash(9)));
        assertTrue(nine.leads(hash(1), hash(9)));
    }

    @Test
    void refusesMoreThanTheLongest() {
        byte[] first = succession(0, 1).encoded();
        byte[] others = succession(firstKeys(10)).encoded();
        byte[] nine = join(first, others);
        assertEquals(9 * LINK, nine.length);

        assertRefused(nine, "a succession has 1 to 8 links of 187 bytes, not 1683 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 186, 188, 373, 375})
    void refusesBrokenLinks(int length) {
        byte[] two = succession(0, 1, 2).encoded();

        assertRefused(Arrays.copyOf(two, length), "a succession has 1 to 8 links of 187 bytes");
    }

    @Test
    void refusesALinkChangedInAnyBit() {
        byte[] good = succession(0, 1).encoded();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);

            assertThrows(
                    IllegalArgumentException.class, () -> KeySuccession.decode(bad), "bit " + bit);
        }
    }

    @Test
    void refusesALinkThatAStrangerSigned() throws GeneralSecurityException {
        byte[] link = succession(0, 1).encoded();
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(KEYS.get(1).getPrivate());
        signer.update(KeySuccession.signedBytes(hash(0), hash(1)));
        System.arraycopy(signer.sign(), 0, link, 123, 64);

        assertRefused(link, "key " + hash(0) + " did not sign its successor");
    }

    @Test
    void refusesASignatureOfZeros() {
        byte[] link = succession(0, 1).encoded();
        Arrays.fill(link, 123, 187, (byte) 0);

        assertRefused(link, "did not sign its successor");
    }

    @Test
    void refusesLinksThatDoNotMeet() {
        assertRefused(
                join(succession(0, 1).encoded(), succession(2, 3).encoded()),
                "the succession breaks off at key " + hash(1));
    }

    @Test
    void refusesLinksInTheWrongOrder() {
        assertRefused(
                join(succession(1, 2).encoded(), succession(0, 1).encoded()), "breaks off at key");
    }

    @Test
    void refusesAKeyThatComesTwice() {
        assertRefused(
                join(succession(0, 1).encoded(), succession(1, 0).encoded()),
                "key " + hash(0) + " succeeds itself");
    }

    @Test
    void refusesAKeyThatNamesItself() {
        assertThrows(IllegalArgumentException.class, () -> succession(0, 0));
    }

    @Test
    void refusesBytesOfNoMeaningWithoutAnyOtherException() {
        Random random = new Random(187);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[LINK * (1 + random.nextInt(8))];
            random.nextBytes(bytes);

            assertThrows(IllegalArgumentException.class, () -> KeySuccession.decode(bytes));
        }
    }

    @Test
    void refusesPointsThatAreOnNoCurve() {
        Random random = new Random(256);
        for (int i = 0; i < 100; i++) {
            byte[] link = succession(0, 1).encoded();
            for (int at = 27; at < 91; at++) {
                link[at] = (byte) random.nextInt();
            }

            assertRefused(link, "did not sign its successor");
        }
    }

    @Test
    void doesNotChangeWithTheBytesItGives() {
        KeySuccession succession = succession(0, 1);
        byte[] given = succession.encoded();

        given[0]++;

        assertFalse(Arrays.equals(given, succession.encoded()));
    }

    private static void assertRefused(byte[] encoded, String words) {
        var refusal =
                assertThrows(IllegalArgumentException.class, () -> KeySuccession.decode(encoded));

        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    private static int[] firstKeys(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }

    /// The succession of these keys, each naming the next.
    private static KeySuccession succession(int... keys) {
        KeySuccession succession = KeySuccession.none();
        try {
            for (int i = 1; i < keys.length; i++) {
                KeyPair old = KEYS.get(keys[i - 1]);
                succession =
                        succession.followedBy(old.getPublic(), old.getPrivate(), hash(keys[i]));
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return succession;
    }

    private static Digest32 hash(int key) {
        return Fingerprints.ofServerKey(KEYS.get(key).getPublic());
    }

    private static KeyPair newPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
