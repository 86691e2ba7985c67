package localchat.server.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import localchat.core.protocol.EncodedFrame;

/// What one write is made of. One for all connections: filled, written and noted before the next
/// one is served, so that no connection needs arrays of its own. Belongs to the loop thread.
final class Gathering {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// Buffers handed to one write call. Reason: enough for a member of ten rooms with some
    /// answers; the kernel takes 1,024.
    static final int BUFFERS_MAX = 64;

    /// Cursors looked at for one write. Reason: more than the rooms that one session may be in.
    private static final int CURSORS_MAX = 128;

    /// Bytes of private frames in one write, not of one frame. Reason: the rest of a largest frame
    /// and a whole one behind it.
    private static final int FRAME_BYTES_MAX = 136 * 1024;

    /// Private frames are copied here: heap buffers given to a channel would each leave a direct
    /// copy behind with the thread.
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(FRAME_BYTES_MAX);

    final ByteBuffer[] buffers = new ByteBuffer[BUFFERS_MAX];

    /// Bytes gathered for the cursors, in their order.
    final long[] cursorBytes = new long[CURSORS_MAX];

    int count;
    int frames;
    int cursors;
    long carryBytes;
    long totalBytes;

    Gathering() {
        Arrays.fill(buffers, NOTHING);
    }

    /// Forgets the last write, and the views of ring segments that would keep their memory.
    void clear() {
        Arrays.fill(buffers, 0, count, NOTHING);
        count = 0;
        frames = 0;
        cursors = 0;
        carryBytes = 0;
        totalBytes = 0;
        scratch.clear();
    }

    boolean isFull() {
        return count == BUFFERS_MAX || cursors == CURSORS_MAX;
    }

    void addCarry(ByteBuffer carry) {
        carryBytes = carry.remaining();
        scratch.put(carry.duplicate());
    }

    /// Adds a frame if there is room for it.
    boolean addFrame(EncodedFrame frame) {
        if (frame.length() > scratch.remaining()) {
            return false;
        }
        frame.copyTo(0, frame.length(), scratch);
        frames++;
        return true;
    }

    /// No more private frames: what follows are views of rooms' rings.
    void endFrames() {
        if (scratch.position() > 0) {
            buffers[count++] = scratch.flip();
            totalBytes = scratch.limit();
        }
    }

    /// Takes note that the views up to `filledTo` belong to the next cursor.
    void addCursor(int filledTo) {
        long bytes = 0;
        for (; count < filledTo; count++) {
            bytes += buffers[count].remaining();
        }
        cursorBytes[cursors++] = bytes;
        totalBytes += bytes;
    }
}
