package localchat.client.terminal;

import java.util.List;

/// What the Tab key knows at one moment.
///
/// @param rooms that can be entered
/// @param joined rooms that were entered
/// @param people that can be addressed
record Completions(List<String> rooms, List<String> joined, List<String> people) {
    /// Copies the lists.
    Completions {
        rooms = List.copyOf(rooms);
        joined = List.copyOf(joined);
        people = List.copyOf(people);
    }

    /// Nothing is known yet.
    static final Completions NONE = new Completions(List.of(), List.of(), List.of());
}
