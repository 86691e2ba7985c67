package localchat.server.session;

/// A token bucket: so many at once, refilled at a steady rate. Belongs to the loop thread.
public final class RateLimit {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private final int burst;
    private double tokens;
    private long filledNanos;

    /// A full bucket.
    ///
    /// @param perSecond refill; 0: no limit
    /// @param burst size of the bucket, full at first
    public RateLimit(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledNanos = nowNanos;
    }

    /// Takes one token if there is one.
    boolean take(long nowNanos) {
        if (perSecond == 0) {
            return true;
        }
        double refill = (nowNanos - filledNanos) / NANOS_PER_SECOND * perSecond;
        tokens = Math.min(burst, tokens + refill);
        filledNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /// Milliseconds until there is a token again.
    int millisToNext() {
        return perSecond == 0 ? 0 : (int) Math.ceil(Math.max(0, 1 - tokens) * 1000 / perSecond);
    }
}
