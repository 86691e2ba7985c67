package localchat.client.fx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// A session without a server: tests say what happens and see what was asked for.
public final class FakeSession implements ChatSession {
    /// The person in front of the window.
    public static final Person SELF = person(1, "Marina Costa");

    /// A call of [#post].
    public record Posted(MessageId id, long roomId, String text, boolean action) {}

    public final List<Posted> posted = new ArrayList<>();
    public final List<MessageId> discarded = new ArrayList<>();
    public final List<String> joined = new ArrayList<>();
    public final List<Long> left = new ArrayList<>();
    public final List<HistoryAnchor> historyAsked = new ArrayList<>();
    public final Map<Long, List<RoomEvent>> history = new HashMap<>();
    public final Map<Long, List<Person>> people = new HashMap<>();
    public final List<RoomInfo> listed = new ArrayList<>();
    public boolean started;
    public boolean closed;

    private final SessionListener listener;
    private final Random random = new Random(7);

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

    @Override
    public void start() {
        started = true;
    }

    @Override
    public MessageId post(long roomId, MessageText text, boolean action, long replyToSeq) {
        MessageId id = MessageId.random(random);
        post(id, roomId, text, action, replyToSeq);
        return id;
    }

    @Override
    public void post(MessageId id, long roomId, MessageText text, boolean action, long replyToSeq) {
        posted.add(new Posted(id, roomId, text.value(), action));
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
        List<RoomEvent> all = history.getOrDefault(roomId, List.of());
        List<RoomEvent> within =
                anchor instanceof HistoryAnchor.Before(long seq)
                        ? all.stream().filter(event -> event.seq() < seq).toList()
                        : all;
        int from = Math.max(0, within.size() - limit);
        return CompletableFuture.completedFuture(
                new HistoryMessages(roomId, within.subList(from, within.size()), from > 0, false));
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
