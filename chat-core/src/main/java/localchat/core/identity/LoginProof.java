package localchat.core.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import localchat.core.model.Digest32;

/// What a device signs to log in, and the check of it. PROTOCOL.md, "What is signed".
///
/// The signed bytes are, in this order: the ASCII text `localchat-login-v1`, one zero byte, the
/// server key hash (32), the nonce (32), the device id (32). The context text keeps a signature
/// from meaning anything elsewhere; the server key hash keeps one server from using a login at
/// another; the nonce keeps it from being used twice.
public final class LoginProof {
    /// Length of a raw Ed25519 public key, in bytes (RFC 8032).
    public static final int PUBLIC_KEY_BYTES = 32;

    /// Length of an Ed25519 signature, in bytes (RFC 8032).
    public static final int SIGNATURE_BYTES = 64;

    private static final byte[] CONTEXT =
            "localchat-login-v1\0".getBytes(StandardCharsets.US_ASCII);

    /// DER of a SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410, section 4).
    static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private LoginProof() {}

    /// The bytes to sign.
    ///
    /// @param nonce the 32 bytes of the challenge
    public static byte[] signedBytes(Digest32 serverKeyHash, byte[] nonce, Digest32 deviceId) {
        return ByteBuffer.allocate(CONTEXT.length + 2 * Digest32.BYTES + nonce.length)
                .put(CONTEXT)
                .put(serverKeyHash.bytes())
                .put(nonce)
                .put(deviceId.bytes())
                .array();
    }

    /// The device id of a raw public key: its SHA-256.
    ///
    /// @throws IllegalArgumentException when the key is not [#PUBLIC_KEY_BYTES] long
    public static Digest32 deviceId(byte[] rawPublicKey) {
        requireLength(rawPublicKey);
        return Fingerprints.sha256(rawPublicKey);
    }

    /// Whether `signature` over `signed` was made with the private half of this raw public key.
    /// Takes some tenths of a millisecond: not for the loop thread.
    public static boolean verify(byte[] rawPublicKey, byte[] signed, byte[] signature) {
        if (rawPublicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey(rawPublicKey));
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] spki =
                ByteBuffer.allocate(SPKI_PREFIX.length + raw.length)
                        .put(SPKI_PREFIX)
                        .put(raw)
                        .array();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }

    private static void requireLength(byte[] rawPublicKey) {
        if (rawPublicKey.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has "
                            + PUBLIC_KEY_BYTES
                            + " bytes, not "
                            + rawPublicKey.length);
        }
    }
}
