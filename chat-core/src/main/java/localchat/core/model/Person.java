package localchat.core.model;

import java.util.Optional;

/// Somebody as others see them.
///
/// @param userId given by the server, above 0, never used again for somebody else
/// @param name the name now; a label that may change
/// @param keyPrefix the beginning of the person's first device id: what tells two people apart who
///   had the same name at different times; empty when it is not known
public record Person(
        long userId,
        UserName name,
        Role role,
        Availability availability,
        Optional<Id128> keyPrefix) {
    /// @throws IllegalArgumentException when `userId` is not above 0
    public Person {
        if (userId <= 0) {
            throw new IllegalArgumentException("a user id is above 0, not " + userId);
        }
    }

    /// Somebody whose device is not known.
    public Person(long userId, UserName name, Role role, Availability availability) {
        this(userId, name, role, availability, Optional.empty());
    }
}
