package localchat.core.model;

import java.util.Optional;

/// One change in a room's list of people.
///
/// @param person as after the change
/// @param formerName of one who was renamed, the name before
public record PresenceChange(Person person, PresenceKind kind, Optional<UserName> formerName) {
    /// A change that is none of the name.
    public PresenceChange(Person person, PresenceKind kind) {
        this(person, kind, Optional.empty());
    }
}
