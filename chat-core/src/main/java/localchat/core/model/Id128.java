package localchat.core.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

/// 128 random bits: the name of a server, of one epoch of its history, or of a message before it
/// has a seq.
///
/// @param high bits 127..64
/// @param low bits 63..0
public record Id128(long high, long low) {
    /// Bytes on the wire, big-endian.
    public static final int BYTES = 16;

    /// The id that these bytes of the wire are.
    ///
    /// @throws IllegalArgumentException when it is not [#BYTES] long
    public static Id128 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "an id has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Id128(buffer.getLong(), buffer.getLong());
    }

    /// A new id from a random source.
    public static Id128 random(Random random) {
        return new Id128(random.nextLong(), random.nextLong());
    }

    /// The [#BYTES] bytes of the wire.
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /// 32 lower-case hexadecimal digits.
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
