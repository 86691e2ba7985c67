package localchat.core.model;

/// How the membership of a private room changed. The names are those of the schema.
public enum MembershipChange {
    /// Somebody may enter from now on.
    ADDED,
    /// Somebody was taken out by the owner.
    REMOVED,
    /// Somebody left for good.
    LEFT,
    /// The room belongs to somebody else from now on, who was a member before.
    OWNER
}
