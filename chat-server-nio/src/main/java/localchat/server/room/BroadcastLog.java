package localchat.server.room;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.ProtocolLimits;

/// A room's newest events, encoded once, one after the other in a few direct segments. A member's
/// connection holds a [Cursor] into it and no queue of its own: everything between the cursor and
/// the end is written at once.
///
/// ```
///   segment n            segment n+1
///   [e5][e6][e7][e8 ]    [e9][e10][e11]······
///            ▲                        ▲
///            a cursor, nextSeq 7      the end, nextSeq 12
/// ```
///
/// Cursors stand between frames, never inside one. At the limit the oldest segment goes; a cursor
/// that stood in it is *behind* and is fed from the message log until it can stand here again.
final class BroadcastLog {
    /// Segments of one room at most. With [SegmentPool#SEGMENT_BYTES]: 4 MiB.
    static final int SEGMENTS_MAX = 128;

    /// Segments offered to one write. Reason: 256 KiB is more than a socket takes at once, so that
    /// one member's backlog cannot keep the loop from the others.
    static final int SEGMENTS_PER_WRITE = 8;

    private static final class Segment {
        private final long number;
        private final long firstSeq;
        private final ByteBuffer bytes;
        private final ByteBuffer view;

        private Segment(long number, long firstSeq, ByteBuffer bytes) {
            this.number = number;
            this.firstSeq = firstSeq;
            this.bytes = bytes;
            this.view = bytes.duplicate();
        }

        private int end() {
            return bytes.position();
        }
    }

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SegmentPool pool;
    private final ArrayList<Segment> segments = new ArrayList<>(1);
    private long nextSegmentNumber = 1;
    private long nextSeq;

    /// @param nextSeq seq of the first event that will be appended
    BroadcastLog(SegmentPool pool, long nextSeq) {
        this.pool = pool;
        this.nextSeq = nextSeq;
    }

    /// The seq that the next event appended will have.
    long nextSeq() {
        return nextSeq;
    }

    int segments() {
        return segments.size();
    }

    /// Appends the next event.
    ///
    /// @throws IllegalArgumentException when the frame does not fit into a segment: no event may
    void append(EncodedFrame frame) {
        if (frame.length() > SegmentPool.SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "an event's frame has at most %d bytes, not %d"
                            .formatted(SegmentPool.SEGMENT_BYTES, frame.length()));
        }
        Segment last = segments.isEmpty() ? addSegment() : segments.getLast();
        if (last.bytes.remaining() < frame.length()) {
            last = addSegment();
        }
        frame.copyTo(0, frame.length(), last.bytes);
        nextSeq++;
    }

    private Segment addSegment() {
        if (segments.size() == SEGMENTS_MAX) {
            dropOldestSegment();
        }
        Segment added = new Segment(nextSegmentNumber++, nextSeq, pool.take(this));
        segments.add(added);
        return added;
    }

    /// Gives the oldest segment back to the pool. Cursors that stood in it are behind from now on.
    void dropOldestSegment() {
        Segment dropped = segments.removeFirst();
        pool.giveBack(this, dropped.bytes);
    }

    /// Gives back everything: nobody is behind, or who is will be fed from the message log.
    void release() {
        while (!segments.isEmpty()) {
            dropOldestSegment();
        }
    }

    /// Whether the events from the cursor on are no longer all here.
    boolean isBehind(Cursor cursor) {
        return cursor.nextSeq() < nextSeq
                && (segments.isEmpty() || cursor.nextSeq() < segments.getFirst().firstSeq);
    }

    /// Fills `into` from `index` on with views of the bytes from the cursor to the end, at most
    /// [#SEGMENTS_PER_WRITE] of them. The views are shared: they hold until the next call on this
    /// log. The cursor must not be behind.
    ///
    /// @return the index after the last view
    int gather(Cursor cursor, ByteBuffer[] into, int index) {
        if (cursor.nextSeq() == nextSeq) {
            return index;
        }
        locate(cursor);
        int at = (int) (cursor.segment - segments.getFirst().number);
        int last = Math.min(segments.size(), at + SEGMENTS_PER_WRITE);
        int filled = index;
        int start = cursor.offset;
        for (int i = at; i < last && filled < into.length; i++) {
            Segment segment = segments.get(i);
            if (start < segment.end()) {
                into[filled++] = segment.view.limit(segment.end()).position(start);
            }
            start = 0;
        }
        return filled;
    }

    /// Moves the cursor over bytes that were written of what [#gather] gave. Where the last frame
    /// was cut the cursor goes behind it, and the missing rest is returned, for the connection to
    /// send first.
    ///
    /// @return a view of the rest of the frame that was cut, empty when none was
    ByteBuffer advance(Cursor cursor, long written) {
        if (written == 0) {
            return EMPTY;
        }
        long left = written;
        Segment segment = segmentOf(cursor);
        while (left > 0) {
            int inSegment = segment.end() - cursor.offset;
            if (left >= inSegment && segment != segments.getLast()) {
                left -= inSegment;
                segment = segments.get((int) (segment.number - segments.getFirst().number) + 1);
                cursor.moveTo(segment.firstSeq, segment.number, 0);
            } else if (left == inSegment) {
                cursor.moveTo(nextSeq, segment.number, segment.end());
                left = 0;
            } else {
                int frame = frameLength(segment, cursor.offset);
                int from = cursor.offset;
                cursor.moveTo(cursor.nextSeq() + 1, segment.number, from + frame);
                if (left < frame) {
                    return segment.bytes.slice(from + (int) left, frame - (int) left);
                }
                left -= frame;
            }
        }
        return EMPTY;
    }

    /// Makes the cursor's place in the segments fit its seq. It mostly does already; not after the
    /// message log fed it, and not when it stood at the end of a segment that has gone since.
    private void locate(Cursor cursor) {
        if (cursor.segment >= segments.getFirst().number) {
            return;
        }
        Segment segment = segmentOfSeq(cursor.nextSeq());
        int offset = 0;
        for (long seq = segment.firstSeq; seq < cursor.nextSeq(); seq++) {
            offset += frameLength(segment, offset);
        }
        cursor.moveTo(cursor.nextSeq(), segment.number, offset);
    }

    private Segment segmentOf(Cursor cursor) {
        return segments.get((int) (cursor.segment - segments.getFirst().number));
    }

    private Segment segmentOfSeq(long seq) {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (segments.get(i).firstSeq <= seq) {
                return segments.get(i);
            }
        }
        return segments.getFirst();
    }

    private static int frameLength(Segment segment, int offset) {
        return ProtocolLimits.PREFIX_BYTES + segment.bytes.getInt(offset);
    }
}
