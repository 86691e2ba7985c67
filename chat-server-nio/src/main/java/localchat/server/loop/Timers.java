package localchat.server.loop;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/// Deadlines on the loop's monotonic clock. Belongs to the loop thread.
public final class Timers {
    /// One deadline that has been set and may be cancelled.
    public static final class Timer implements Comparable<Timer> {
        private final long deadlineNanos;
        private final long order;
        private final Runnable action;
        private boolean cancelled;

        private Timer(long deadlineNanos, long order, Runnable action) {
            this.deadlineNanos = deadlineNanos;
            this.order = order;
            this.action = action;
        }

        /// The action will not run. Nothing happens when it ran already.
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            long difference = deadlineNanos - other.deadlineNanos;
            return difference != 0 ? Long.signum(difference) : Long.compare(order, other.order);
        }
    }

    private final Clock clock;
    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private long created;

    public Timers(Clock clock) {
        this.clock = clock;
    }

    /// Runs `action` on the loop thread once `delayNanos` have passed.
    public Timer after(long delayNanos, Runnable action) {
        Timer timer = new Timer(clock.nanos() + delayNanos, created++, action);
        queue.add(timer);
        return timer;
    }

    /// Runs `action` again and again, `periodNanos` after each run began, whether or not it threw.
    public void every(long periodNanos, Runnable action) {
        after(
                periodNanos,
                () -> {
                    every(periodNanos, action);
                    action.run();
                });
    }

    /// Nanoseconds to the next deadline, 0 when one has passed, [Long#MAX_VALUE] when there is
    /// none.
    long nanosToNext(long nowNanos) {
        dropCancelled();
        Timer next = queue.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.deadlineNanos - nowNanos);
    }

    /// Runs what is due at `nowNanos`, in order of deadline. What these set for now runs in the
    /// next call.
    int fire(long nowNanos, Consumer<RuntimeException> faults) {
        int due = 0;
        long bound = created;
        for (Timer next = queue.peek();
                next != null && next.deadlineNanos - nowNanos <= 0 && next.order < bound;
                next = queue.peek()) {
            queue.poll();
            if (!next.cancelled) {
                due++;
                try {
                    next.action.run();
                } catch (RuntimeException fault) {
                    faults.accept(fault);
                }
            }
        }
        return due;
    }

    private void dropCancelled() {
        for (Timer next = queue.peek(); next != null && next.cancelled; next = queue.peek()) {
            queue.poll();
        }
    }
}
