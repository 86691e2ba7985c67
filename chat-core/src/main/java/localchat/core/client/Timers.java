package localchat.core.client;

import java.util.ArrayList;
import java.util.List;

/// What the session does later. Belongs to the session thread. Holds one timer for each kind of
/// waiting and for each request in flight, fewer than a hundred, so a list is good enough.
final class Timers {
    /// One thing to do later, once.
    final class Timer {
        private final long atNanos;
        private final Runnable action;

        private Timer(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }

        /// Forgets it; nothing happens when it has fired.
        void cancel() {
            timers.remove(this);
        }
    }

    /// Longest wait without a look at the clock, in nanoseconds.
    private static final long WAIT_NANOS_MAX = 3_600_000_000_000L;

    private final Clock clock;
    private final List<Timer> timers = new ArrayList<>();

    Timers(Clock clock) {
        this.clock = clock;
    }

    /// Now, by [Clock#nanos].
    long nowNanos() {
        return clock.nanos();
    }

    /// Does `action` once, at least `nanos` from now.
    Timer in(long nanos, Runnable action) {
        return at(clock.nanos() + nanos, action);
    }

    /// Does `action` once, at this time of the clock or later.
    Timer at(long atNanos, Runnable action) {
        Timer timer = new Timer(atNanos, action);
        timers.add(timer);
        return timer;
    }

    /// Nanoseconds until the next timer, 0 when one is due.
    long nanosToNext() {
        long now = clock.nanos();
        return timers.stream()
                .mapToLong(timer -> Math.max(0, timer.atNanos - now))
                .min()
                .orElse(WAIT_NANOS_MAX);
    }

    /// Fires what is due now, the earliest first. What these actions add waits for the next call.
    void fireDue() {
        long now = clock.nanos();
        List<Timer> due =
                timers.stream()
                        .filter(timer -> timer.atNanos - now <= 0)
                        .sorted((a, b) -> Long.signum(a.atNanos - b.atNanos))
                        .toList();
        for (Timer timer : due) {
            if (timers.remove(timer)) {
                timer.action.run();
            }
        }
    }
}
