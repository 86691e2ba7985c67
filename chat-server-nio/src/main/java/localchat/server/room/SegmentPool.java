package localchat.server.room;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;

/// The memory of all broadcast logs together: direct segments, made when first needed, used again,
/// never more than the budget. When the budget is used up, the log that was written to longest ago
/// gives its oldest segment.
final class SegmentPool {
    /// Size of a segment in bytes. No frame spans two: the largest event is far smaller. Reason:
    /// 1,000 busy rooms fit into half of the default budget, and what 64 messages in flight make
    /// still goes out of one buffer.
    static final int SEGMENT_BYTES = 32 * 1024;

    private final int segmentsMax;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    /// Logs that hold segments, the least recently written first.
    private final LinkedHashSet<BroadcastLog> holders = new LinkedHashSet<>();

    private int made;

    /// @param bytesMax budget of all logs together, in bytes; at least one segment
    SegmentPool(long bytesMax) {
        this.segmentsMax = (int) Math.max(1, bytesMax / SEGMENT_BYTES);
    }

    /// A segment for `taker`, which from now on is the most recently written log.
    ByteBuffer take(BroadcastLog taker) {
        if (free.isEmpty() && made == segmentsMax) {
            holders.getFirst().dropOldestSegment();
        }
        holders.addLast(taker);
        ByteBuffer bytes = free.poll();
        if (bytes != null) {
            return bytes;
        }
        made++;
        return ByteBuffer.allocateDirect(SEGMENT_BYTES);
    }

    void giveBack(BroadcastLog giver, ByteBuffer bytes) {
        free.push(bytes.clear());
        if (giver.segments() == 0) {
            holders.remove(giver);
        }
    }

    /// Lets go of segments that no log uses; the collector frees their memory.
    void trim() {
        made -= free.size();
        free.clear();
    }

    /// Segments in use by logs now.
    int inUse() {
        return made - free.size();
    }
}
