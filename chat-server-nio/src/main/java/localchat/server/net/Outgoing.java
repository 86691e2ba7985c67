package localchat.server.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import localchat.core.protocol.EncodedFrame;
import localchat.server.room.Cursor;

/// What waits to be written to one connection, in the order in which it goes out: the rest of a
/// frame that a write cut, then private frames, then the events of its rooms. Frames stay whole
/// however the socket cuts them. Belongs to the loop thread.
final class Outgoing {
    /// Members that are behind read on when fewer bytes of private frames wait. Reason: half of
    /// what one reading brings.
    private static final int READ_ON_BELOW_BYTES = 32 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final Cursor[] NONE = {};

    /// The rest of a frame of which a part has been written; a frame's size at most.
    private ByteBuffer carry = NOTHING;

    private final ArrayDeque<EncodedFrame> frames = new ArrayDeque<>(1);
    private int frameBytes;

    /// Cursors with events, the one to be served first at 0.
    private Cursor[] cursors = NONE;

    private int cursorCount;

    /// Bytes of private frames that wait.
    int frameBytes() {
        return frameBytes;
    }

    void add(EncodedFrame frame) {
        frames.addLast(frame);
        frameBytes += frame.length();
    }

    void add(Cursor cursor) {
        if (cursor.isWaiting()) {
            return;
        }
        cursor.waiting(true);
        if (cursorCount == cursors.length) {
            cursors = Arrays.copyOf(cursors, Math.max(1, cursorCount * 2));
        }
        cursors[cursorCount++] = cursor;
    }

    /// Forgets everything.
    void clear() {
        dropCursors();
        frames.clear();
        frameBytes = 0;
        carry = NOTHING;
    }

    /// Forgets the rooms' events; private frames stay.
    void dropCursors() {
        cursors = NONE;
        cursorCount = 0;
    }

    /// Has members that are behind the live ring read on, one after the other, when there is room
    /// for what they bring.
    void readOn() {
        if (isReading()) {
            return;
        }
        for (int i = 0; i < cursorCount && frameBytes < READ_ON_BELOW_BYTES; i++) {
            if (cursors[i].isBehind()) {
                cursors[i].readOn();
                if (cursors[i].isReading()) {
                    return;
                }
            }
        }
    }

    private boolean isReading() {
        for (int i = 0; i < cursorCount; i++) {
            if (cursors[i].isReading()) {
                return true;
            }
        }
        return false;
    }

    /// Collects what goes out next.
    void gather(Gathering gathering) {
        gathering.clear();
        dropIdleCursors();
        if (carry.hasRemaining()) {
            gathering.addCarry(carry);
        }
        // Mostly there are none: a look at the queue itself would be two misses of the cache.
        boolean allFramesFit = frameBytes == 0 || gatherFrames(gathering);
        gathering.endFrames();
        if (allFramesFit) {
            gatherCursors(gathering);
        }
    }

    /// Forgets cursors that have nothing more, or have left their room.
    private void dropIdleCursors() {
        int kept = 0;
        for (int i = 0; i < cursorCount; i++) {
            if (cursors[i].hasMore()) {
                cursors[kept++] = cursors[i];
            } else {
                cursors[i].waiting(false);
            }
        }
        Arrays.fill(cursors, kept, cursorCount, null);
        cursorCount = kept;
    }

    /// @return whether there was room for all
    private boolean gatherFrames(Gathering gathering) {
        for (EncodedFrame frame : frames) {
            if (!gathering.addFrame(frame)) {
                return false;
            }
        }
        return true;
    }

    private void gatherCursors(Gathering gathering) {
        for (int i = 0; i < cursorCount && !gathering.isFull(); i++) {
            gathering.addCursor(cursors[i].gather(gathering.buffers, gathering.count));
        }
    }

    /// Takes note that `written` bytes of this gathering went out.
    ///
    /// @return whether more is there to be written already
    boolean advance(Gathering gathering, long written) {
        int ofCarry = (int) Math.min(written, gathering.carryBytes);
        carry.position(carry.position() + ofCarry);
        long left = written - ofCarry;
        for (int i = 0; i < gathering.frames && left > 0; i++) {
            EncodedFrame frame = frames.removeFirst();
            frameBytes -= frame.length();
            if (left < frame.length()) {
                carry = frame.asBuffer().position((int) left);
            }
            left -= Math.min(left, frame.length());
        }
        if (!carry.hasRemaining()) {
            carry = NOTHING;
        }
        boolean liveLeft = advanceCursors(gathering, left);
        return carry.hasRemaining() || frameBytes > 0 || liveLeft;
    }

    /// @return whether the live ring has more for one of them
    private boolean advanceCursors(Gathering gathering, long writtenToCursors) {
        long left = writtenToCursors;
        for (int i = 0; i < gathering.cursors && left > 0; i++) {
            long taken = Math.min(left, gathering.cursorBytes[i]);
            left -= taken;
            if (taken > 0) {
                keepRest(cursors[i].advance(taken));
            }
        }
        Cursor servedFirst = cursorCount == 0 ? null : cursors[0];
        dropIdleCursors();
        if (cursorCount > 1 && cursors[0].equals(servedFirst)) {
            rotate();
        }
        for (int i = 0; i < cursorCount; i++) {
            if (!cursors[i].isBehind()) {
                return true;
            }
        }
        return false;
    }

    private void keepRest(ByteBuffer rest) {
        if (rest.hasRemaining()) {
            carry = ByteBuffer.allocate(rest.remaining()).put(rest).flip();
        }
    }

    /// The next room is served first the next time, so that a busy one does not keep the others
    /// waiting.
    private void rotate() {
        Cursor first = cursors[0];
        System.arraycopy(cursors, 1, cursors, 0, cursorCount - 1);
        cursors[cursorCount - 1] = first;
    }
}
