package localchat.core.client;

/// Which part of a room's history is wanted.
public sealed interface HistoryAnchor {
    /// The newest messages.
    record Newest() implements HistoryAnchor {}

    /// The newest messages with a seq below this one.
    record Before(long seq) implements HistoryAnchor {}

    /// The oldest messages with a seq above this one.
    record After(long seq) implements HistoryAnchor {}

    /// Half before and half from this seq on.
    record Around(long seq) implements HistoryAnchor {}

    /// The oldest messages from this time on, in milliseconds since 1970-01-01T00:00:00Z.
    record FromTime(long epochMillis) implements HistoryAnchor {}
}
