package localchat.server.account;

/// What each of many may do so often: so many times at once, and then one more each time a while
/// has passed. Whoever did nothing for long has all of it again, and is not remembered. Belongs to
/// the loop thread.
///
/// @param <K> who is counted
public final class Allowances<K> {
    /// @param usedNanos what of the allowance is used at `atNanos`, in nanoseconds of refill
    private record Used(long usedNanos, long atNanos) {}

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final int burst;
    private final long refillNanos;
    private final Recent<K, Used> used;

    /// @param burst how often at once; 0: no limit
    /// @param refillNanos after so long once more
    /// @param max how many are remembered; past it the one not seen for longest has all again
    public Allowances(int burst, long refillNanos, int max) {
        this.burst = burst;
        this.refillNanos = refillNanos;
        this.used = new Recent<>(max);
    }

    /// As milliseconds, rounded up.
    public static int millis(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }

    /// Takes one if there is one.
    ///
    /// @return 0 when it was taken; else in how many nanoseconds there will be one
    public long take(K who, long nowNanos) {
        if (burst == 0) {
            return 0;
        }
        long usedNanos =
                used.get(who)
                        .map(before -> before.usedNanos() - (nowNanos - before.atNanos()))
                        .orElse(0L);
        long now = Math.max(0, usedNanos) + refillNanos;
        long over = now - burst * refillNanos;
        if (over > 0) {
            return over;
        }
        used.put(who, new Used(now, nowNanos));
        return 0;
    }
}
