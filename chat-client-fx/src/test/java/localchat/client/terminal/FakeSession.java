package localchat.client.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import localchat.client.FakePeople;
import localchat.core.client.ChatSession;
import localchat.core.client.ConnectionState;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.Moderation;
import localchat.core.client.OwnAccount;
import localchat.core.client.PeopleList;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.model.Availability;
import localchat.core.model.ChatMessage;
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
import localchat.core.model.RoomSettings;
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
    record Posted(MessageId id, long roomId, EventBody body) {
        /// The text of a message.
        String text() {
            return message().text().value();
        }

        boolean action() {
            return message().action();
        }

        private EventBody.Message message() {
            return (EventBody.Message) body;
        }
    }

    final BlockingQueue<Posted> posts = new LinkedBlockingQueue<>();
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    final BlockingQueue<String> marks = new LinkedBlockingQueue<>();
    final List<RoomEvent> log = new ArrayList<>();
    final CompletableFuture<RoomInfo> opened = new CompletableFuture<>();

    /// What is asked about people.
    final FakePeople askedPeople = new FakePeople();

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
        enterRoom(room(roomId, name, RoomKind.PUBLIC), again, cacheInvalid);
    }

    void enterRoom(RoomInfo room, boolean again, boolean cacheInvalid) {
        tell(new SessionEvent.RoomEntered(room, newestSeq + 1, again, cacheInvalid));
    }

    static RoomInfo room(long roomId, String name, RoomKind kind) {
        return room(roomId, name, kind, 0);
    }

    static RoomInfo room(long roomId, String name, RoomKind kind, long headSeq) {
        Optional<Person> peer =
                switch (kind) {
                    case DIRECT -> Optional.of(name.equals("bob") ? BOB : person(3, name));
                    case PUBLIC, PRIVATE, AUDIT -> Optional.empty();
                };
        RoomSettings settings = RoomSettings.STANDARD;
        return new RoomInfo(roomId, new RoomName(name), kind, "", headSeq, 2, settings, peer, 0);
    }

    /// Enters a room whose events are brought from this seq on, as after an earlier run.
    void enterFrom(long nextSeq, RoomInfo room) {
        tell(new SessionEvent.RoomEntered(room, nextSeq, false, false));
    }

    /// What the room's log goes on with while this session does not hear it.
    void missed(int messages) {
        withHistory(messages);
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

    /// Somebody does something in the room.
    void happens(Person from, EventBody body) {
        happens(ROOM_ID, from, body);
    }

    void happens(long roomId, Person from, EventBody body) {
        long seq = ++newestSeq;
        hear(
                new RoomEvent(
                        roomId,
                        seq,
                        TIME + seq,
                        from.userId(),
                        from.name(),
                        new MessageId(new Id128(1, seq)),
                        body),
                from.userId() == ANA.userId());
    }

    /// It happens, but is only in the log.
    void happensUnheard(Person from, EventBody body) {
        long seq = ++newestSeq;
        log.add(
                new RoomEvent(
                        ROOM_ID,
                        seq,
                        TIME + seq,
                        from.userId(),
                        from.name(),
                        new MessageId(new Id128(1, seq)),
                        body));
    }

    static EventBody.Message said(String text) {
        return new EventBody.Message(new MessageText(text), 0, false);
    }

    void hear(RoomEvent event, boolean own) {
        newestSeq = Math.max(newestSeq, event.seq());
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
        hear(
                new RoomEvent(
                        post.roomId(), seq, TIME + seq, 1, ANA.name(), post.id(), post.body()),
                true);
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
        return CompletableFuture.completedFuture(page(anchor, Math.min(2, limit), newestSeq));
    }

    /// A page of messages with everything up to a seq folded in.
    HistoryMessages page(HistoryAnchor anchor, int limit, long trueAsOf) {
        List<ChatMessage> all = folded(trueAsOf);
        List<ChatMessage> found =
                switch (anchor) {
                    case HistoryAnchor.Before(long seq) ->
                            last(all.stream().filter(m -> m.seq() < seq).toList(), limit);
                    case HistoryAnchor.After(long seq) ->
                            all.stream().filter(m -> m.seq() > seq).limit(limit).toList();
                    case HistoryAnchor.FromTime(long millis) ->
                            all.stream()
                                    .filter(m -> m.timeMillis() >= millis)
                                    .limit(limit)
                                    .toList();
                    case HistoryAnchor.Newest(), HistoryAnchor.Around _ ->
                            throw new AssertionError("not asked for");
                };
        boolean before = !found.isEmpty() && !found.getFirst().equals(all.getFirst());
        boolean after = !found.isEmpty() && !found.getLast().equals(all.getLast());
        return new HistoryMessages(ROOM_ID, found, trueAsOf, before, after);
    }

    private static List<ChatMessage> last(List<ChatMessage> all, int limit) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private List<ChatMessage> folded(long trueAsOf) {
        Map<Long, ChatMessage> messages = new TreeMap<>();
        for (RoomEvent event : log) {
            if (event.seq() <= trueAsOf && ChatMessage.isMessage(event)) {
                messages.put(event.seq(), ChatMessage.of(event));
            } else if (event.seq() <= trueAsOf) {
                messages.replaceAll((_, message) -> message.after(event));
            }
        }
        return List.copyOf(messages.values());
    }

    @Override
    public void start() {
        onStart.accept(this);
    }

    @Override
    public MessageId post(long roomId, EventBody body) {
        MessageId id = MessageId.random(random);
        post(id, roomId, body);
        return id;
    }

    @Override
    public void post(MessageId id, long roomId, EventBody body) {
        Posted posted = new Posted(id, roomId, body);
        posts.add(posted);
        onPost.accept(posted);
    }

    @Override
    public void retry(MessageId id) {
        calls.add("retry " + id);
    }

    @Override
    public void vouch() {
        calls.add("vouch");
    }

    @Override
    public void discard(MessageId id) {
        calls.add("discard " + id);
    }

    @Override
    public void markRead(long roomId, long seq) {
        marks.add(roomId + " " + seq);
    }

    @Override
    public void saveDraft(long roomId, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<RoomInfo> openDirect(long userId) {
        calls.add("direct " + userId);
        return opened;
    }

    @Override
    public CompletableFuture<RoomInfo> createPrivate(
            RoomName name, boolean pastVisible, List<Long> userIds) {
        calls.add("private " + name + " " + pastVisible + " " + userIds);
        return opened;
    }

    @Override
    public CompletableFuture<Boolean> setRoom(long roomId, RoomSettings settings) {
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
    public OwnAccount account() {
        return askedPeople;
    }

    @Override
    public Moderation moderation() {
        return askedPeople;
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
