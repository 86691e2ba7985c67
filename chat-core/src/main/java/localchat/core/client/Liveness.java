package localchat.core.client;

/// Judges one connection by the time since anything was heard. Pure.
///
/// @param pingNanos silence after which to ask
/// @param deadNanos silence after which the connection is lost, if it was asked long enough ago
record Liveness(long pingNanos, long deadNanos) {
    /// What to do now.
    enum Verdict {
        ALIVE,
        ASK,
        DEAD
    }

    /// Stands for a question that was not asked.
    static final long NOT_ASKED = -1;

    static Liveness of(SessionTimings timings) {
        return new Liveness(timings.pingAfter().toNanos(), timings.silentAfter().toNanos());
    }

    /// Nobody is called dead who was not asked: this side may have been busy itself.
    ///
    /// @param silentNanos time since anything was heard
    /// @param askedNanos time since it was asked, [#NOT_ASKED] when it was not since then
    Verdict judge(long silentNanos, long askedNanos) {
        if (askedNanos == NOT_ASKED) {
            return silentNanos >= pingNanos ? Verdict.ASK : Verdict.ALIVE;
        }
        return nanosToDeath(silentNanos, askedNanos) <= 0 ? Verdict.DEAD : Verdict.ALIVE;
    }

    /// Nanoseconds until the verdict can change, above 0, if nothing is heard.
    long nanosToNext(long silentNanos, long askedNanos) {
        long next =
                askedNanos == NOT_ASKED
                        ? pingNanos - silentNanos
                        : nanosToDeath(silentNanos, askedNanos);
        return Math.max(1, next);
    }

    private long nanosToDeath(long silentNanos, long askedNanos) {
        return Math.max(deadNanos - silentNanos, deadNanos - pingNanos - askedNanos);
    }
}
