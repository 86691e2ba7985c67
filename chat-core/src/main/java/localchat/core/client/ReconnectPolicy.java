package localchat.core.client;

import java.time.Duration;

/// How long to wait before connecting again: full jitter, so that a thousand clients that lost one
/// server do not come back in one moment. Pure.
///
/// The wait is a random part of a span that doubles with each attempt, from `first` up to `most`. A
/// server that asks for patience gets it first, up to [#RETRY_AFTER_MILLIS_MAX], and the random
/// part on top.
///
/// @param first longest wait before the first attempt
/// @param most longest wait before any
record ReconnectPolicy(Duration first, Duration most) {
    /// Longest patience a server may ask for, in milliseconds. Reason: a wrong number must not keep
    /// people out for weeks.
    static final long RETRY_AFTER_MILLIS_MAX = 300_000;

    private static final int DOUBLINGS_MAX = 20;

    /// @param attempt 0 for the first after a loss
    /// @param random 0 included to 1 excluded
    /// @param retryAfterMillis what the server asked for, 0 for nothing
    Duration delay(int attempt, double random, long retryAfterMillis) {
        long doubled = first.toNanos() << Math.clamp(attempt, 0, DOUBLINGS_MAX);
        long span = Math.min(doubled, most.toNanos());
        long patience = Math.clamp(retryAfterMillis, 0, RETRY_AFTER_MILLIS_MAX);
        return Duration.ofMillis(patience).plusNanos((long) (span * random));
    }
}
