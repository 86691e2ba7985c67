package localchat.server.room;

import java.util.Optional;
import localchat.core.model.Person;

/// The port to who people are: rooms know them by their user ids.
@FunctionalInterface
public interface Faces {
    /// Somebody as others see them now, here or not; empty for an id that nobody has.
    Optional<Person> find(long userId);
}
