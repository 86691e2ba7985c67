package localchat.client.terminal;

import java.time.Duration;

/// How long to go on waiting while nothing comes of it. The time runs from the beginning of the
/// wait, or from the last progress in it.
final class Patience {
    private final NanoClock clock;
    private final long timeoutNanos;
    private boolean waiting;
    private long progress;
    private long sinceNanos;

    Patience(NanoClock clock, Duration timeout) {
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
    }

    /// Says how things stand.
    ///
    /// @param isWaiting whether there is something to wait for
    /// @param progressNow any number that changes with each step forward
    void update(boolean isWaiting, long progressNow) {
        if (isWaiting && (!waiting || progressNow != progress)) {
            sinceNanos = clock.nanos();
        }
        waiting = isWaiting;
        progress = progressNow;
    }

    /// Time until it is [#isOver], in nanoseconds; very long when nothing is waited for.
    long nanosLeft() {
        return waiting ? timeoutNanos - (clock.nanos() - sinceNanos) : Long.MAX_VALUE;
    }

    /// Whether waiting any longer is pointless.
    boolean isOver() {
        return nanosLeft() <= 0;
    }
}
