package localchat.core.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one queue of a session: what its callers ask and what its connection brings, in order of
/// arrival. Put from any thread, taken by the session thread.
///
/// A connection's frames wait outside while [#FRAME_BYTES_MAX] are queued, so a slow listener slows
/// the reading and in the end the server. Calls never wait: they are refused beyond [#CALLS_MAX].
final class Inbox {
    /// Bytes of frames that may wait here, each counted with [#FRAME_EXTRA_BYTES] more. One frame
    /// always fits. Reason: some hundred messages, enough to keep the session thread busy.
    static final int FRAME_BYTES_MAX = 256 * 1024;

    /// What a decoded frame weighs beyond its bytes, roughly.
    static final int FRAME_EXTRA_BYTES = 512;

    /// Calls that may wait here. Reason: far beyond what a person or a paced program causes; a
    /// listener that stands still is the only way to get there.
    static final int CALLS_MAX = 100_000;

    private record Item(Runnable task, int frameBytes) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition frameRoom = lock.newCondition();
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private int frameBytes;
    private boolean closed;

    /// Adds a caller's wish.
    ///
    /// @return false when the session has ended and nobody will take it
    /// @throws RejectedExecutionException when [#CALLS_MAX] wait
    boolean put(Runnable call) {
        lock.lock();
        try {
            if (!closed && items.size() >= CALLS_MAX) {
                throw new RejectedExecutionException(
                        "the session is " + CALLS_MAX + " calls behind; its listener is too slow");
            }
            return add(new Item(call, 0));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a notice that must not be lost and comes at most once a connection.
    boolean putNotice(Runnable notice) {
        lock.lock();
        try {
            return add(new Item(notice, 0));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a frame, waiting for room.
    ///
    /// @param bytes its size on the wire
    /// @return false when the session has ended
    boolean putFrame(Runnable frame, int bytes) throws InterruptedException {
        int weight = bytes + FRAME_EXTRA_BYTES;
        lock.lockInterruptibly();
        try {
            while (!closed && frameBytes > 0 && frameBytes + weight > FRAME_BYTES_MAX) {
                frameRoom.await();
            }
            if (!closed) {
                frameBytes += weight;
            }
            return add(new Item(frame, weight));
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Item item) {
        if (closed) {
            return false;
        }
        items.add(item);
        notEmpty.signal();
        return true;
    }

    /// The next item; null when none came in time. For the session thread.
    @Nullable Runnable take(long waitNanosMax) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = waitNanosMax;
            while (items.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            Item item = items.poll();
            if (item == null) {
                return null;
            }
            if (item.frameBytes() > 0) {
                frameBytes -= item.frameBytes();
                frameRoom.signal();
            }
            return item.task();
        } finally {
            lock.unlock();
        }
    }

    /// Whether a frame waits to be taken: then a connection is not silent, only unheard.
    boolean hasFrames() {
        lock.lock();
        try {
            return frameBytes > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Refuses everything from now on and frees who waits.
    ///
    /// @return what was still waiting, in order
    List<Runnable> close() {
        lock.lock();
        try {
            closed = true;
            List<Runnable> left = items.stream().map(Item::task).toList();
            items.clear();
            frameBytes = 0;
            frameRoom.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
