package localchat.server.session;

import java.util.function.LongSupplier;

/// How many lines of one kind may go to the log; those beyond are counted, for the next line to
/// tell. Belongs to the loop thread.
final class LineBudget {
    private final LongSupplier clockNanos;
    private final RateLimit lines;
    private long leftOut;

    /// @param clockNanos the loop's monotonic clock
    /// @param perSecond lines a second in the long run
    /// @param burst lines at once
    LineBudget(LongSupplier clockNanos, int perSecond, int burst) {
        this.clockNanos = clockNanos;
        this.lines = new RateLimit(perSecond, burst, clockNanos.getAsLong());
    }

    /// Whether a line may be written; counts it when not.
    boolean take() {
        boolean taken = lines.take(clockNanos.getAsLong());
        if (!taken) {
            leftOut++;
        }
        return taken;
    }

    /// Lines left out since the last one that was written; counts anew.
    long takeLeftOut() {
        long lines = leftOut;
        leftOut = 0;
        return lines;
    }
}
