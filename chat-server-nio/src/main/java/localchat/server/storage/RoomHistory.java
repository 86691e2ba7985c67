package localchat.server.storage;

import java.util.ArrayList;
import java.util.Comparator;
import localchat.core.model.Digest32;
import localchat.core.model.RoomEvent;
import org.jspecify.annotations.Nullable;

/// The events of one room in memory: a run of seqs without a hole, from which the oldest may be
/// taken.
final class RoomHistory {
    /// An event with the device that sent it; the same as another one when sender, device and the
    /// id given by the device are.
    record Kept(RoomEvent event, Digest32 device) implements Comparable<Kept> {
        private static final Comparator<Kept> ORDER =
                Comparator.<Kept>comparingLong(kept -> kept.event().id().bits().high())
                        .thenComparingLong(kept -> kept.event().id().bits().low())
                        .thenComparingLong(kept -> kept.event().senderId())
                        .thenComparing(kept -> kept.device().toString());

        /// An order, so that ids chosen to collide cost a map no more than a search in a tree.
        @Override
        public int compareTo(Kept other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Kept that
                    && event.senderId() == that.event.senderId()
                    && event.id().equals(that.event.id())
                    && device.equals(that.device);
        }

        @Override
        public int hashCode() {
            return event.id().hashCode();
        }
    }

    /// A history without events.
    static final RoomHistory NONE = new RoomHistory();

    /// Events are kept in blocks, so that neither growing nor dropping moves many.
    private static final int BLOCK = 1_024;

    private final ArrayList<ArrayList<Kept>> blocks = new ArrayList<>();
    private int droppedInFirst;
    private long firstSeq = 1;
    private int size;

    int size() {
        return size;
    }

    /// Seq of the oldest event kept; [#headSeq] + 1 when there is none.
    long firstSeq() {
        return firstSeq;
    }

    /// Seq of the newest event; 0 in a room that never had one.
    long headSeq() {
        return firstSeq + size - 1;
    }

    void add(Kept kept) {
        if (blocks.isEmpty() || blocks.getLast().size() == BLOCK) {
            blocks.add(new ArrayList<>(blocks.isEmpty() ? 8 : BLOCK));
        }
        blocks.getLast().add(kept);
        size++;
    }

    RoomEvent get(long seq) {
        int at = (int) (seq - firstSeq) + droppedInFirst;
        return blocks.get(at / BLOCK).get(at % BLOCK).event();
    }

    Kept removeOldest() {
        ArrayList<Kept> first = blocks.getFirst();
        Kept oldest = first.get(droppedInFirst++);
        firstSeq++;
        size--;
        if (droppedInFirst == BLOCK || size == 0) {
            blocks.removeFirst();
            droppedInFirst = 0;
        }
        return oldest;
    }

    /// Seq of the oldest event from this time on, in milliseconds; [#headSeq] + 1 when all are
    /// older. Found by halving: where the clock jumped back it may be another one close by.
    long firstSeqFrom(long timeMillis) {
        long low = firstSeq;
        long high = headSeq() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle).timeMillis() < timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
