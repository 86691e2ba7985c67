package localchat.server.simulation;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import localchat.core.identity.LoginProof;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.oracle.BodyHash;
import localchat.server.oracle.Journal;
import localchat.server.simulation.Tally.Happening;
import org.jspecify.annotations.Nullable;

/// A client that keeps to PROTOCOL.md, as a small state machine driven step by step: logs in, enters
/// its rooms again, catches up, sends its outbox in flights, fills holes. It holds the server to the
/// same document: whatever the server may not say fails the run at once.
final class SimulatedClient {
    private static final long SECOND = 1_000_000_000L;
    private static final long LOGIN_PATIENCE_NANOS = 12 * SECOND;
    private static final long SILENCE_NANOS = 25 * SECOND;
    private static final long PING_NANOS = 10 * SECOND;

    /// Posts under way at once.
    private static final int POSTS_UNDER_WAY_MAX = 64;

    private final String name;
    private final SimulatedWorld world;
    private final byte[] key;
    private final Journal journal;
    private final ClientOutbox outbox = new ClientOutbox();
    private final TreeMap<Long, CachedRoom> rooms = new TreeMap<>();

    /// Public rooms to be entered by name.
    private final TreeSet<String> namesWanted = new TreeSet<>(List.of("general"));

    private @Nullable ClientLink link;
    private boolean welcome;
    private long userId;
    private Id128 epoch = new Id128(0, 0);
    private long connectNotBeforeNanos;
    private long beganNanos;
    private long heardNanos;
    private long pingedNanos;
    private boolean patient;

    SimulatedClient(String name, SimulatedWorld world) {
        this.name = name;
        this.world = world;
        this.key = world.dice().bytes(LoginProof.PUBLIC_KEY_BYTES);
        this.journal = new Journal(name);
    }

    String name() {
        return name;
    }

    Journal journal() {
        return journal;
    }

    ClientOutbox outbox() {
        return outbox;
    }

    SortedMap<Long, CachedRoom> rooms() {
        return rooms;
    }

    Set<String> namesWanted() {
        return namesWanted;
    }

    /// The connection, once it is logged in.
    Optional<ClientLink> ready() {
        return welcome ? Optional.ofNullable(link) : Optional.empty();
    }

    long userId() {
        return userId;
    }

    /// From now on it neither gives up on the server nor waits for long before it comes back.
    void beginToHeal() {
        patient = true;
        if (link != null) {
            link.peer().takes(Long.MAX_VALUE);
        }
    }

    // The connection
    // --------------------------------------------------------------------------------------

    /// What it does in a step before the server's turn.
    void act(SimulatedServer server) {
        long now = world.nowNanos();
        if (link == null && now - connectNotBeforeNanos >= 0) {
            connect(server);
        }
        if (link == null) {
            return;
        }
        boolean tooLong = !welcome && now - beganNanos > LOGIN_PATIENCE_NANOS;
        if (tooLong || (!patient && now - heardNanos > SILENCE_NANOS)) {
            lose(true);
            return;
        }
        if (welcome) {
            keepAlive(now);
            enterRooms(now);
            fillHoles(now);
            sendPosts(now);
        }
        link.push(world.dice());
    }

    private void connect(SimulatedServer server) {
        link = new ClientLink(server.connect());
        welcome = false;
        beganNanos = world.nowNanos();
        heardNanos = beganNanos;
        pingedNanos = beganNanos;
        ClientFrame.Builder hello = ClientFrame.newBuilder();
        hello.getHelloBuilder().setProtocolVersion(1).setClientName("simulated");
        link.ask(hello, this::onChallenge);
    }

    private void onChallenge(ServerFrame answer) {
        require(answer.hasChallenge(), "a challenge", answer);
        ClientFrame.Builder login = ClientFrame.newBuilder();
        login.getLoginBuilder()
                .setDevicePublicKey(ByteString.copyFrom(key))
                .setSignature(ByteString.copyFrom(new byte[LoginProof.SIGNATURE_BYTES]))
                .setUserName(name);
        linked().ask(login, this::onLogin);
    }

    private void onLogin(ServerFrame answer) {
        if (answer.hasError()) {
            return; // The connection ends by itself; the next one will do.
        }
        require(answer.hasWelcome(), "a welcome", answer);
        Welcome said = answer.getWelcome();
        welcome = true;
        userId = said.getUser().getUserId();
        world.userIds().put(name, userId);
        world.tally().add(Happening.LOGIN);
        Id128 now = Id128.of(said.getEpoch().toByteArray());
        if (!now.equals(epoch)) {
            epoch = now;
            journal.epoch(now);
        }
        outbox.onConnected();
        said.getRoomsList().forEach(this::learn);
    }

    /// A private room or direct message that the server says is there.
    private void learn(Room room) {
        if (room.getKind() != RoomKind.ROOM_PUBLIC && !rooms.containsKey(room.getRoomId())) {
            rooms.put(room.getRoomId(), new CachedRoom(room.getRoomId(), epoch));
        }
    }

