package localchat.server.simulation;

import com.google.protobuf.ByteString;
import java.util.Optional;
import localchat.core.identity.LoginProof;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.oracle.BodyHash;
import localchat.server.oracle.Journal;
import localchat.server.simulation.Tally.Happening;
import org.jspecify.annotations.Nullable;

/// A client that keeps to PROTOCOL.md, as a small state machine driven step by step: logs in,
/// enters its rooms again, catches up, sends its outbox in flights, fills holes. It holds the
/// server to the same document: whatever the server may not say fails the run at once.
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
    private final ClientRooms rooms;

    private @Nullable ClientLink link;
    private boolean welcome;
    private long userId;
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
        this.rooms = new ClientRooms(this, world);
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

    ClientRooms rooms() {
        return rooms;
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
            rooms.act(now);
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
        if (rooms.epoch(now)) {
            journal.epoch(now);
        }
        outbox.onConnected();
        said.getRoomsList().forEach(rooms::learn);
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
        rooms.onDisconnected();
        int millis = patient ? 50 : world.dice().between(0, 3_000);
        connectNotBeforeNanos = world.nowNanos() + millis * 1_000_000L;
    }

    private void keepAlive(long now) {
        if (now - Math.max(heardNanos, pingedNanos) > PING_NANOS) {
            pingedNanos = now;
            ClientFrame.Builder ping = ClientFrame.newBuilder();
            ping.getPingBuilder().setToken(7);
            linked().ask(
                            ping,
                            answer ->
                                    require(
                                            answer.hasPong() || answer.hasError(),
                                            "a pong",
                                            answer));
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
            case EVENT -> rooms.onLive(frame.getEvent());
            case PING -> {
                ClientFrame.Builder pong = ClientFrame.newBuilder();
                pong.getPongBuilder().setToken(frame.getPing().getToken());
                linked().say(pong);
            }
            case POST_STORED -> onPostStored(frame.getPostStored());
            case ERROR -> onError(frame.getRequestId(), frame.getError(), frame);
            case ROOM_LEFT -> rooms.onRoomLeft(frame);
            case ROOM_CHANGED -> rooms.learn(frame.getRoomChanged().getRoom());
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
                id, requestId, error.getRetryable(), world.nowNanos(), error.getRetryAfterMs())) {
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

    /// Writes down an event, live or fetched; one's own acknowledges the post.
    void take(Event wire) {
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

    // Posts
    // -----------------------------------------------------------------------------------------------

    private void sendPosts(long now) {
        if (outbox.isEmpty()) {
            return;
        }
        outbox.keepOnly(rooms::isWanted);
        int underWay = outbox.underWay();
        Optional<ClientOutbox.Pending> next = outbox.next(now, rooms::takesPosts);
        while (next.isPresent() && underWay < POSTS_UNDER_WAY_MAX) {
            send(next.get());
            underWay++;
            next = outbox.next(now, rooms::takesPosts);
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

    // The end
    // --------------------------------------------------------------------------------------------

    /// What it still waits for; empty when it has everything.
    Optional<String> missing(SimulatedServer server) {
        ClientLink now = link;
        if (now == null || !welcome) {
            return Optional.of(name + " is not logged in");
        }
        if (now.unanswered() > 0 || !outbox.isEmpty()) {
            return Optional.of(
                    "%s waits for %d answers and has %d posts in its outbox"
                            .formatted(name, now.unanswered(), outbox.size()));
        }
        return rooms.missing(server).map(what -> name + " " + what);
    }

    ClientLink linked() {
        if (link == null) {
            throw new IllegalStateException(name + " is not connected");
        }
        return link;
    }

    /// Fails the run when the server said what it may not say.
    void require(boolean kept, String expected, Object heard) {
        if (!kept) {
            throw new AssertionError(name + " expected " + expected + ", and heard " + heard);
        }
    }
}
