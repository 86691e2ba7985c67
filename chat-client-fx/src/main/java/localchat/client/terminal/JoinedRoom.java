package localchat.client.terminal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localchat.core.model.Person;
import localchat.core.model.RoomName;

/// A room that was entered at the terminal. Belongs to the owning thread.
final class JoinedRoom {
    /// Names kept for completion in one room. Reason: more than anyone looks through.
    private static final int PEOPLE_MAX = 1_000;

    private final long roomId;
    private final RoomName name;
    private final Map<String, String> people = new TreeMap<>();
    private Optional<HistoryFeed> history = Optional.empty();
    private long lastSeq;

    JoinedRoom(long roomId, RoomName name) {
        this.roomId = roomId;
        this.name = name;
    }

    long roomId() {
        return roomId;
    }

    RoomName name() {
        return name;
    }

    /// Its history is being read; events that arrive belong to it until [#goLive].
    void read(HistoryFeed feed) {
        history = Optional.of(feed);
    }

    /// The history that is being read.
    Optional<HistoryFeed> history() {
        return history;
    }

    /// Events with a higher seq are shown as they come.
    void goLive(long seq) {
        history = Optional.empty();
        lastSeq = seq;
    }

    /// Takes note of an event.
    ///
    /// @return whether it is to be shown now
    boolean takes(long seq) {
        if (history.isPresent()) {
            history.get().noteLive(seq);
            return false;
        }
        boolean isNew = seq > lastSeq;
        lastSeq = Math.max(lastSeq, seq);
        return isNew;
    }

    /// Somebody is here.
    void came(Person person) {
        if (people.size() < PEOPLE_MAX) {
            people.put(person.name().folded(), person.name().value());
        }
    }

    /// Somebody is here no more.
    void went(Person person) {
        people.remove(person.name().folded());
    }

    /// The names that are known, by the folded name.
    Map<String, String> people() {
        return people;
    }
}
