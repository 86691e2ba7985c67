package localchat.server.storage;

import java.util.function.LongConsumer;

/// Numbers that are given away once and never again: they are reserved on disk in blocks before any
/// of them is given away, and those that a crash leaves over are lost. Belongs to the loop thread.
final class Ids {
    private final int block;
    private final LongConsumer reserve;
    private long next;
    private long end;
    private boolean reserving;

    /// @param next the first one that is reserved
    /// @param block how many are reserved at once, and are reserved now
    /// @param reserve has numbers up to an end reserved; [#onReserved] tells when they are
    Ids(long next, int block, LongConsumer reserve) {
        this.next = next;
        this.end = next + block;
        this.block = block;
        this.reserve = reserve;
    }

    /// Whether there is one to give away.
    boolean hasNext() {
        return next < end;
    }

    /// @throws IllegalStateException when not [#hasNext]
    long take() {
        if (next == end) {
            throw new IllegalStateException("no number is left to give away");
        }
        long id = next++;
        if (!reserving && end - next <= block / 2) {
            reserving = true;
            reserve.accept(end + block);
        }
        return id;
    }

    /// The next block was reserved.
    void onReserved() {
        reserving = false;
        end += block;
    }
}
