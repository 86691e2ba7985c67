package localchat.core.client;

import java.util.List;
import localchat.core.model.Person;

/// The people in one room at one moment.
///
/// @param people in order of name, case folded
/// @param total people in the room; more than `people` has when the list was cut at the limit asked
///   for
public record PeopleList(long roomId, List<Person> people, int total) {
    /// Copies the list.
    public PeopleList {
        people = List.copyOf(people);
    }
}
