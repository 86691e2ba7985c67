package localchat.core.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import localchat.core.model.Digest32;

/// Digests that name keys.
public final class Fingerprints {
    private Fingerprints() {}

    /// The hash that names a server: SHA-256 of its public key's SubjectPublicKeyInfo (DER).
    public static Digest32 ofServerKey(PublicKey key) {
        return sha256(key.getEncoded());
    }

    /// The SHA-256 of some bytes.
    public static Digest32 sha256(byte[] bytes) {
        try {
            return new Digest32(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
