package localchat.server.loop;

/// Time, as the loop sees it. Tests bring their own.
public interface Clock {
    /// Monotonic nanoseconds from an arbitrary origin: all waits and deadlines.
    long nanos();

    /// Milliseconds since 1970-01-01T00:00:00Z: what people see. May jump.
    long epochMillis();
}
