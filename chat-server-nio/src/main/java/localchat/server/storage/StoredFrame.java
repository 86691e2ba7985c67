package localchat.server.storage;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireDecoding;

/// An event's frame as it lies on disk: what follows the length prefix, and a checksum over the
/// event's key and that. With the key in it, no event can stand for another one.
///
/// Pure functions.
final class StoredFrame {
    private StoredFrame() {}

    static byte[] payload(EncodedFrame frame) {
        byte[] payload = new byte[frame.length() - ProtocolLimits.PREFIX_BYTES];
        frame.payload().get(payload);
        return payload;
    }

    /// CRC-32C of the key, 8 bytes big-endian, and the payload.
    static int crc(long key, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(key).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }

    /// The frame that was stored under a key.
    ///
    /// @throws DamagedException when it is not the one that was stored
    static EncodedFrame frame(long key, byte[] payload, int crc) throws DamagedException {
        if (crc(key, payload) != crc) {
            throw damaged(key, "does not match its checksum");
        }
        byte[] bytes = new byte[ProtocolLimits.PREFIX_BYTES + payload.length];
        ByteBuffer.wrap(bytes).putInt(payload.length).put(payload);
        return EncodedFrame.copyOf(bytes, 0, bytes.length);
    }

    /// The event that was stored under a key.
    ///
    /// @throws DamagedException as above
    static RoomEvent event(long key, byte[] payload, int crc) throws DamagedException {
        try {
            return WireDecoding.event(frame(key, payload, crc));
        } catch (MalformedFrameException e) {
            throw damaged(key, "is no event");
        }
    }

    static DamagedException damaged(long key, String what) {
        return new DamagedException(
                "event %d of room %d %s".formatted(EventKey.seq(key), EventKey.roomId(key), what));
    }
}
