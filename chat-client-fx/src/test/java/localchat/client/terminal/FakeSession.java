package localchat.client.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import localchat.core.client.ChatSession;
import localchat.core.client.ConnectionState;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.PeopleList;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.model.Availability;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// A session that does what a test says, in the test's own order. Its user is "ana", user 1; the
/// others are "bob", user 2.
final class FakeSession implements ChatSession {
    static final long ROOM_ID = 7;
    static final Person ANA = person(1, "ana");
    static final Person BOB = person(2, "bob");

    /// 2026-11-21T10:15:30.000Z; message n comes n milliseconds later.
    static final long TIME = 1_795_256_130_000L;

    /// A post that was handed to the session.
    record Posted(MessageId id, long roomId, String text, boolean action) {}

    final BlockingQueue<Posted> posts = new LinkedBlockingQueue<>();
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    final List<RoomEvent> log = new ArrayList<>();
    private final Random random = new Random(1);
    private final SessionListener listener;
    private final Consumer<FakeSession> onStart;
    private volatile Consumer<Posted> onPost = posted -> {};
    private volatile HistorySource historySource = this::page;
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private long newestSeq;

    /// Answers for history.
    interface HistorySource {
        CompletableFuture<HistoryMessages> page(HistoryAnchor anchor, int limit);
    }

    /// @param onStart what happens when it is started
    FakeSession(SessionListener listener, Consumer<FakeSession> onStart) {
        this.listener = listener;
        this.onStart = onStart;
    }

    static Person person(long id, String name) {
        return new Person(id, new UserName(name), Role.MEMBER, Availability.ONLINE);
    }

    /// Bob's message n, with the text "m<n>".
    static RoomEvent message(long seq) {
        return message(seq, BOB, "m" + seq, false);
    }

    static RoomEvent message(long seq, Person from, String text, boolean action) {
        return event(seq, from, new MessageId(new Id128(0, seq)), text, action);
    }

    static RoomEvent event(long seq, Person from, MessageId id, String text, boolean action) {
        return new RoomEvent(
                ROOM_ID,
                seq,
                TIME + seq,
                from.userId(),
                from.name(),
                id,
                new EventBody.Message(new MessageText(text), 0, action));
    }

    /// Logs in and enters the room.
    void enter() {
        connect();
        enterRoom(false, false);
    }

    void connect() {
        state = ConnectionState.CONNECTED;
        tell(new SessionEvent.Connected(ANA, "the server", 0));
    }

    void enterRoom(boolean again, boolean cacheInvalid) {
        enterRoom(ROOM_ID, "general", again, cacheInvalid);
    }

    void enterRoom(long roomId, String name, boolean again, boolean cacheInvalid) {
        RoomInfo room = new RoomInfo(roomId, new RoomName(name), RoomKind.PUBLIC, "", newestSeq, 2);
        tell(new SessionEvent.RoomEntered(room, newestSeq + 1, again, cacheInvalid));
    }

    void lose() {
        state = ConnectionState.RECONNECTING;
        tell(new SessionEvent.Reconnecting(CloseReason.GOING_AWAY, "The server is stopping."));
    }

    void end(SessionEvent.Failure failure) {
        state = ConnectionState.CLOSED;
        tell(new SessionEvent.Ended(failure, "It ended."));
    }

    void tell(SessionEvent event) {
        listener.onSessionEvent(event);
    }

    /// The room has this many messages of bob's before anything happens.
    FakeSession withHistory(int messages) {
        for (int i = 0; i < messages; i++) {
            log.add(message(++newestSeq));
        }
        return this;
    }

    /// Bob says something.
    void hear(String text) {
        hear(BOB, text, false);
    }

    void hear(Person from, String text, boolean action) {
        hear(message(++newestSeq, from, text, action), from.userId() == ANA.userId());
    }

    void hear(RoomEvent event, boolean own) {
        log.add(event);
        tell(new SessionEvent.EventReceived(event, own));
    }

