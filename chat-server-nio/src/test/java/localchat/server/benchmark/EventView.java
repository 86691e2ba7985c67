package localchat.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the few things that are measured stand in an encoded `Event`. A full decode would measure
/// the generator; this one walks over the fields and makes no garbage.
final class EventView {
    /// First byte of a `ServerFrame` that is an event: field 8, length-delimited, no request_id.
    static final byte TAG = 8 << 3 | 2;

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private static final int ROOM_ID = 1;
    private static final int SEQ = 2;
    private static final int MESSAGE = 7;
    private static final int TEXT = 1;

    private long roomId;
    private long seq;
    private int textAt;
    private int at;

    /// Looks at a frame that begins with [#TAG].
    ///
    /// @param frameAt where the frame begins, behind its length prefix
    void read(ByteBuffer in, int frameAt) throws IOException {
        roomId = 0;
        seq = 0;
        textAt = -1;
        at = frameAt + 1;
        long length = varint(in);
        int end = at + (int) length;
        while (at < end) {
            readField(in);
        }
        if (textAt < 0 || roomId == 0 || seq == 0) {
            throw new IOException("an event without room, seq or text");
        }
    }

    private void readField(ByteBuffer in) throws IOException {
        int tag = (int) varint(in);
        switch (tag & 7) {
            case VARINT -> {
                long value = varint(in);
                switch (tag >>> 3) {
                    case ROOM_ID -> roomId = value;
                    case SEQ -> seq = value;
                    default -> {}
                }
            }
            case LENGTH_DELIMITED -> {
                int next = (int) varint(in) + at;
                if (tag >>> 3 == MESSAGE && varint(in) == (TEXT << 3 | LENGTH_DELIMITED)) {
                    varint(in);
                    textAt = at;
                }
                at = next;
            }
            default -> throw new IOException("an event with a field of wire type " + (tag & 7));
        }
    }

    private long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = in.get(at++);
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    long roomId() {
        return roomId;
    }

    long seq() {
        return seq;
    }

    /// Where the text of the message begins.
    int textAt() {
        return textAt;
    }
}
