package localchat.server.room;

import localchat.core.model.Role;

/// In whose name somebody posts. In order: a later one may all that an earlier one may, but for
/// [#SERVER].
public enum Standing {
    /// Somebody like everybody.
    MEMBER,
    /// Keeps order in public rooms, and in the private ones of which he or she is a member.
    MODERATOR,
    /// Runs the server.
    ADMIN,
    /// The server itself, for what it alone writes into rooms.
    SERVER;

    /// That of a person with this role.
    public static Standing of(Role role) {
        return switch (role) {
            case MEMBER -> MEMBER;
            case MODERATOR -> MODERATOR;
            case ADMIN -> ADMIN;
        };
    }

    /// Whether it keeps order.
    public boolean moderates() {
        return this == MODERATOR || this == ADMIN;
    }
}
