package localchat.core.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;

/// A [ChatSession] over TCP. Its state belongs to one session thread (see [Lifeline]), to which
/// this brings the calls of other threads; every connection has a reader and a writer thread beside
/// it (see [Link]). All threads end with the session.
final class SocketSession implements ChatSession {
    private final SessionEnvironment environment;
    private final Inbox inbox = new Inbox();
    private final AtomicBoolean started = new AtomicBoolean();
    private final OwnAccount account;
    private final Moderation moderation;

    // Of the session thread.
    private final Dialogue dialogue;
    private final Lifeline lifeline;

    /// @param store what outlives the session, which closes it; empty: nothing does
    SocketSession(SessionConfig config, Optional<ClientStore> store, SessionListener listener) {
        this(config, store, listener, SessionEnvironment.standard(store.isPresent()));
    }

    SocketSession(
            SessionConfig config,
            Optional<ClientStore> store,
            SessionListener listener,
            SessionEnvironment environment) {
        this.environment = environment;
        SessionParts parts = SessionParts.of(environment, listener);
        this.dialogue = new Dialogue(parts, config.server(), store);
        this.lifeline = new Lifeline(config, parts, inbox, dialogue);
        PeopleRequests people = new PeopleRequests(this::ask, parts.requests());
        this.account = new AskedAccount(people, dialogue.standing());
        this.moderation = new AskedModeration(people, dialogue.rooms());
    }

    // ---- calls, from any thread

    @Override
    public void start() {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("a session is started once");
        }
        inbox.putNotice(lifeline::begin);
        startThread();
    }

    private void startThread() {
        environment.sessionThreads().newThread(lifeline::run).start();
    }

    @Override
    public MessageId post(long roomId, EventBody body) {
        MessageId id = MessageId.random(environment.random());
        post(id, roomId, body);
        return id;
    }

    @Override
    public void post(MessageId id, long roomId, EventBody body) {
        if (!StoredForms.isPostable(body)) {
            throw new IllegalArgumentException("a client cannot post this: " + body);
        }
        inbox.put(() -> dialogue.post(new Outbox.Entry(id, roomId, body)));
    }

    @Override
    public void retry(MessageId id) {
        inbox.put(() -> dialogue.posts().retry(id));
    }

    @Override
    public void markRead(long roomId, long seq) {
        inbox.put(() -> dialogue.markers().markRead(roomId, seq));
    }

    @Override
    public void saveDraft(long roomId, String text) {
        inbox.put(() -> dialogue.cache().saveDraft(roomId, text));
    }

    @Override
    public CompletableFuture<RoomInfo> openDirect(long userId) {
        return ask(answer -> dialogue.queries().openDirect(userId, answer));
    }

    @Override
    public CompletableFuture<RoomInfo> createPrivate(
            RoomName name, boolean pastVisible, List<Long> userIds) {
        List<Long> members = List.copyOf(userIds);
        return ask(answer -> dialogue.queries().createPrivate(name, pastVisible, members, answer));
    }

    @Override
    public CompletableFuture<Boolean> setRoom(long roomId, RoomSettings settings) {
        return ask(answer -> dialogue.queries().setRoom(roomId, settings, answer));
    }

    @Override
    public void vouch() {
        inbox.put(lifeline::vouch);
    }

    @Override
    public void discard(MessageId id) {
        inbox.put(() -> dialogue.posts().discard(id));
    }

    @Override
    public void join(RoomName room) {
        inbox.put(() -> dialogue.rooms().join(room));
    }

    @Override
    public void leave(long roomId) {
        inbox.put(() -> dialogue.rooms().leave(roomId));
    }

    @Override
    public void typing(long roomId, boolean active) {
        inbox.put(() -> dialogue.typing(roomId, active));
    }

    @Override
    public CompletableFuture<List<RoomInfo>> listRooms() {
        return ask(answer -> dialogue.queries().listRooms(answer));
    }

    @Override
    public CompletableFuture<PeopleList> listPeople(long roomId, int limit) {
        requireAboveZero(limit);
        return ask(answer -> dialogue.queries().listPeople(roomId, limit, answer));
    }

    @Override
    public CompletableFuture<HistoryMessages> history(
            long roomId, HistoryAnchor anchor, int limit) {
        requireAboveZero(limit);
        return ask(answer -> dialogue.queries().history(roomId, anchor, limit, answer));
    }

    private static void requireAboveZero(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is above 0, not " + limit);
        }
    }

    private <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!inbox.put(() -> question.accept(answer))) {
            answer.completeExceptionally(
                    new RequestException(ErrorCode.NOT_NOW, "the session has ended"));
        }
        return answer;
    }

    @Override
    public OwnAccount account() {
        return account;
    }

    @Override
    public Moderation moderation() {
        return moderation;
    }

    @Override
    public ConnectionState state() {
        return lifeline.state();
    }

    @Override
    public void close() {
        inbox.putNotice(lifeline::close);
        if (started.compareAndSet(false, true)) {
            startThread();
        }
    }

    /// Makes the session thread look at its clock again, for tests that turn it.
    void wake() {
        inbox.putNotice(() -> {});
    }
}
