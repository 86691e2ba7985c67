package localchat.core.client;

/// Paces posts or requests to what the server allows, a little below it: the server counts when
/// they arrive, and a network that pauses and then delivers makes them arrive closer together than
/// they were sent. Belongs to the session thread.
///
/// That of posts outlives connections, because the server counts posts by person.
final class TokenBucket {
    /// The part of the server's rate and burst that is used.
    private static final double SHARE = 0.95;

    private static final double NANOS_PER_SECOND = 1e9;

    private boolean limited;
    private double perSecond;
    private double capacity;
    private double tokens;
    private long filledNanos;

    /// Takes over the server's limits.
    ///
    /// @param rate so many a second; 0 for no limit
    /// @param burst so many at once; below 1 it counts as one second's worth
    void limitTo(int rate, int burst, long nowNanos) {
        if (rate <= 0) {
            limited = false;
            return;
        }
        refill(nowNanos);
        double before = capacity;
        boolean fresh = !limited;
        perSecond = rate * SHARE;
        capacity = Math.max(1, Math.floor((burst > 0 ? burst : rate) * SHARE));
        tokens = fresh ? capacity : Math.min(capacity, tokens + Math.max(0, capacity - before));
        filledNanos = nowNanos;
        limited = true;
    }

    /// Takes one if it is there.
    boolean tryTake(long nowNanos) {
        if (!limited) {
            return true;
        }
        refill(nowNanos);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /// The server counted more than was taken here, as when the same person posts from elsewhere.
    void empty(long nowNanos) {
        tokens = 0;
        filledNanos = nowNanos;
    }

    /// Nanoseconds until [#tryTake] succeeds, 0 when it does now.
    long nanosToNext(long nowNanos) {
        if (!limited) {
            return 0;
        }
        refill(nowNanos);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
    }

    private void refill(long nowNanos) {
        if (limited) {
            double earned = (nowNanos - filledNanos) / NANOS_PER_SECOND * perSecond;
            tokens = Math.min(capacity, tokens + earned);
        }
        filledNanos = nowNanos;
    }
}
