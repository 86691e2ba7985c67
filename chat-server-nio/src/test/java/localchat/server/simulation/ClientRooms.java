package localchat.server.simulation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import localchat.core.model.Id128;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.simulation.Tally.Happening;

/// The rooms of a modelled client: entering them, going on where they were left, filling holes.
/// PROTOCOL.md, sections 6 and 7.
final class ClientRooms {
    private static final long SECOND = 1_000_000_000L;

    private final SimulatedClient client;
    private final SimulatedWorld world;
    private final TreeMap<Long, CachedRoom> rooms = new TreeMap<>();

    /// Public rooms to be entered by name.
    private final TreeSet<String> namesWanted = new TreeSet<>(List.of("general"));

    private Id128 epoch = new Id128(0, 0);

    ClientRooms(SimulatedClient client, SimulatedWorld world) {
        this.client = client;
        this.world = world;
    }

    /// All rooms that are known, by id.
    Map<Long, CachedRoom> byId() {
        return rooms;
    }

    /// The server is in this epoch.
    ///
    /// @return whether it was in another one before
    boolean epoch(Id128 now) {
        boolean isNew = !now.equals(epoch);
        epoch = now;
        return isNew;
    }

    void onDisconnected() {
        rooms.values().forEach(CachedRoom::onDisconnected);
    }

    /// A private room or direct message that the server says is there.
    void learn(Room room) {
        if (room.getKind() != RoomKind.ROOM_PUBLIC && !rooms.containsKey(room.getRoomId())) {
            rooms.put(room.getRoomId(), new CachedRoom(room.getRoomId(), epoch));
        }
    }

    /// An event of a room's stream.
    void onLive(Event event) {
        CachedRoom room = rooms.get(event.getRoomId());
        client.require(room != null && room.isEntered(), "no event of a room not entered", event);
        if (room != null) {
            client.require(
                    event.getSeq() == room.last() + 1,
                    "seq " + (room.last() + 1) + " of room " + room.id(),
                    event);
            client.take(event);
            room.onLive(event.getSeq());
        }
    }

    /// No more events of a room.
    void onRoomLeft(ServerFrame frame) {
        RoomLeft left = frame.getRoomLeft();
        CachedRoom room = rooms.get(left.getRoomId());
        if (room != null) {
            room.onLeft();
        }
        if (!client.linked().answer(frame)) {
            world.tally().add(Happening.REMOVED_FROM_ROOM);
        }
    }

    /// Asks for what is wanted and not there.
    void act(long now) {
        enterRooms(now);
        fillHoles(now);
    }

    private void enterRooms(long now) {
        while (!namesWanted.isEmpty()) {
            join(namesWanted.removeFirst());
        }
        for (CachedRoom room : rooms.values()) {
            if (room.isToBeEntered(now)) {
                resume(room);
            }
        }
    }

    /// Enters a room by its name, in which it may be already.
    void join(String roomName) {
        ClientFrame.Builder join = ClientFrame.newBuilder();
        join.getJoinRoomBuilder().setName(roomName);
        client.linked()
                .ask(
                        join,
                        answer -> {
                            if (answer.hasRoomEntered()) {
                                onEnteredLive(answer.getRoomEntered());
                            } else if (answer.getError().getRetryable()) {
                                namesWanted.add(roomName);
                            }
                        });
    }

    /// Stops a room's events; perhaps for good, and what was not sent to it is given up.
    void leave(CachedRoom room, boolean forGood) {
        if (forGood) {
            room.wanted(false);
        }
        room.leaving(true);
        ClientFrame.Builder leave = ClientFrame.newBuilder();
        leave.getLeaveRoomBuilder().setRoomId(room.id());
        client.linked().ask(leave, answer -> room.leaving(false));
    }

    /// Enters a room by its id and goes on behind what it has.
    void resume(CachedRoom room) {
        room.asked();
        long after = room.last();
        Id128 filledIn = room.epoch();
        ClientFrame.Builder resume = ClientFrame.newBuilder();
        resume.getResumeBuilder()
                .setRoomId(room.id())
                .setEpoch(ByteString.copyFrom(filledIn.bytes()))
                .setAfterSeq(after);
        client.linked()
                .ask(
                        resume,
                        answer -> {
                            if (answer.hasRoomEntered()) {
                                onResumed(
                                        room,
                                        after,
                                        filledIn.equals(epoch),
                                        answer.getRoomEntered());
                            } else if (answer.getError().getCode() == ErrorCode.NOT_FOUND) {
                                rooms.remove(room.id());
                            } else {
                                room.refused(world.nowNanos() + SECOND);
                            }
                        });
    }

