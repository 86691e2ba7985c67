package localchat.core.client;

/// What time it is, for a session. Usable from any thread.
interface Clock {
    /// Nanoseconds since any fixed moment, never going back; compare by subtraction.
    long nanos();

    /// Milliseconds since 1970-01-01T00:00:00Z by this machine's clock, which may be wrong or jump.
    long epochMillis();
}
