package localchat.core.model;

/// Who may enter a room.
public enum RoomKind {
    /// Listed; joined by name; created by joining. Being in it ends with the connection.
    PUBLIC,
    /// By membership.
    PRIVATE,
    /// A private room of two.
    DIRECT,
    /// Where what moderators and administrators do is written down. Whoever has such a role is a
    /// member; the server alone changes it.
    AUDIT
}
