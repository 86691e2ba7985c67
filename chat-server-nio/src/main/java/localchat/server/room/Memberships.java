package localchat.server.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localchat.core.model.RoomKind;

/// Which private rooms and direct messages each person is a member of. Belongs to the loop thread.
final class Memberships {
    /// Two people, the lower user id first.
    private record Pair(long lowId, long highId) {
        static Pair of(long one, long other) {
            return new Pair(Math.min(one, other), Math.max(one, other));
        }
    }

    private final Map<Long, TreeMap<Long, Room>> byMember = new HashMap<>();
    private final Map<Pair, Room> directs = new HashMap<>();

    /// A room with the members it has.
    void add(Room room) {
        List<Long> members = List.copyOf(room.state().members().keySet());
        members.forEach(userId -> onChange(room, userId));
        if (room.state().kind() == RoomKind.DIRECT && members.size() == 2) {
            directs.put(Pair.of(members.getFirst(), members.getLast()), room);
        }
    }

    /// Somebody became a member of a room or is one no more.
    void onChange(Room room, long userId) {
        if (room.state().members().containsKey(userId)) {
            byMember.computeIfAbsent(userId, id -> new TreeMap<>()).put(room.id(), room);
        } else {
            byMember.computeIfPresent(
                    userId,
                    (id, rooms) -> {
                        rooms.remove(room.id());
                        return rooms.isEmpty() ? null : rooms;
                    });
        }
    }

    List<Room> of(long userId) {
        TreeMap<Long, Room> rooms = byMember.get(userId);
        return rooms == null ? List.of() : List.copyOf(rooms.values());
    }

    Optional<Room> direct(long userId, long otherId) {
        return Optional.ofNullable(directs.get(Pair.of(userId, otherId)));
    }

    /// Direct messages of all people.
    int directs() {
        return directs.size();
    }
}
