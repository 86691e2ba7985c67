package localchat.server.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import org.jspecify.annotations.Nullable;

/// The events of one room in memory, as the frames that carry them: a run of seqs without a hole,
/// from which the oldest may be taken.
///
/// A few large arrays and no object per event: kept as objects, half a million events made the
/// collector a quarter of the server's work (BENCHMARKS.md).
final class RoomHistory {
    /// A history without events.
    static final RoomHistory NONE = new RoomHistory(new Spare());

    /// Events are kept in blocks of so many, so that neither growing nor dropping moves many.
    private static final int BLOCK_EVENTS = 64;

    /// What a room's first block begins with, in bytes: most rooms are quiet.
    private static final int FIRST_BLOCK_BYTES = 1_024;

    private static final class Block {
        private byte[] bytes;

        /// Where each event's frame ends; it begins where the one before ends.
        private int[] ends;

        private int count;

        Block(int bytes, int events) {
            this.bytes = new byte[bytes];
            this.ends = new int[events];
        }

        void add(EncodedFrame frame) {
            int from = start(count);
            int end = from + frame.length();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
            }
            frame.copyTo(bytes, from);
            ends[count++] = end;
        }

        int start(int at) {
            return at == 0 ? 0 : ends[at - 1];
        }

        EncodedFrame frame(int at) {
            return EncodedFrame.copyOf(bytes, start(at), ends[at] - start(at));
        }
    }

    /// Blocks that were emptied, to be filled again, for all rooms of a log: at its bound it makes
    /// no garbage.
    static final class Spare {
        /// Bytes of all blocks kept; further ones are left to the collector.
        private static final long BYTES_MAX = 16L * 1024 * 1024;

        private final ArrayDeque<Block> blocks = new ArrayDeque<>();
        private long bytes;

        private void keep(Block emptied) {
            if (bytes + emptied.bytes.length <= BYTES_MAX) {
                bytes += emptied.bytes.length;
                emptied.count = 0;
                blocks.push(emptied);
            }
        }

        private @Nullable Block take() {
            Block block = blocks.poll();
            if (block != null) {
                bytes -= block.bytes.length;
            }
            return block;
        }
    }

    private final Spare spare;

    private final ArrayList<Block> blocks = new ArrayList<>(1);
    private int droppedInFirst;
    private long firstSeq = 1;
    private int size;

    RoomHistory(Spare spare) {
        this.spare = spare;
    }

    /// Seq of the oldest event kept; [#headSeq] + 1 when there is none.
    long firstSeq() {
        return firstSeq;
    }

    /// Seq of the newest event; 0 in a room that never had one.
    long headSeq() {
        return firstSeq + size - 1;
    }

    /// Adds the event that has the next seq.
    void add(EncodedFrame frame) {
        if (blocks.isEmpty() || blocks.getLast().count == BLOCK_EVENTS) {
            blocks.add(nextBlock());
        }
        blocks.getLast().add(frame);
        size++;
    }

    private Block nextBlock() {
        Block reused = blocks.isEmpty() ? null : spare.take();
        if (reused != null) {
            return reused;
        }
        // What the block before needed, and some: a busy room's blocks need not grow.
        return blocks.isEmpty()
                ? new Block(FIRST_BLOCK_BYTES, 8)
                : new Block(blocks.getLast().start(BLOCK_EVENTS) * 9 / 8, BLOCK_EVENTS);
    }

    /// The frame that carries the event with this seq, which must be kept.
    EncodedFrame frame(long seq) {
        int at = (int) (seq - firstSeq) + droppedInFirst;
        return blocks.get(at / BLOCK_EVENTS).frame(at % BLOCK_EVENTS);
    }

    /// The event with this seq, which must be kept.
    RoomEvent event(long seq) {
        try {
            return WireDecoding.event(frame(seq));
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("it was encoded by this very server", e);
        }
    }

    /// Lets go of the oldest event; returns the bytes of its frame.
    int removeOldest() {
        Block first = blocks.getFirst();
        int bytes = first.ends[droppedInFirst] - first.start(droppedInFirst);
        droppedInFirst++;
        firstSeq++;
        size--;
        if (droppedInFirst == BLOCK_EVENTS || size == 0) {
            blocks.removeFirst();
            spare.keep(first);
            droppedInFirst = 0;
        }
        return bytes;
    }

    /// Seq of the oldest event from this time on, in milliseconds; [#headSeq] + 1 when all are
    /// older. Found by halving: where the clock jumped back it may be another one close by.
    long firstSeqFrom(long timeMillis) {
        long low = firstSeq;
        long high = headSeq() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (event(middle).timeMillis() < timeMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
