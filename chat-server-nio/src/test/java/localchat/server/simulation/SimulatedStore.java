package localchat.server.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.account.AccountBook;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomState;

/// What is on the disk of a simulated server: it stays when the server crashes. Changed by commits
/// alone, each of which is there as a whole or not at all.
final class SimulatedStore {
    /// What makes two posts the same.
    private record PostKey(long senderId, Digest32 device, MessageId id) {}

    private record KeptPost(long roomId, long seq, long timeMillis, EventBody body) {}

    private record MarkerKey(long userId, long roomId) {}

    /// A room's log, and what it has made of the room.
    static final class Room {
        private final RoomState state;
        private final List<RoomEvent> events = new ArrayList<>();
        private final Set<Long> pinned = new HashSet<>();

        private Room(RoomState state) {
            this.state = state;
        }

        private Room copy() {
            Room copy = new Room(state.copy());
            copy.events.addAll(events);
            copy.pinned.addAll(pinned);
            return copy;
        }

        RoomState state() {
            return state;
        }

        /// Seq n stands at n - 1.
        List<RoomEvent> events() {
            return events;
        }

        Set<Long> pinned() {
            return pinned;
        }

        private Optional<RoomRules.Target> target(long seq) {
            if (seq < 1 || seq > events.size()) {
                return Optional.empty();
            }
            RoomEvent event = events.get((int) seq - 1);
            return Optional.of(
                    new RoomRules.Target(
                            event.senderId(),
                            event.body() instanceof EventBody.Message,
                            pinned.contains(seq)));
        }

        private void append(RoomEvent event) {
            events.add(event);
            state.apply(event.seq(), event.body());
            switch (event.body()) {
                case EventBody.Pin(long target, boolean unpin) -> pin(target, !unpin);
                case EventBody.Delete(long target) -> {
                    pin(target, false);
                    bury(target, event.senderId());
                }
                default -> {}
            }
        }

        private void pin(long seq, boolean now) {
            boolean changed = now ? pinned.add(seq) : pinned.remove(seq);
            state.addPins(changed ? now ? 1 : -1 : 0);
        }

        /// Nothing is left of the text: neither in the message nor in the edits of it.
        private void bury(long target, long byUserId) {
            EventBody tombstone = new EventBody.Tombstone(TombstoneCause.DELETED, byUserId);
            events.replaceAll(event ->
                    event.seq() == target
                                    || (event.body() instanceof EventBody.Edit(long edited, _)
                                            && edited == target)
                            ? with(event, tombstone)
                            : event);
        }

        private static RoomEvent with(RoomEvent event, EventBody body) {
            return new RoomEvent(
                    event.roomId(),
                    event.seq(),
                    event.timeMillis(),
                    event.senderId(),
                    event.senderName(),
                    event.id(),
                    body);
        }
    }

    private final Id128 epoch;
    private final TreeMap<Long, Room> rooms = new TreeMap<>();
    private final TreeMap<Long, UserName> people = new TreeMap<>();
    private final Map<PostKey, KeptPost> posts = new HashMap<>();
    private final Map<MarkerKey, Long> markers = new HashMap<>();
    private final AccountBook accounts = new AccountBook();

    SimulatedStore(Id128 epoch) {
        this.epoch = epoch;
    }

    /// A copy that goes its own way, under this epoch.
    SimulatedStore copy(Id128 copyEpoch) {
        SimulatedStore copy = new SimulatedStore(copyEpoch);
        rooms.forEach((id, room) -> copy.rooms.put(id, room.copy()));
        copy.people.putAll(people);
        copy.posts.putAll(posts);
        copy.markers.putAll(markers);
        copy.accounts.putAll(accounts);
        return copy;
    }

    Id128 epoch() {
        return epoch;
    }

    /// All rooms by id.
    Map<Long, Room> rooms() {
        return rooms;
    }

    List<Directory.KeptRoom> keptRooms() {
        List<Directory.KeptRoom> kept = new ArrayList<>();
        rooms.forEach((id, room) ->
                kept.add(
                        new Directory.KeptRoom(
                                id,
                                room.state.copy(),
                                room.events.size(),
                                room.events.isEmpty() ? 0 : room.events.getLast().timeMillis())));
        return kept;
    }

    List<Directory.KeptPerson> keptPeople() {
        List<Directory.KeptPerson> kept = new ArrayList<>();
        people.forEach((id, name) -> kept.add(new Directory.KeptPerson(id, name)));
        return kept;
    }

    AccountBook accounts() {
        return accounts;
    }

    List<RoomEvent> events(long roomId) {
        Room room = rooms.get(roomId);
        return room == null ? List.of() : room.events;
    }

    long marker(long userId, long roomId) {
        return markers.getOrDefault(new MarkerKey(userId, roomId), -1L);
    }

    void addRoom(long roomId, RoomState initial) {
        if (rooms.putIfAbsent(roomId, new Room(initial)) != null) {
            throw new IllegalStateException("room " + roomId + " was added twice");
        }
    }

    void addPerson(Directory.KeptPerson person) {
        if (people.putIfAbsent(person.userId(), person.name()) != null) {
            throw new IllegalStateException("person " + person.userId() + " was added twice");
        }
    }

    void markRead(long userId, long roomId, long seq) {
        markers.merge(new MarkerKey(userId, roomId), seq, Math::max);
    }

    /// Decides on the next post, and keeps its event when it may stand.
    PostOutcome decide(LogPost post, long nowMillis) {
        PostKey key = new PostKey(post.senderId(), post.device(), post.id());
        KeptPost before = posts.get(key);
        if (before != null) {
            boolean same = before.roomId == post.roomId() && before.body.equals(post.body());
            return same
                    ? new PostOutcome.Duplicate(post, before.seq, before.timeMillis)
                    : new PostOutcome.Refused(post, ErrorCode.CONFLICT, "another post's id");
        }
        Room room = rooms.get(post.roomId());
        boolean isSomebody =
                people.containsKey(post.senderId()) || accounts.hasPerson(post.senderId());
        if (room == null || !isSomebody) {
            throw new IllegalStateException(
                    "room %d or sender %d of a post was never added"
                            .formatted(post.roomId(), post.senderId()));
        }
        Optional<RoomRules.Refusal> refusal =
                RoomRules.judge(room.state, post.sender(), post.body(), room::target);
        if (refusal.isPresent()) {
            return new PostOutcome.Refused(post, refusal.get().code(), refusal.get().text());
        }
        RoomEvent event =
                new RoomEvent(
                        post.roomId(),
                        room.events.size() + 1,
                        nowMillis,
                        post.senderId(),
                        post.senderName(),
                        post.id(),
                        post.body());
        EncodedFrame frame = WireEncoding.encodedEvent(event);
        room.append(event);
        posts.put(key, new KeptPost(post.roomId(), event.seq(), nowMillis, post.body()));
        return new PostOutcome.Stored(post, event.seq(), nowMillis, frame);
    }

    /// Numbers that are given once, across crashes and restored backups.
    static final class Ids {
        private long last;

        long next() {
            return ++last;
        }
    }
}
