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
    /// Events are kept in blocks of so many, so that neither growing nor dropping moves many.
    private static final int BLOCK_EVENTS = 64;

    /// What a room's first block begins with, in bytes: most rooms are quiet.
    private static final int FIRST_BLOCK_BYTES = 1_024;

    private static final class Block {
        private byte[] bytes;

        /// Where each event's frame ends; it begins where the one before ends.
        private int[] ends;

        private long[] senders;

        /// A bit for each event, the lowest for the first: whether it is or was a message.
        private long messages;

        private int count;

        Block(int bytes, int events) {
            this.bytes = new byte[bytes];
            this.ends = new int[events];
            this.senders = new long[events];
        }

        void add(EncodedFrame frame, long senderId, boolean isMessage) {
            int from = start(count);
            int end = from + frame.length();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, count * 2);
                senders = Arrays.copyOf(senders, count * 2);
            }
            frame.copyTo(bytes, from);
            ends[count] = end;
            senders[count] = senderId;
            messages |= isMessage ? 1L << count : 0;
            count++;
        }

        /// Puts another frame in the place of one, and moves those behind it.
        int replace(int at, EncodedFrame frame) {
            int from = start(at);
            int more = frame.length() - (ends[at] - from);
            int end = ends[count - 1];
            if (end + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end + more, bytes.length * 2));
            }
            System.arraycopy(bytes, ends[at], bytes, ends[at] + more, end - ends[at]);
            frame.copyTo(bytes, from);
            for (int i = at; i < count; i++) {
                ends[i] += more;
            }
            return more;
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
                emptied.messages = 0;
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
    void add(EncodedFrame frame, long senderId, boolean isMessage) {
        if (blocks.isEmpty() || blocks.getLast().count == BLOCK_EVENTS) {
            blocks.add(nextBlock());
        }
        blocks.getLast().add(frame, senderId, isMessage);
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

    /// Whether an event with this seq is kept.
    boolean has(long seq) {
        return seq >= firstSeq && seq <= headSeq();
    }

    private int place(long seq) {
        return (int) (seq - firstSeq) + droppedInFirst;
    }

    /// The frame that carries the event with this seq, which must be kept.
    EncodedFrame frame(long seq) {
        int at = place(seq);
        return blocks.get(at / BLOCK_EVENTS).frame(at % BLOCK_EVENTS);
    }

    /// Puts another frame in the place of a kept event's; returns by how many bytes it is longer.
    int replace(long seq, EncodedFrame frame) {
        int at = place(seq);
        return blocks.get(at / BLOCK_EVENTS).replace(at % BLOCK_EVENTS, frame);
    }

    /// User id of the sender of a kept event.
    long senderId(long seq) {
        int at = place(seq);
        return blocks.get(at / BLOCK_EVENTS).senders[at % BLOCK_EVENTS];
    }

    /// Whether a kept event is a message or was one.
    boolean isMessage(long seq) {
        int at = place(seq);
        return (blocks.get(at / BLOCK_EVENTS).messages >>> (at % BLOCK_EVENTS) & 1) != 0;
    }

    /// Seq of the newest message below this seq; 0 when there is none.
    long messageBelow(long seq) {
        int at = place(Math.min(seq, headSeq() + 1)) - 1;
        while (at >= droppedInFirst) {
            int bits = at % BLOCK_EVENTS;
            long below = blocks.get(at / BLOCK_EVENTS).messages & (-1L >>> (63 - bits));
            if (below != 0) {
                int found = at - bits + 63 - Long.numberOfLeadingZeros(below);
                return found < droppedInFirst ? 0 : firstSeq + found - droppedInFirst;
            }
            at -= bits + 1;
        }
        return 0;
    }

    /// Seq of the oldest message from this seq on; [#headSeq] + 1 when there is none.
    long messageFrom(long seq) {
        long head = headSeq();
        for (int at = place(Math.clamp(seq, firstSeq, head + 1));
                at / BLOCK_EVENTS < blocks.size(); ) {
            int bits = at % BLOCK_EVENTS;
            long from = blocks.get(at / BLOCK_EVENTS).messages & (-1L << bits);
            if (from != 0) {
                int found = at - bits + Long.numberOfTrailingZeros(from);
                return firstSeq + found - droppedInFirst;
            }
            at += BLOCK_EVENTS - bits;
        }
        return head + 1;
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
