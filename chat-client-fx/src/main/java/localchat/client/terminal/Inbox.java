package localchat.client.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The queue of notices between many threads and the one that owns the state. Safe from any thread.
///
/// What the server sends is bounded: when [#CAPACITY] notices wait, the session's thread waits too,
/// stops reading, and the server holds the rest back. Nothing is lost and memory stays small
/// however slowly standard output is read.
final class Inbox {
    /// Most session events that wait; the session's thread is held up by more. Reason: 4,096 texts
    /// of the longest kind are 16 MiB, and it is more than comes in the time a screen needs for one
    /// line.
    static final int CAPACITY = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<Notice> notices = new ArrayDeque<>();
    private final Delay delay;
    private boolean closed;

    /// Does something after a while.
    interface Delay {
        void after(Duration pause, Runnable action);
    }

    Inbox() {
        this((pause, action) ->
                CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
                        .execute(action));
    }

    /// @param delay for [#putAfter]
    Inbox(Delay delay) {
        this.delay = delay;
    }

    /// Puts a notice in, waiting while [#CAPACITY] are there. Nothing happens when this is closed.
    void put(Notice notice) {
        lock.lock();
        try {
            while (notices.size() >= CAPACITY && !closed) {
                notFull.awaitUninterruptibly();
            }
            add(notice);
        } finally {
            lock.unlock();
        }
    }

    /// Puts in a notice of a kind that is bounded elsewhere: it never waits.
    void putNow(Notice notice) {
        lock.lock();
        try {
            add(notice);
        } finally {
            lock.unlock();
        }
    }

    /// As [#putNow], after a while.
    void putAfter(Duration pause, Notice notice) {
        delay.after(pause, () -> putNow(notice));
    }

    private void add(Notice notice) {
        if (!closed) {
            notices.add(notice);
            notEmpty.signal();
        }
    }

    /// Takes the oldest notice, waiting for one at most so long; empty when none came.
    ///
    /// @param waitNanos 0 or below to not wait
    Optional<Notice> poll(long waitNanos) throws InterruptedException {
        long left = waitNanos;
        lock.lockInterruptibly();
        try {
            while (notices.isEmpty() && left > 0) {
                left = notEmpty.awaitNanos(left);
            }
            Optional<Notice> notice = Optional.ofNullable(notices.poll());
            notFull.signal();
            return notice;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the oldest notice, waiting as long as it takes.
    Notice take() throws InterruptedException {
        while (true) {
            Optional<Notice> notice = poll(TimeUnit.DAYS.toNanos(1));
            if (notice.isPresent()) {
                return notice.get();
            }
        }
    }

    /// Drops what waits and whatever comes, and lets go whoever waits in [#put].
    void close() {
        lock.lock();
        try {
            closed = true;
            notices.clear();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
