package localchat.core.model;

/// Somebody as others see them.
///
/// @param userId given by the server, above 0, never used again for somebody else
/// @param name the name now; a label that may change
public record Person(long userId, UserName name, Role role, Availability availability) {
    /// @throws IllegalArgumentException when `userId` is not above 0
    public Person {
        if (userId <= 0) {
            throw new IllegalArgumentException("a user id is above 0, not " + userId);
        }
    }
}
