package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginProofTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Digest32 SERVER = new Digest32(filled(32, 1));
    private static final byte[] NONCE = filled(32, 2);
    private static final DeviceKey KEY = SeededKey.of(filled(32, 3)).device();

    /// RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
    @ParameterizedTest
    @CsvSource({
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void acceptsTheSignaturesOfTheRfc(String key, String message, String signature) {
        assertTrue(
                LoginProof.verify(
                        HEX.parseHex(key), HEX.parseHex(message), HEX.parseHex(signature)));
    }

    @Test
    void derivesThePublicKeyOfTheRfc() {
        byte[] seed =
                HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

        assertEquals(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                HEX.formatHex(SeededKey.of(seed).device().rawPublicKey()));
    }

    @Test
    void signsContextServerNonceAndDeviceInThisOrder() {
        byte[] signed = LoginProof.signedBytes(SERVER, NONCE, new Digest32(filled(32, 4)));

        String context = HEX.formatHex("localchat-login-v1".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                context + "00" + "01".repeat(32) + "02".repeat(32) + "04".repeat(32),
                HEX.formatHex(signed));
    }

    @Test
    void namesADeviceByTheHashOfItsRawPublicKey() {
        byte[] key =
                HEX.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

        assertEquals(
                "21fe31dfa154a261626bf854046fd2271b7bed4b6abe45aa58877ef47f9721b9",
                LoginProof.deviceId(key).toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 44})
    void namesNoDeviceByAKeyOfAnotherLength(int length) {
        assertThrows(IllegalArgumentException.class, () -> LoginProof.deviceId(new byte[length]));
    }

    @Test
    void acceptsTheProofOfADevice() {
        assertTrue(accepts(KEY.rawPublicKey(), SERVER, NONCE, KEY.proveLogin(SERVER, NONCE)));
    }

    @Test
    void refusesAProofForAnotherServer() {
        Digest32 other = new Digest32(filled(32, 9));

        assertFalse(accepts(KEY.rawPublicKey(), other, NONCE, KEY.proveLogin(SERVER, NONCE)));
    }

    @Test
    void refusesAProofForAnotherNonce() {
        assertFalse(
                accepts(KEY.rawPublicKey(), SERVER, filled(32, 9), KEY.proveLogin(SERVER, NONCE)));
    }

    @Test
    void refusesTheProofOfAnotherDevice() {
        DeviceKey other = DeviceKey.generate();

        assertFalse(accepts(KEY.rawPublicKey(), SERVER, NONCE, other.proveLogin(SERVER, NONCE)));
    }

    @Test
    void refusesASignatureChangedInAnyBit() {
        byte[] good = KEY.proveLogin(SERVER, NONCE);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);

            assertFalse(accepts(KEY.rawPublicKey(), SERVER, NONCE, bad), "bit " + bit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 65})
    void refusesASignatureOfAnotherLength(int length) {
        byte[] signature = Arrays.copyOf(KEY.proveLogin(SERVER, NONCE), length);

        assertFalse(accepts(KEY.rawPublicKey(), SERVER, NONCE, signature));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesAKeyOfAnotherLength(int length) {
        byte[] key = Arrays.copyOf(KEY.rawPublicKey(), length);

        assertFalse(LoginProof.verify(key, new byte[1], new byte[64]));
    }

    /// Zero, one, the field's prime and beyond, points of small order, and no point at all.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "0200000000000000000000000000000000000000000000000000000000000000",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
            })
    void refusesAStrangeKeyWithoutThrowing(String key) {
        byte[] signature = KEY.proveLogin(SERVER, NONCE);

        assertFalse(LoginProof.verify(HEX.parseHex(key), new byte[1], signature));
    }

    @Test
    void refusesRandomKeysAndSignaturesWithoutThrowing() {
        Random random = new Random(8032);
        for (int i = 0; i < 500; i++) {
            byte[] key = new byte[32];
            byte[] signature = new byte[64];
            random.nextBytes(key);
            random.nextBytes(signature);

            assertFalse(LoginProof.verify(key, new byte[1], signature));
        }
    }

    @Test
    void hashesAServersKeyWithItsAlgorithm() {
        var key = SeededKey.of(filled(32, 3)).pair().getPublic();

        assertNotEquals(LoginProof.deviceId(KEY.rawPublicKey()), Fingerprints.ofServerKey(key));
        assertEquals(Fingerprints.sha256(key.getEncoded()), Fingerprints.ofServerKey(key));
    }

    @Test
    void hasTheBeginningOfEveryEd25519KeyInDer() {
        byte[] spki = SeededKey.of(filled(32, 3)).pair().getPublic().getEncoded();

        assertArrayEquals(
                LoginProof.SPKI_PREFIX, Arrays.copyOf(spki, LoginProof.SPKI_PREFIX.length));
    }

    private static boolean accepts(byte[] key, Digest32 server, byte[] nonce, byte[] signature) {
        return LoginProof.verify(
                key, LoginProof.signedBytes(server, nonce, LoginProof.deviceId(key)), signature);
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
