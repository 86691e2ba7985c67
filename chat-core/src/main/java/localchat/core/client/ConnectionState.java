package localchat.core.client;

/// What the session is doing.
public enum ConnectionState {
    /// Making the first connection.
    CONNECTING,
    /// Logged in.
    CONNECTED,
    /// The connection was lost and is being made again; posts wait.
    RECONNECTING,
    /// Ended; nothing follows.
    CLOSED
}
