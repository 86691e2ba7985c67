package localchat.core.model;

/// How a room's list of people changed.
public enum PresenceKind {
    /// Came into the room.
    CAME,
    /// Went out of it.
    WENT,
    /// See [Availability] of the person.
    AVAILABILITY_CHANGED,
    /// Has another name.
    RENAMED,
    /// Has another role.
    ROLE_CHANGED
}
