package localchat.client.fx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import localchat.client.FakePeople;
import localchat.core.client.ChatSession;
import localchat.core.client.ConnectionState;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.client.Moderation;
import localchat.core.client.OwnAccount;
import localchat.core.client.PeopleList;
import localchat.core.client.PostState;
import localchat.core.client.RequestException;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.model.Availability;
import localchat.core.model.ChatMessage;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.UserName;

/// A session without a server: tests say what happens and see what was asked for.
public final class FakeSession implements ChatSession {
    /// The person in front of the window.
    public static final Person SELF = person(1, "Marina Costa");

    /// A call of [#post].
    public record Posted(MessageId id, long roomId, EventBody body) {
        /// The words of a message; "" for anything else.
        public String text() {
            return body instanceof EventBody.Message message ? message.text().value() : "";
        }

        public boolean action() {
            return body instanceof EventBody.Message message && message.action();
        }
    }

    /// A call of [#markRead].
    public record Read(long roomId, long seq) {}

    /// A call of [#createPrivate].
    public record Created(String name, boolean pastVisible, List<Long> userIds) {}

    public final List<Posted> posted = new ArrayList<>();
    public final List<MessageId> discarded = new ArrayList<>();
    public final List<MessageId> retried = new ArrayList<>();
    public final List<Read> read = new ArrayList<>();
    public final Map<Long, String> drafts = new HashMap<>();
    public final List<Long> directs = new ArrayList<>();
    public final List<Created> created = new ArrayList<>();
    public final Map<Long, RoomSettings> settings = new HashMap<>();

    /// What [#openDirect] and [#createPrivate] answer.
    public CompletableFuture<RoomInfo> madeRoom = new CompletableFuture<>();

    public final List<String> joined = new ArrayList<>();
    public final List<Long> left = new ArrayList<>();
    public final List<HistoryAnchor> historyAsked = new ArrayList<>();

    /// The rooms' logs: pages are made of them.
    public final Map<Long, List<RoomEvent>> history = new HashMap<>();

    /// Whether pages of history do not come before [#answerHistory].
    public boolean holdsHistory;

    /// Whether the server has no answer to whoever asks for history.
    public boolean failsHistory;

    public final Map<Long, List<Person>> people = new HashMap<>();
    public final List<RoomInfo> listed = new ArrayList<>();
    public boolean started;
    public boolean closed;

    private final SessionListener listener;

    /// What is asked about people.
    public final FakePeople askedPeople = new FakePeople();

    private final Random random = new Random(7);
    private final List<Runnable> heldAnswers = new ArrayList<>();

    public FakeSession(SessionListener listener) {
        this.listener = listener;
    }

    public static Person person(long id, String name) {
        return new Person(id, new UserName(name), Role.MEMBER, Availability.ONLINE);
    }

    public static RoomInfo room(long id, String name, int online) {
        return new RoomInfo(id, new RoomName(name), RoomKind.PUBLIC, "", 0, online);
    }

    public RoomEvent message(long roomId, long seq, Person sender, long timeMillis, String text) {
        return message(MessageId.random(random), roomId, seq, sender, timeMillis, text);
    }

    public static RoomEvent message(
            MessageId id, long roomId, long seq, Person sender, long timeMillis, String text) {
        EventBody body = new EventBody.Message(new MessageText(text), 0, false);
        return new RoomEvent(roomId, seq, timeMillis, sender.userId(), sender.name(), id, body);
    }

    /// An event of any kind.
    public RoomEvent event(long roomId, long seq, Person sender, long timeMillis, EventBody body) {
        return new RoomEvent(
                roomId,
                seq,
                timeMillis,
                sender.userId(),
                sender.name(),
                MessageId.random(random),
                body);
    }

    /// A room of two.
    public static RoomInfo direct(long id, Person peer) {
        return new RoomInfo(
                id,
                new RoomName(peer.name().value()),
                RoomKind.DIRECT,
                "",
                0,
                2,
                RoomSettings.STANDARD,
                Optional.of(peer),
                0);
    }

    /// A private room.
    public static RoomInfo privateRoom(long id, String name, long ownerId) {
        return new RoomInfo(
                id,
                new RoomName(name),
                RoomKind.PRIVATE,
                "",
                0,
                2,
                RoomSettings.STANDARD,
                Optional.empty(),
                ownerId);
    }

    public void tell(SessionEvent event) {
        listener.onSessionEvent(event);
    }

    public void tellConnected() {
        tell(new SessionEvent.Connected(SELF, "Office", 0));
    }

    public void tellLost() {
        tell(new SessionEvent.Reconnecting(CloseReason.PEER_RESET, "lost"));
    }

    public void tellEntered(RoomInfo room, long nextSeq) {
        tell(new SessionEvent.RoomEntered(room, nextSeq, false, false));
    }

    public void tellReceived(RoomEvent event) {
        tell(new SessionEvent.EventReceived(event, event.senderId() == SELF.userId()));
    }

    public void tellStored(Posted post, long seq, long timeMillis) {
        tell(
                new SessionEvent.PostChanged(
                        post.roomId(),
                        post.id(),
                        PostState.STORED,
                        Optional.empty(),
                        seq,
                        timeMillis));
    }

    /// The event that an own post became.
    public void tellOwn(Posted post, long seq, long timeMillis) {
        tellReceived(
                new RoomEvent(
                        post.roomId(),
                        seq,
                        timeMillis,
                        SELF.userId(),
                        SELF.name(),
                        post.id(),
                        post.body()));
    }

