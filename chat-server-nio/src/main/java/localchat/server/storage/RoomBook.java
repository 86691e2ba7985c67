package localchat.server.storage;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All rooms as of the last commit, and the changes of the transaction under way. Belongs to the
/// storage thread.
final class RoomBook {
    private final Map<Long, RoomRecord> committed = new HashMap<>();
    private final Map<Long, RoomRecord> changed = new LinkedHashMap<>();

    RoomBook(Collection<RoomRecord> kept) {
        kept.forEach(room -> committed.put(room.id(), room));
    }

    /// A room, to be changed in this transaction; null when there is none.
    @Nullable RoomRecord change(long id) {
        RoomRecord room = changed.get(id);
        if (room == null) {
            RoomRecord before = committed.get(id);
            if (before == null) {
                return null;
            }
            room = before.copy();
            changed.put(id, room);
        }
        return room;
    }

    /// A new room, unless it is known.
    ///
    /// @return whether it was not
    boolean add(RoomRecord room) {
        return !committed.containsKey(room.id()) && changed.putIfAbsent(room.id(), room) == null;
    }

    /// Rooms asked for in this transaction, in order.
    Collection<RoomRecord> changed() {
        return changed.values();
    }

    /// All rooms, by id, as of the last commit.
    List<RoomRecord> all() {
        return List.copyOf(committed.values());
    }

    /// The transaction is on disk.
    void onCommitted() {
        committed.putAll(changed);
        changed.clear();
    }

    /// The transaction has not happened.
    void onRolledBack() {
        changed.clear();
    }
}
