package localchat.client.terminal;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import localchat.client.terminal.Mentions.Known;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
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

    /// The room of this name: the public one, else a private one, which anybody may call so, else
    /// the direct messages with somebody of that name.
    Optional<JoinedRoom> byName(RoomName name) {
        return named(name, RoomKind.PUBLIC)
                .or(() -> named(name, RoomKind.PRIVATE))
                .or(() -> named(name, RoomKind.AUDIT))
                .or(() -> directWith(peer -> peer.name().folded().equals(name.folded())));
    }

    private Optional<JoinedRoom> named(RoomName name, RoomKind kind) {
        return joined.values().stream()
                .filter(known -> known.info().kind() == kind)
                .filter(known -> known.name().folded().equals(name.folded()))
                .findFirst();
    }

    /// The direct messages with somebody.
    Optional<JoinedRoom> directWith(Predicate<Person> who) {
        return joined.values().stream()
                .filter(known -> known.isDirect() && known.info().peer().filter(who).isPresent())
                .findFirst();
    }

    /// The rooms in order of entering.
    Collection<JoinedRoom> all() {
        return joined.values();
    }

    /// Rooms with something unread, but for the one in front.
    List<JoinedRoom> unread() {
        return joined.values().stream()
                .filter(room -> room.unread() > 0 && !isCurrent(room))
                .toList();
    }

    /// Those whom any of the rooms knows.
    Collection<Known> people() {
        Map<String, Known> people = new LinkedHashMap<>();
        for (JoinedRoom room : joined.values()) {
            room.known().forEach(known -> people.put(known.name().folded(), known));
        }
        return people.values();
    }

    /// Adds a room.
    void add(JoinedRoom room) {
        joined.put(room.roomId(), room);
        learn(room.info());
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
    void learn(RoomInfo info) {
        if (names.size() < NAMES_MAX && info.kind() != RoomKind.DIRECT) {
            names.put(info.name().folded(), info.name().value());
        }
    }

    /// Tells the screen where texts go now, and what is unread elsewhere.
    void refreshPrompt() {
        screen.prompt(looks.prompt(current, unread(), screen.columns()));
    }

    /// Tells the screen how things stand.
    void refresh() {
        refreshPrompt();
        Map<String, String> people = new TreeMap<>();
        joined.values().forEach(room -> people.putAll(room.people()));
        screen.completions(
                new Completions(
                        names.values().stream().toList(),
                        joined.values().stream().map(JoinedRooms::typed).toList(),
                        people.values().stream().toList()));
    }

    /// How a room is named in a command.
    private static String typed(JoinedRoom room) {
        return room.info()
                .peer()
                .map(peer -> "@" + peer.name().value())
                .orElse(room.name().value());
    }
}