    public void tellPost(Posted post, PostState state) {
        tell(new SessionEvent.PostChanged(post.roomId(), post.id(), state, Optional.empty(), 0, 0));
    }

    public void tellFailed(Posted post, ErrorCode code) {
        tell(
                new SessionEvent.PostChanged(
                        post.roomId(),
                        post.id(),
                        PostState.FAILED,
                        Optional.of(new SessionEvent.Refusal(code, "refused")),
                        0,
                        0));
    }

    public void tellEnded(SessionEvent.Failure failure) {
        tell(new SessionEvent.Ended(failure, "ended"));
    }

    /// How often the person vouched for the server.
    int vouched;

    @Override
    public void start() {
        started = true;
    }

    @Override
    public MessageId post(long roomId, EventBody body) {
        MessageId id = MessageId.random(random);
        post(id, roomId, body);
        return id;
    }

    @Override
    public void post(MessageId id, long roomId, EventBody body) {
        posted.add(new Posted(id, roomId, body));
    }

    @Override
    public void retry(MessageId id) {
        retried.add(id);
    }

    @Override
    public void markRead(long roomId, long seq) {
        read.add(new Read(roomId, seq));
    }

    @Override
    public void saveDraft(long roomId, String text) {
        drafts.put(roomId, text);
    }

    @Override
    public CompletableFuture<RoomInfo> openDirect(long userId) {
        directs.add(userId);
        return madeRoom;
    }

    @Override
    public CompletableFuture<RoomInfo> createPrivate(
            RoomName name, boolean pastVisible, List<Long> userIds) {
        created.add(new Created(name.value(), pastVisible, userIds));
        return madeRoom;
    }

    @Override
    public CompletableFuture<Boolean> setRoom(long roomId, RoomSettings now) {
        settings.put(roomId, now);
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void vouch() {
        vouched++;
    }

    @Override
    public void discard(MessageId id) {
        discarded.add(id);
    }

    @Override
    public void join(RoomName room) {
        joined.add(room.value());
    }

    @Override
    public void leave(long roomId) {
        left.add(roomId);
    }

    @Override
    public void typing(long roomId, boolean active) {}

    @Override
    public CompletableFuture<List<RoomInfo>> listRooms() {
        return CompletableFuture.completedFuture(List.copyOf(listed));
    }

    @Override
    public CompletableFuture<PeopleList> listPeople(long roomId, int limit) {
        List<Person> there = people.getOrDefault(roomId, List.of(SELF));
        return CompletableFuture.completedFuture(new PeopleList(roomId, there, there.size()));
    }

    @Override
    public CompletableFuture<HistoryMessages> history(
            long roomId, HistoryAnchor anchor, int limit) {
        historyAsked.add(anchor);
        HistoryMessages page = page(roomId, anchor, limit);
        CompletableFuture<HistoryMessages> answer = new CompletableFuture<>();
        if (failsHistory) {
            answer.completeExceptionally(new RequestException(ErrorCode.BUSY, "busy"));
            return answer;
        }
        if (holdsHistory) {
            heldAnswers.add(() -> answer.complete(page));
        } else {
            answer.complete(page);
        }
        return answer;
    }

    /// Hands out the pages that were held back; they tell what was true when they were asked for.
    public void answerHistory() {
        List<Runnable> now = List.copyOf(heldAnswers);
        heldAnswers.clear();
        now.forEach(Runnable::run);
    }

    /// Hands out the first page that was held back.
    public void answerOneHistory() {
        heldAnswers.removeFirst().run();
    }

    private HistoryMessages page(long roomId, HistoryAnchor anchor, int limit) {
        List<RoomEvent> log = history.getOrDefault(roomId, List.of());
        List<ChatMessage> all = folded(log);
        int size = all.size();
        int from =
                switch (anchor) {
                    case HistoryAnchor.Newest() -> size - limit;
                    case HistoryAnchor.Before(long seq) -> first(all, seq) - limit;
                    case HistoryAnchor.After(long seq) -> first(all, seq + 1);
                    case HistoryAnchor.Around(long seq) -> first(all, seq) - limit / 2;
                    case HistoryAnchor.FromTime(long millis) ->
                            (int) all.stream().filter(m -> m.timeMillis() < millis).count();
                };
        int to =
                switch (anchor) {
                    case HistoryAnchor.Newest() -> size;
                    case HistoryAnchor.Before(long seq) -> first(all, seq);
                    case HistoryAnchor.After _, HistoryAnchor.FromTime _ ->
                            Math.min(size, from + limit);
                    case HistoryAnchor.Around(long seq) ->
                            Math.min(size, first(all, seq) + limit - limit / 2);
                };
        int begin = Math.max(0, from);
        long head = log.isEmpty() ? 0 : log.getLast().seq();
        return new HistoryMessages(roomId, all.subList(begin, to), head, begin > 0, to < size);
    }

    private static int first(List<ChatMessage> all, long seq) {
        return (int) all.stream().filter(message -> message.seq() < seq).count();
    }

    private static List<ChatMessage> folded(List<RoomEvent> log) {
        List<ChatMessage> messages =
                new ArrayList<>(
                        log.stream().filter(ChatMessage::isMessage).map(ChatMessage::of).toList());
        log.forEach(event -> messages.replaceAll(message -> message.after(event)));
        return messages;
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
        return closed ? ConnectionState.CLOSED : ConnectionState.CONNECTED;
    }

    @Override
    public void close() {
        closed = true;
    }
}
