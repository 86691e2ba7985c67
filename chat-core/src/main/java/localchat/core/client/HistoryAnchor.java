package localchat.core.client;

/// Which part of a room's history is wanted.
public sealed interface HistoryAnchor {
    /// The newest messages.
    record Newest() implements HistoryAnchor {}

    /// The newest messages with a seq below this one.
    record Before(long seq) implements HistoryAnchor {}

    /// The oldest messages with a seq above this one.
    record After(long seq) implements HistoryAnchor {}
}
