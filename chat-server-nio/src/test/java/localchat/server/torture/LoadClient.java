package localchat.server.torture;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.oracle.BodyHash;
import localchat.server.oracle.Journal;
import org.jspecify.annotations.Nullable;

/// A client as PROTOCOL.md describes one, with a journal: connects, logs in, enters its rooms where
/// it left them, posts, and does all that again when the connection is lost. Nothing of the
/// client's code is in it. Belongs to the load's thread.
final class LoadClient {
    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(10);

    /// Shown as offline after so long without a byte.
    static final long OFFLINE_NANOS = TimeUnit.SECONDS.toNanos(25);

    /// No more is written while so much waits for the socket.
    private static final int WAITING_BYTES_MAX = 64 * 1024;

    private enum Phase {
        OFFLINE,
        CONNECTING,
        LOGGING_IN,
        ENTERING,
        LIVE
    }

    private final LoadPlan plan;
    private final String name;
    private final DeviceKey device = DeviceKey.generate();
    private final Journal journal;
    private final List<LoadRoom> rooms;
    private final LoadOutbox outbox = new LoadOutbox();
    private final LoadFigures figures;
    private final Random random;
    private final Map<Long, LoadRoom> entering = new HashMap<>();
    private final Map<Long, LoadRoom> fetching = new HashMap<>();
    private Phase phase = Phase.OFFLINE;
    private @Nullable LoadLink link;
    private Optional<Id128> serverId = Optional.empty();
    private Id128 epoch = new Id128(0, 0);
    private boolean reading = true;
    private boolean stays;
    private long nextRequest = 1;
    private long number;
    private int attempts;
    private long attemptNanos;
    private long heardNanos;
    private long pingedNanos;
    private long offlineNanos;
    private long liveNanos;

    LoadClient(LoadPlan plan, int number, LoadFigures figures) {
        this.plan = plan;
        this.name = "%s-%04d".formatted(plan.prefix(), number);
        this.figures = figures;
        this.journal = new Journal(name);
        this.random = new Random(plan.seed() * 31 + number);
        this.rooms = plan.rooms().stream().map(LoadRoom::new).toList();
    }

    Journal journal() {
        return journal;
    }

    List<LoadRoom> rooms() {
        return rooms;
    }

    boolean isLive() {
        return phase == Phase.LIVE;
    }

    /// When it was last without a connection, on the load's clock.
    long offlineNanos() {
        return offlineNanos;
    }

    /// When it was in all rooms again, on the load's clock.
    long liveNanos() {
        return liveNanos;
    }

    int unacknowledged() {
        return outbox.size();
    }

    /// Whether nothing is on its way that it asked for.
    boolean isSettled() {
        return isLive() && outbox.size() == 0 && fetching.isEmpty();
    }

    /// To read, or to leave everything to the kernel's buffers, reconnects included.
    void reading(boolean now) {
        reading = now;
        if (link != null) {
            link.reading(now);
        }
    }

    /// Once its connection is lost it stays away.
    void stay() {
        stays = true;
    }

    /// The epoch of the server that it talked to last.
    Id128 epoch() {
        return epoch;
    }

    /// Puts a new message into the outbox.
    void say(long nowNanos) {
        LoadRoom room = rooms.get(random.nextInt(rooms.size()));
        if (room.roomId() == 0) {
            return;
        }
        String text = "%s %06d %s".formatted(name, number++, "x".repeat(1 + random.nextInt(300)));
        MessageId id = MessageId.random(random);
        journal.sent(id, room.roomId(), hash(text));
        figures.onPost();
        outbox.add(new LoadOutbox.Item(id, room, text, nowNanos));
    }

    private static long hash(String text) {
        return BodyHash.of(new EventBody.Message(new MessageText(text), 0, false));
    }