    void presence(Person person, PresenceKind kind, int online) {
        tell(
                new SessionEvent.PresenceChanged(
                        ROOM_ID, online, List.of(new PresenceChange(person, kind)), false));
    }

    /// What happens at each post.
    FakeSession onPost(Consumer<Posted> handler) {
        onPost = handler;
        return this;
    }

    /// Each post is acknowledged at once.
    FakeSession acknowledging() {
        return onPost(this::acknowledge);
    }

    void acknowledge(Posted post) {
        long seq = ++newestSeq;
        stored(post, seq);
        hear(event(seq, ANA, post.id(), post.text(), post.action()), true);
    }

    /// Only the answer that it is stored, without its event.
    void stored(Posted post, long seq) {
        changed(post, PostState.STORED, Optional.empty(), seq);
    }

    void refuse(Posted post, ErrorCode code) {
        changed(post, PostState.FAILED, Optional.of(new SessionEvent.Refusal(code, "no")), 0);
    }

    private void changed(
            Posted post, PostState change, Optional<SessionEvent.Refusal> refusal, long seq) {
        tell(
                new SessionEvent.PostChanged(
                        post.roomId(), post.id(), change, refusal, seq, TIME + seq));
    }

    void historySource(HistorySource source) {
        historySource = source;
    }

    /// At most two messages a page, so that several are needed.
    CompletableFuture<HistoryMessages> page(HistoryAnchor anchor, int limit) {
        int most = Math.min(2, limit);
        List<RoomEvent> found =
                switch (anchor) {
                    case HistoryAnchor.Before(long seq) -> {
                        List<RoomEvent> older = log.stream().filter(e -> e.seq() < seq).toList();
                        yield older.subList(Math.max(0, older.size() - most), older.size());
                    }
                    case HistoryAnchor.After(long seq) ->
                            log.stream().filter(e -> e.seq() > seq).limit(most).toList();
                    case HistoryAnchor.Newest() -> throw new AssertionError("not asked for");
                };
        boolean more = !found.isEmpty() && found.getFirst().seq() > 1;
        return CompletableFuture.completedFuture(new HistoryMessages(ROOM_ID, found, more, false));
    }

    @Override
    public void start() {
        onStart.accept(this);
    }

    @Override
    public MessageId post(long roomId, MessageText text, boolean action, long replyToSeq) {
        MessageId id = MessageId.random(random);
        post(id, roomId, text, action, replyToSeq);
        return id;
    }

    @Override
    public void post(MessageId id, long roomId, MessageText text, boolean action, long replyToSeq) {
        Posted posted = new Posted(id, roomId, text.value(), action);
        posts.add(posted);
        onPost.accept(posted);
    }

    @Override
    public void discard(MessageId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void join(RoomName room) {
        calls.add("join " + room);
    }

    @Override
    public void leave(long roomId) {
        calls.add("leave " + roomId);
    }

    @Override
    public void typing(long roomId, boolean active) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<RoomInfo>> listRooms() {
        return CompletableFuture.completedFuture(
                List.of(
                        new RoomInfo(ROOM_ID, RoomName.GENERAL, RoomKind.PUBLIC, "", 0, 2),
                        new RoomInfo(
                                8,
                                new RoomName("oficina"),
                                RoomKind.PUBLIC,
                                "\033[2Jtools",
                                0,
                                0)));
    }

    @Override
    public CompletableFuture<PeopleList> listPeople(long roomId, int limit) {
        return CompletableFuture.completedFuture(new PeopleList(roomId, List.of(ANA, BOB), 5));
    }

    @Override
    public CompletableFuture<HistoryMessages> history(
            long roomId, HistoryAnchor anchor, int limit) {
        return historySource.page(anchor, limit);
    }

    @Override
    public ConnectionState state() {
        return state;
    }

    @Override
    public void close() {
        if (state != ConnectionState.CLOSED) {
            end(SessionEvent.Failure.CLOSED_BY_USER);
        }
    }
}