    /// The connection ends for this client.
    ///
    /// @param silently whether the server is not told: its end stays open
    void lose(boolean silently) {
        if (link == null) {
            return;
        }
        world.tally().add(Happening.LOST_CONNECTION);
        if (silently) {
            link.peer().takes(0);
        } else if (world.dice().oneIn(2)) {
            link.peer().hangUp();
        } else {
            link.peer().breakOff();
        }
        onLost();
    }

    /// The connection is no more.
    void onLost() {
        link = null;
        welcome = false;
        rooms.values().forEach(CachedRoom::onDisconnected);
        int millis = patient ? 50 : world.dice().between(0, 3_000);
        connectNotBeforeNanos = world.nowNanos() + millis * 1_000_000L;
    }

    private void keepAlive(long now) {
        if (now - Math.max(heardNanos, pingedNanos) > PING_NANOS) {
            pingedNanos = now;
            ClientFrame.Builder ping = ClientFrame.newBuilder();
            ping.getPingBuilder().setToken(7);
            linked().ask(ping, answer -> require(
                    answer.hasPong() || answer.hasError(), "a pong", answer));
        }
    }

    // What is heard
    // ---------------------------------------------------------------------------------------

    /// Hears what came in the server's turn.
    void hear() {
        ClientLink heard = link;
        if (heard == null) {
            return;
        }
        for (ServerFrame frame : heard.hear()) {
            heardNanos = world.nowNanos();
            onFrame(frame);
            if (link == null) {
                return;
            }
        }
        if (heard.peer().isGone()) {
            onLost();
        }
    }

    private void onFrame(ServerFrame frame) {
        switch (frame.getKindCase()) {
            case EVENT -> onLive(frame.getEvent());
            case PING -> {
                ClientFrame.Builder pong = ClientFrame.newBuilder();
                pong.getPongBuilder().setToken(frame.getPing().getToken());
                linked().say(pong);
            }
            case POST_STORED -> onPostStored(frame.getPostStored());
            case ERROR -> onError(frame.getRequestId(), frame.getError(), frame);
            case ROOM_LEFT -> onRoomLeft(frame);
            case ROOM_CHANGED -> learn(frame.getRoomChanged().getRoom());
            case GOODBYE -> {
                linked().peer().hangUp();
                onLost();
            }
            case KIND_NOT_SET -> require(false, "a frame of a kind", frame);
            case PRESENCE, TYPING_NOTICE -> {}
            default -> {
                boolean asked = linked().answer(frame);
                require(asked || frame.hasReadMarker(), "the answer to a request", frame);
            }
        }
    }

    private void onError(long requestId, Error error, ServerFrame frame) {
        if (linked().answer(frame)) {
            return;
        }
        if (error.getClientMsgId().isEmpty()) {
            require(!welcome, "no error about nothing", frame);
            return;
        }
        MessageId id = MessageId.of(error.getClientMsgId().toByteArray());
        if (outbox.onRefused(
                id,
                requestId,
                error.getRetryable(),
                world.nowNanos(),
                error.getRetryAfterMs())) {
            world.tally().add(Happening.FLIGHT_RAISED);
        }
    }

    private void onPostStored(PostStored stored) {
        MessageId id = MessageId.of(stored.getClientMsgId().toByteArray());
        journal.acknowledged(id, stored.getRoomId(), stored.getSeq());
        if (outbox.onStored(id).isPresent()) {
            world.tally().add(Happening.STORED_UNHEARD);
        }
    }

    private void onLive(Event event) {
        CachedRoom room = rooms.get(event.getRoomId());
        require(room != null && room.isEntered(), "no event of a room not entered", event);
        if (room != null) {
            require(
                    event.getSeq() == room.last() + 1,
                    "seq " + (room.last() + 1) + " of room " + room.id(),
                    event);
            take(event);
            room.onLive(event.getSeq());
        }
    }

    private void take(Event wire) {
        RoomEvent event;
        try {
            event = WireDecoding.event(wire);
        } catch (MalformedFrameException e) {
            throw new AssertionError(name + " heard what is no event: " + wire, e);
        }
        world.tally().add(Happening.RECEIVED);
        journal.received(event.roomId(), event.seq(), event.id(), BodyHash.of(event.body()));
        if (event.senderId() == userId && outbox.onStored(event.id()).isPresent()) {
            journal.acknowledged(event.id(), event.roomId(), event.seq());
        }
    }

    private void onRoomLeft(ServerFrame frame) {
        RoomLeft left = frame.getRoomLeft();
        CachedRoom room = rooms.get(left.getRoomId());
        if (room != null) {
            room.onLeft();
        }
        if (!linked().answer(frame)) {
            world.tally().add(Happening.REMOVED_FROM_ROOM);
        }
    }

