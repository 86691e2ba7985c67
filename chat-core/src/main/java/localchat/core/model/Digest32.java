package localchat.core.model;

import java.util.Arrays;
import java.util.HexFormat;

/// 32 bytes that name a key: the SHA-256 of a device's raw public key (the device id) or of a
/// server's SubjectPublicKeyInfo (the server key hash).
public final class Digest32 {
    /// Length in bytes.
    public static final int BYTES = 32;

    private final byte[] bytes;

    /// @throws IllegalArgumentException when it is not [#BYTES] long
    public Digest32(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a key's digest has " + BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Digest32 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// 64 lower-case hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
