package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.TypingNotice;

/// What server and session say to each other once logged in: gives each frame to the part it
/// concerns. Belongs to the session thread.
final class Dialogue implements CatchUp.Taker, Rooms.Owner {
    private final SessionParts parts;
    private final Rooms rooms;
    private final PostFlow posts;
    private final TypingThrottle typing;
    private final RoomCache cache;
    private final ReadMarkers markers;
    private final Queries queries;
    private final Memory memory;
    private final OwnStanding standing;

    /// @param store what outlives the session; empty: nothing does
    Dialogue(SessionParts parts, ServerAddress server, Optional<ClientStore> store) {
        this.parts = parts;
        this.rooms = new Rooms(parts, new CatchUp(parts, this), this);
        this.cache = store.flatMap(each -> each.keptRooms(parts)).orElseGet(NoCache::new);
        this.markers = new ReadMarkers(parts, rooms, cache);
        Optional<SqliteOutbox> outbox =
                store.map(each -> new SqliteOutbox(each.outbox(), rooms::placeOf));
        this.posts =
                new PostFlow(
                        parts,
                        outbox.<Outbox>map(each -> each).orElseGet(MemoryOutbox::new),
                        rooms);
        this.memory = new Memory(parts, new Memory.Place(server, store, outbox), rooms, this);
        this.typing = new TypingThrottle(parts.uplink(), parts.environment().clock());
        this.queries = new Queries(parts.requests(), rooms, cache);
        this.standing = new OwnStanding(parts.ear());
    }

    Rooms rooms() {
        return rooms;
    }

    PostFlow posts() {
        return posts;
    }

    Queries queries() {
        return queries;
    }

    ReadMarkers markers() {
        return markers;
    }

    RoomCache cache() {
        return cache;
    }

    OwnStanding standing() {
        return standing;
    }

    /// The session begins: tells what earlier runs left, then wants this room.
    ///
    /// @return whether they left anything
    boolean start(RoomName firstRoom) {
        boolean restored = memory.begin();
        rooms.join(firstRoom);
        return restored;
    }

    /// Keeps what came since the last call, and sends what may be sent. Called when no more is
    /// there to be done at once.
    void flush() {
        posts.flush();
    }

    /// Whether nothing waits for a [#flush].
    boolean isFlushed() {
        return posts.isFlushed();
    }

    /// The session ends.
    void close() {
        posts.close();
        cache.close();
    }

    /// A new post of the front end's, which is the end of typing it.
    void post(Outbox.Entry entry) {
        typing(entry.roomId(), false);
        posts.post(entry);
    }

    /// The user types in a room of the front end's, or stopped.
    void typing(long roomId, boolean active) {
        rooms.enteredWireId(roomId).ifPresent(wireId -> typing.onTyping(wireId, active));
    }

    /// Logged in.
    void onConnected(Admission admission) throws MalformedFrameException {
        standing.onConnected(admission);
        cache.onConnected(standing.selfId(), admission.serverTimeMillis());
        memory.onConnected(admission.history().serverId());
        parts.requests().limitTo(admission.limits());
        posts.onConnected(admission.limits());
        rooms.onConnected(admission);
    }

    /// The connection is lost.
    void onLost() {
        parts.requests().onLost();
        rooms.onLost();
        markers.onLost();
        posts.onLost();
        typing.onLost();
    }

    /// A frame other than a goodbye. One of a kind that is not known is passed over, unless it
    /// answers a request.
    void onFrame(ServerFrame frame) throws MalformedFrameException {
        switch (frame.getKindCase()) {
            case PING -> pong(frame.getPing());
            case ERROR -> onError(frame);
            case EVENT -> rooms.onEvent(frame.getEvent());
            case POST_STORED -> onPostStored(frame.getPostStored());
            case PRESENCE -> onPresence(frame.getPresence());
            case TYPING_NOTICE -> onTypingNotice(frame.getTypingNotice());
            case READ_MARKER -> {
                if (!parts.requests().onAnswer(frame)) {
                    markers.onMarker(frame.getReadMarker());
                }
            }
            case ROOM_CHANGED -> rooms.onChanged(frame.getRoomChanged().getRoom());
            case ROOM_ENTERED -> {
                if (!parts.requests().onAnswer(frame) && frame.getRequestId() == 0) {
                    rooms.onEnteredUnasked(frame.getRoomEntered());
                }
            }
            case ROOM_LEFT -> {
                if (!parts.requests().onAnswer(frame) && frame.getRequestId() == 0) {
                    rooms.onLeft(frame.getRoomLeft());
                }
            }
            case BLOCKED -> {
                standing.onBlocked(frame.getBlocked().getUserIdsList());
                parts.requests().onAnswer(frame);
            }
            case CHALLENGE, WELCOME ->
                    throw new MalformedFrameException("a login frame came after the login");
            case PONG, GOODBYE -> {}
            case ROOM_PAGE,
                    PEOPLE_PAGE,
                    HISTORY_PAGE,
                    EVENT_PAGE,
                    SEARCH_PAGE,
                    DONE,
                    DEVICE_PAGE,
                    CODE,
                    INVITE_PAGE,
                    KIND_NOT_SET ->
                    parts.requests().onAnswer(frame);
        }
    }