    // Rooms
    // -----------------------------------------------------------------------------------------------

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
        linked().ask(join, answer -> {
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
        linked().ask(leave, answer -> room.leaving(false));
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
        linked().ask(resume, answer -> {
            if (answer.hasRoomEntered()) {
                onResumed(room, after, filledIn.equals(epoch), answer.getRoomEntered());
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
        require(next == entered.getRoom().getHeadSeq() + 1, "the live end", entered);
        CachedRoom room =
                rooms.computeIfAbsent(
                        entered.getRoom().getRoomId(), id -> new CachedRoom(id, epoch));
        if (!room.epoch().equals(epoch)) {
            room.forget(epoch);
        }
        room.wanted(true);
        room.onEntered(next);
    }

    private void onResumed(
            CachedRoom room, long after, boolean sameEpoch, RoomEntered entered) {
        long next = entered.getNextSeq();
        switch (entered.getOutcome()) {
            case CONTINUED -> {
                require(sameEpoch && next == after + 1, "what follows on " + after, entered);
                world.tally().add(Happening.RESUMED);
            }
            case CONTINUED_WITH_HOLE -> {
                require(sameEpoch && next > after + 1, "a hole behind " + after, entered);
                world.tally().add(Happening.RESUMED_WITH_HOLE);
            }
            case CACHE_INVALID -> {
                require(!sameEpoch, "a history that goes on behind " + after, entered);
                world.tally().add(Happening.INVALID_CACHE);
                room.forget(epoch);
            }
            default -> require(false, "an outcome of a resume", entered);
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
        linked().ask(fetch, answer -> {
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
            require(!page.getMore(), "more behind nothing", page);
            room.nothingUpTo(hole.to());
            return;
        }
        long seq = page.getEvents(0).getSeq();
        require(seq >= hole.from(), "nothing before " + hole.from(), page);
        room.nothingUpTo(seq > hole.from() ? seq - 1 : 0);
        for (Event event : page.getEventsList()) {
            require(event.getSeq() == seq && seq <= hole.to(), "seq " + seq++, event);
            take(event);
            room.onFetched(event.getSeq());
        }
        require(page.getMore() || seq > hole.to(), "all up to " + hole.to(), page);
    }

    // Posts
    // -----------------------------------------------------------------------------------------------

    private void sendPosts(long now) {
        if (outbox.isEmpty()) {
            return;
        }
        outbox.keepOnly(this::isWanted);
        int underWay = outbox.underWay();
        Optional<ClientOutbox.Pending> next = outbox.next(now, this::takesPosts);
        while (next.isPresent() && underWay < POSTS_UNDER_WAY_MAX) {
            send(next.get());
            underWay++;
            next = outbox.next(now, this::takesPosts);
        }
    }

    /// Sends a post, perhaps again.
    void send(ClientOutbox.Pending pending) {
        ClientFrame.Builder frame = ClientFrame.newBuilder();
        Post.Builder post =
                frame.getPostBuilder()
                        .setRoomId(pending.roomId())
                        .setClientMsgId(ByteString.copyFrom(pending.id().bytes()))
                        .setFlight(outbox.flight());
        WireEncoding.body(post, pending.body());
        outbox.onSent(pending, linked().say(frame));
    }

    private boolean isWanted(long roomId) {
        CachedRoom room = rooms.get(roomId);
        return room != null && room.isWanted();
    }

    private boolean takesPosts(long roomId) {
        CachedRoom room = rooms.get(roomId);
        return room != null && room.takesPosts();
    }

    // The end
    // --------------------------------------------------------------------------------------------

    /// What it still waits for; empty when it has everything.
    Optional<String> missing(SimulatedServer server) {
        ClientLink now = link;
        if (now == null || !welcome) {
            return Optional.of(name + " is not logged in");
        }
        if (now.unanswered() > 0 || !outbox.isEmpty() || !namesWanted.isEmpty()) {
            return Optional.of(
                    "%s waits for %d answers, has %d posts in its outbox and %s to enter"
                            .formatted(name, now.unanswered(), outbox.size(), namesWanted));
        }
        return rooms.values().stream()
                .filter(CachedRoom::isWanted)
                .filter(room -> !room.isComplete(server.headSeq(room.id()).orElse(-1L)))
                .map(room ->
                        "%s has room %d up to %d, entered %s, head %s"
                                .formatted(
                                        name,
                                        room.id(),
                                        room.last(),
                                        room.isEntered(),
                                        server.headSeq(room.id())))
                .findFirst();
    }

    private ClientLink linked() {
        if (link == null) {
            throw new IllegalStateException(name + " is not connected");
        }
        return link;
    }

    private void require(boolean kept, String expected, Object heard) {
        if (!kept) {
            throw new AssertionError(name + " expected " + expected + ", and heard " + heard);
        }
    }
}