    /// Does what time asks for.
    void onTick(long nowNanos, Selector selector, ByteBuffer shared) throws IOException {
        if (phase == Phase.OFFLINE) {
            if (!stays && nowNanos - attemptNanos >= 0) {
                connect(nowNanos, selector, shared);
            }
            return;
        }
        long silence = nowNanos - heardNanos;
        if (phase == Phase.CONNECTING ? silence > CONNECT_NANOS : silence > OFFLINE_NANOS) {
            throw new IOException("nothing was heard for " + silence / 1_000_000 + " ms");
        }
        if (silence > PING_NANOS && nowNanos - pingedNanos > PING_NANOS && isLoggedIn()) {
            pingedNanos = nowNanos;
            send(ClientFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)));
        }
        if (phase == Phase.LIVE) {
            sendPosts(nowNanos);
        }
    }

    private boolean isLoggedIn() {
        return phase == Phase.ENTERING || phase == Phase.LIVE;
    }

    private void connect(long nowNanos, Selector selector, ByteBuffer shared) throws IOException {
        phase = Phase.CONNECTING;
        heardNanos = nowNanos;
        link = new LoadLink(plan, selector, shared, this);
        link.reading(reading);
    }

    /// The selector found something to do.
    void onReady(SelectionKey key, long nowNanos) throws IOException {
        LoadLink open = link;
        if (open == null || !key.isValid()) {
            return;
        }
        if (key.isConnectable() && open.finishConnect()) {
            phase = Phase.LOGGING_IN;
            heardNanos = nowNanos;
            send(
                    ClientFrame.newBuilder()
                            .setHello(
                                    Hello.newBuilder()
                                            .setProtocolVersion(1)
                                            .setClientName("torture")));
            return;
        }
        if (key.isValid() && key.isWritable()) {
            open.write();
        }
        if (key.isValid() && key.isReadable()) {
            heardNanos = nowNanos;
            open.read(frame -> onFrame(frame, nowNanos));
        }
    }

    /// The connection is lost.
    void onLost(long nowNanos) {
        LoadLink lost = link;
        if (lost != null) {
            figures.onDrop(lost.hasCutFrame());
            lost.close();
            link = null;
        } else {
            figures.onDrop(false);
        }
        phase = Phase.OFFLINE;
        offlineNanos = nowNanos;
        entering.clear();
        fetching.clear();
        rooms.forEach(room -> room.entered(false));
        int exponent = Math.min(attempts++, 10);
        long longest =
                Math.min(
                        TimeUnit.MILLISECONDS.toNanos(plan.reconnectMillisMax()),
                        TimeUnit.SECONDS.toNanos(1) << exponent);
        attemptNanos = Math.max(attemptNanos, nowNanos + random.nextLong(longest));
    }

    private long send(ClientFrame.Builder frame) throws IOException {
        LoadLink open = link;
        if (open == null) {
            throw new IOException("there is no connection");
        }
        long request = nextRequest++;
        open.send(frame.setRequestId(request).build());
        return request;
    }

    private void sendPosts(long nowNanos) throws IOException {
        while (link != null && link.bytesWaiting() < WAITING_BYTES_MAX) {
            Optional<LoadOutbox.Item> next = outbox.next(nowNanos, nextRequest);
            if (next.isEmpty()) {
                return;
            }
            LoadOutbox.Item item = next.get();
            send(
                    ClientFrame.newBuilder()
                            .setPost(
                                    Post.newBuilder()
                                            .setRoomId(item.room().roomId())
                                            .setClientMsgId(ByteString.copyFrom(item.id().bytes()))
                                            .setFlight(outbox.flight())
                                            .setMessage(
                                                    MessageBody.newBuilder()
                                                            .setText(item.text()))));
        }
    }

    private void onFrame(ServerFrame frame, long nowNanos) {
        try {
            switch (frame.getKindCase()) {
                case CHALLENGE ->
                        send(ClientFrame.newBuilder().setLogin(login(frame.getChallenge())));
                case WELCOME -> onWelcome(frame.getWelcome());
                case PING ->
                        send(
                                ClientFrame.newBuilder()
                                        .setPong(
                                                Pong.newBuilder()
                                                        .setToken(frame.getPing().getToken())));
                case ROOM_ENTERED -> onEntered(frame.getRequestId(), frame.getRoomEntered());
                case EVENT -> onEvent(frame.getEvent(), nowNanos);
                case EVENT_PAGE -> onPage(frame.getRequestId(), frame.getEventPage());
                case POST_STORED -> onStored(frame.getPostStored(), nowNanos);
                case ERROR -> onError(frame.getRequestId(), frame.getError(), nowNanos);
                case GOODBYE -> {
                    figures.onGoodbye(frame.getGoodbye().getReason());
                    attemptNanos =
                            nowNanos
                                    + TimeUnit.MILLISECONDS.toNanos(
                                            frame.getGoodbye().getRetryAfterMs());
                }
                default -> {}
            }
        } catch (IOException | MalformedFrameException e) {
            throw new LostException(e);
        }
    }

    private Login.Builder login(Challenge challenge) {
        byte[] signature =
                device.proveLogin(
                        new Digest32(challenge.getServerKeyHash().toByteArray()),
                        challenge.getNonce().toByteArray());
        return Login.newBuilder()
                .setDevicePublicKey(ByteString.copyFrom(device.rawPublicKey()))
                .setSignature(ByteString.copyFrom(signature))
                .setUserName(name);
    }

    private void onWelcome(Welcome welcome) throws IOException {
        figures.onLogin();
        Id128 server = Id128.of(welcome.getServerId().toByteArray());
        Id128 nowEpoch = Id128.of(welcome.getEpoch().toByteArray());
        if (serverId.isPresent() && !serverId.get().equals(server)) {
            rooms.forEach(LoadRoom::forget);
        }
        if (!epoch.equals(nowEpoch)) {
            journal.epoch(nowEpoch);
        }
        serverId = Optional.of(server);
        epoch = nowEpoch;
        phase = Phase.ENTERING;
        for (LoadRoom room : rooms) {
            long request =
                    room.roomId() == 0
                            ? send(
                                    ClientFrame.newBuilder()
                                            .setJoinRoom(
                                                    JoinRoom.newBuilder().setName(room.name())))
                            : send(ClientFrame.newBuilder().setResume(resume(room)));
            entering.put(request, room);
        }
    }

    private static Resume.Builder resume(LoadRoom room) {
        return Resume.newBuilder()
                .setRoomId(room.roomId())
                .setEpoch(ByteString.copyFrom(room.epoch().bytes()))
                .setAfterSeq(room.next() - 1);
    }

    private void onEntered(long request, RoomEntered answer) throws IOException {
        LoadRoom room = entering.remove(request);
        if (room == null) {
            return;
        }
        long from = room.next();
        long next = answer.getNextSeq();
        if (answer.getOutcome() == ResumeOutcome.CONTINUED) {
            countOrder(from, next);
        } else if (answer.getOutcome() == ResumeOutcome.CONTINUED_WITH_HOLE) {
            fetch(room, from, next - 1);
        } else {
            if (answer.getOutcome() == ResumeOutcome.CACHE_INVALID) {
                figures.onCacheInvalid();
            }
            room.beginAt(answer.getRoom().getRoomId(), epoch, next);
        }
        room.next(next);
        room.entered(true);
        if (entering.isEmpty() && rooms.stream().allMatch(LoadRoom::isEntered)) {
            phase = Phase.LIVE;
            liveNanos = System.nanoTime();
            attempts = 0;
            outbox.onConnected();
        }
    }

    private void countOrder(long expected, long seq) {
        if (seq < expected) {
            figures.onDouble();
        } else if (seq > expected) {
            figures.onGap();
        }
    }

    private void fetch(LoadRoom room, long from, long to) throws IOException {
        fetching.put(
                send(
                        ClientFrame.newBuilder()
                                .setFetchEvents(
                                        FetchEvents.newBuilder()
                                                .setRoomId(room.roomId())
                                                .setFromSeq(from)
                                                .setToSeq(to))),
                room);
    }

    private void onPage(long request, EventPage page) throws IOException, MalformedFrameException {
        LoadRoom room = fetching.remove(request);
        if (room == null) {
            return;
        }
        for (Event event : page.getEventsList()) {
            receive(WireDecoding.event(event));
        }
        if (page.getMore()) {
            long last = page.getEvents(page.getEventsCount() - 1).getSeq();
            fetch(room, last + 1, room.next() - 1);
        }
    }

    private void receive(RoomEvent event) {
        journal.received(event.roomId(), event.seq(), event.id(), BodyHash.of(event.body()));
    }

    private void onEvent(Event wire, long nowNanos) throws MalformedFrameException {
        RoomEvent event = WireDecoding.event(wire);
        for (LoadRoom room : rooms) {
            if (room.roomId() == event.roomId() && room.isEntered()) {
                countOrder(room.next(), event.seq());
                room.next(Math.max(room.next(), event.seq() + 1));
                receive(event);
            }
        }
        onAcknowledged(event.id(), event.roomId(), event.seq(), nowNanos);
    }

    private void onStored(PostStored stored, long nowNanos) throws MalformedFrameException {
        onAcknowledged(
                WireDecoding.messageId(stored.getClientMsgId()),
                stored.getRoomId(),
                stored.getSeq(),
                nowNanos);
    }

    private void onAcknowledged(MessageId id, long roomId, long seq, long nowNanos) {
        outbox.onStored(id)
                .ifPresent(item -> {
                    journal.acknowledged(id, roomId, seq);
                    figures.onAcknowledged(nowNanos - item.madeNanos());
                });
    }

    private void onError(long request, Error error, long nowNanos)
            throws IOException, MalformedFrameException {
        boolean ofPost = !error.getClientMsgId().isEmpty();
        figures.onError(error.getCode(), ofPost);
        if (ofPost) {
            MessageId id = WireDecoding.messageId(error.getClientMsgId());
            if (error.getRetryable()) {
                long pause = TimeUnit.MILLISECONDS.toNanos(error.getRetryAfterMs());
                outbox.onRefused(id, request, pause, nowNanos);
            } else {
                outbox.onRefusedForGood(id, request);
            }
            return;
        }
        LoadRoom room = entering.remove(request);
        if (room != null || phase == Phase.LOGGING_IN || fetching.containsKey(request)) {
            if (error.getCode() == localchat.core.protocol.wire.ErrorCode.NOT_FOUND
                    && room != null) {
                room.forget();
            }
            throw new IOException("refused: " + error.getCode());
        }
    }

    /// Carries the end of a connection through a function that knows of none.
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LostException(Exception cause) {
            super(cause);
        }
    }
}
