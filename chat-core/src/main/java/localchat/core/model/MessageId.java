package localchat.core.model;

import java.util.Random;

/// `client_msg_id`: 128 bits made once by the client, unique per user and device for ever.
public record MessageId(Id128 bits) {
    /// The id that these bytes of the wire are.
    ///
    /// @throws IllegalArgumentException when it is not [Id128#BYTES] long
    public static MessageId of(byte[] bytes) {
        return new MessageId(Id128.of(bytes));
    }

    /// A new id from a random source.
    public static MessageId random(Random random) {
        return new MessageId(Id128.random(random));
    }

    /// The bytes of the wire.
    public byte[] bytes() {
        return bits.bytes();
    }

    /// 32 lower-case hexadecimal digits.
    @Override
    public String toString() {
        return bits.toString();
    }
}
