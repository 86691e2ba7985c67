package localchat.core.model;

/// Who may enter a room.
public enum RoomKind {
    /// Listed; joined by name; created by joining. Being in it ends with the connection.
    PUBLIC,
    /// By membership.
    PRIVATE,
    /// A private room of two.
    DIRECT
}
