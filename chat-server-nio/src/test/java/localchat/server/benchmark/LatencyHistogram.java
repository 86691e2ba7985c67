package localchat.server.benchmark;

/// Counts of durations in steps of 1/128 of a power of two: a percentile is off by less than 0.8%.
final class LatencyHistogram {
    private static final int STEP_BITS = 7;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[(64 - STEP_BITS) * STEPS];
    private long total;
    private long maxNanos;

    /// @param nanos a duration in nanoseconds; below 0 counts as 0
    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[slot(value)]++;
        total++;
        maxNanos = Math.max(maxNanos, value);
    }

    private static int slot(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - STEP_BITS;
        return (shift + 1) * STEPS + (int) ((value >>> shift) & (STEPS - 1));
    }

    /// The middle of a slot, in nanoseconds.
    private static double value(int slot) {
        if (slot < STEPS) {
            return slot;
        }
        int shift = slot / STEPS - 1;
        return (STEPS + slot % STEPS + 0.5) * (1L << shift);
    }

    long total() {
        return total;
    }

    /// The longest duration, exactly, in microseconds.
    double maxMicros() {
        return maxNanos / 1e3;
    }

    /// The duration that so much of all durations stays below, in microseconds; NaN of nothing.
    ///
    /// @param part 0.99 for the 99th percentile
    double percentileMicros(double part) {
        if (total == 0) {
            return Double.NaN;
        }
        double wanted = total * part;
        long seen = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            seen += counts[slot];
            if (seen > wanted) {
                return Math.min(value(slot) / 1e3, maxMicros());
            }
        }
        return maxMicros();
    }
}