    private void pong(Ping ping) {
        parts.uplink()
                .send(
                        ClientFrame.newBuilder()
                                .setPong(Pong.newBuilder().setToken(ping.getToken()))
                                .build());
    }

    private void onError(ServerFrame frame) throws MalformedFrameException {
        Error error = frame.getError();
        if (!error.getClientMsgId().isEmpty()) {
            posts.onRefused(
                    WireDecoding.messageId(error.getClientMsgId()),
                    frame.getRequestId(),
                    Refused.of(error));
        } else if (!parts.requests().onAnswer(frame) && !Refused.of(error).retryable()) {
            // One that may be retried is about a ping or a typing notice, which come again by
            // themselves.
            ErrorCode code = WireDecoding.errorCode(error.getCode());
            parts.ear().tell(new SessionEvent.ErrorReported(code, error.getText()));
        }
    }

    private void onPostStored(PostStored stored) throws MalformedFrameException {
        posts.onStored(
                WireDecoding.messageId(stored.getClientMsgId()),
                WireDecoding.id("post_stored.seq", stored.getSeq()),
                stored.getTimeMs());
    }

    private void onPresence(Presence presence) throws MalformedFrameException {
        Optional<Long> roomId = rooms.enteredLocalId(presence.getRoomId());
        List<PresenceChange> changes = new ArrayList<>();
        boolean incomplete = presence.getIncomplete();
        for (var wire : presence.getChangesList()) {
            Optional<PresenceChange> change = WireDecoding.presenceChange(wire);
            change.ifPresent(changes::add);
            change.ifPresent(known -> standing.onPerson(known.person()));
            incomplete |= change.isEmpty();
        }
        if (roomId.isPresent()) {
            int online = WireDecoding.people(presence.getOnline());
            parts.ear()
                    .tell(
                            new SessionEvent.PresenceChanged(
                                    roomId.get(), online, changes, incomplete));
        }
    }

    private void onTypingNotice(TypingNotice notice) throws MalformedFrameException {
        Optional<Long> roomId = rooms.enteredLocalId(notice.getRoomId());
        List<UserName> others = new ArrayList<>();
        for (var wire : notice.getPeopleList()) {
            Person person = WireDecoding.person(wire);
            if (person.userId() != standing.selfId()) {
                others.add(person.name());
            }
        }
        roomId.ifPresent(id -> parts.ear().tell(new SessionEvent.TypingChanged(id, others)));
    }

    @Override
    public void onArrived(RoomEvent event) {
        if (event.senderId() == standing.selfId()) {
            posts.onStored(event.id(), event.seq(), event.timeMillis());
        }
    }

    @Override
    public void onNext(RoomEvent event) {
        Optional<EnteredRoom> room = rooms.find(event.roomId());
        room.ifPresent(entered -> {
            cache.onEvent(entered, event);
            markers.onEvent(entered, event, standing.selfId());
        });
        boolean own = event.senderId() == standing.selfId();
        parts.ear().tell(new SessionEvent.EventReceived(event, own));
        room.ifPresent(entered -> rooms.onDelivered(entered, event));
    }

    @Override
    public void onEntered(EnteredRoom room, boolean invalid) {
        cache.onEntered(room, invalid);
        posts.onEntered(room.localId());
        markers.onEntered(room, invalid);
    }

    @Override
    public void onInfo(EnteredRoom room) {
        cache.onInfo(room);
    }

    @Override
    public void onLeft(long roomId) {
        cache.onLeft(roomId);
        markers.onLeft(roomId);
    }

    @Override
    public void onGate() {
        posts.pump();
    }

    @Override
    public void onPutOffEnded() {
        posts.onPutOffEnded();
    }
}