    /// A room was entered from here on, by name, by making it, or as direct messages.
    void onEnteredLive(RoomEntered entered) {
        long next = entered.getNextSeq();
        client.require(next == entered.getRoom().getHeadSeq() + 1, "the live end", entered);
        CachedRoom room =
                rooms.computeIfAbsent(
                        entered.getRoom().getRoomId(), id -> new CachedRoom(id, epoch));
        if (!room.epoch().equals(epoch)) {
            room.forget(epoch);
        }
        room.wanted(true);
        room.onEntered(next);
    }

    private void onResumed(CachedRoom room, long after, boolean sameEpoch, RoomEntered entered) {
        long next = entered.getNextSeq();
        switch (entered.getOutcome()) {
            case CONTINUED -> {
                client.require(sameEpoch && next == after + 1, "what follows on " + after, entered);
                world.tally().add(Happening.RESUMED);
            }
            case CONTINUED_WITH_HOLE -> {
                client.require(sameEpoch && next > after + 1, "a hole behind " + after, entered);
                world.tally().add(Happening.RESUMED_WITH_HOLE);
            }
            case CACHE_INVALID -> {
                client.require(!sameEpoch, "a history that goes on behind " + after, entered);
                world.tally().add(Happening.INVALID_CACHE);
                room.forget(epoch);
            }
            default -> client.require(false, "an outcome of a resume", entered);
        }
        room.onEntered(next);
    }

    private void fillHoles(long now) {
        for (CachedRoom room : rooms.values()) {
            room.hole(now).ifPresent(hole -> fetch(room, hole));
        }
    }

    private void fetch(CachedRoom room, CachedRoom.Hole hole) {
        room.fetching(true);
        ClientFrame.Builder fetch = ClientFrame.newBuilder();
        fetch.getFetchEventsBuilder()
                .setRoomId(room.id())
                .setFromSeq(hole.from())
                .setToSeq(hole.to());
        client.linked()
                .ask(
                        fetch,
                        answer -> {
                            if (answer.hasEventPage()) {
                                room.fetching(false);
                                onPage(room, hole, answer.getEventPage());
                            } else {
                                room.refused(world.nowNanos() + SECOND / 2);
                            }
                        });
    }

    private void onPage(CachedRoom room, CachedRoom.Hole hole, EventPage page) {
        world.tally().add(Happening.GAP_FETCHED);
        if (page.getEventsCount() == 0) {
            client.require(!page.getMore(), "more behind nothing", page);
            room.nothingUpTo(hole.to());
            return;
        }
        long seq = page.getEvents(0).getSeq();
        client.require(seq >= hole.from(), "nothing before " + hole.from(), page);
        room.nothingUpTo(seq > hole.from() ? seq - 1 : 0);
        for (Event event : page.getEventsList()) {
            client.require(event.getSeq() == seq && seq <= hole.to(), "seq " + seq, event);
            seq++;
            client.take(event);
            room.onFetched(event.getSeq());
        }
        client.require(page.getMore() || seq > hole.to(), "all up to " + hole.to(), page);
    }

    /// Whether the client is in this room, or wants to be.
    boolean isWanted(long roomId) {
        CachedRoom room = rooms.get(roomId);
        return room != null && room.isWanted();
    }

    /// Whether posts may be sent to this room.
    boolean takesPosts(long roomId) {
        CachedRoom room = rooms.get(roomId);
        return room != null && room.takesPosts();
    }

    /// What is still missing in a room; empty when nothing is.
    Optional<String> missing(SimulatedServer server) {
        if (!namesWanted.isEmpty()) {
            return Optional.of("wants to enter " + namesWanted);
        }
        return rooms.values().stream()
                .filter(CachedRoom::isWanted)
                .filter(room -> !room.isComplete(server.headSeq(room.id()).orElse(-1L)))
                .map(room ->
                        "has room %d up to %d, entered %s, head %s"
                                .formatted(
                                        room.id(),
                                        room.last(),
                                        room.isEntered(),
                                        server.headSeq(room.id())))
                .findFirst();
    }
}
