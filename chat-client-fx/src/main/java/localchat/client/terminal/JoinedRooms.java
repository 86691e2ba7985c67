package localchat.client.terminal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localchat.core.model.RoomName;

/// The rooms that were entered, which of them is in front, and the names that are known. Belongs to
/// the owning thread; the screen is told what changes for its prompt and its completion.
final class JoinedRooms {
    /// Names of rooms kept for completion. Reason: more than anyone looks through.
    private static final int NAMES_MAX = 10_000;

    private final Map<Long, JoinedRoom> joined = new LinkedHashMap<>();
    private final Map<String, String> names = new TreeMap<>();
    private final Screen screen;
    private final Looks looks;
    private Optional<JoinedRoom> current = Optional.empty();

    JoinedRooms(Screen screen, Looks looks) {
        this.screen = screen;
        this.looks = looks;
    }

    /// The room that texts go to.
    Optional<JoinedRoom> current() {
        return current;
    }

    boolean isCurrent(JoinedRoom room) {
        return current.isPresent() && current.get() == room;
    }

    Optional<JoinedRoom> byId(long roomId) {
        return Optional.ofNullable(joined.get(roomId));
    }

    Optional<JoinedRoom> byName(RoomName name) {
        return joined.values().stream()
                .filter(room -> room.name().folded().equals(name.folded()))
                .findFirst();
    }

    /// The rooms in order of entering.
    Collection<JoinedRoom> all() {
        return joined.values();
    }

    /// Adds a room.
    void add(JoinedRoom room) {
        joined.put(room.roomId(), room);
        learn(room.name());
    }

    /// Removes a room; the one entered last takes its place in front.
    void remove(JoinedRoom room) {
        joined.remove(room.roomId());
        if (isCurrent(room)) {
            current = Optional.empty();
            joined.values().forEach(other -> current = Optional.of(other));
        }
        refresh();
    }

    /// Puts a room in front.
    void show(JoinedRoom room) {
        current = Optional.of(room);
        refresh();
    }

    /// There is a room of this name.
    void learn(RoomName name) {
        if (names.size() < NAMES_MAX) {
            names.put(name.folded(), name.value());
        }
    }

    /// Tells the screen how things stand.
    void refresh() {
        screen.prompt(looks.prompt(current.map(room -> Looks.roomWord(room.name())).orElse("")));
        Map<String, String> people = new TreeMap<>();
        joined.values().forEach(room -> people.putAll(room.people()));
        screen.completions(
                new Completions(
                        names.values().stream().toList(),
                        joined.values().stream().map(room -> room.name().value()).toList(),
                        people.values().stream().toList()));
    }
}
