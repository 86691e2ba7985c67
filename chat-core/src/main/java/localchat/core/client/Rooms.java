package localchat.core.client;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localchat.core.client.Admission.History;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.LeaveRoom;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.ServerFrame.KindCase;
import localchat.core.store.OutboxFile;
import org.jspecify.annotations.Nullable;

/// The rooms this session is in, through every reconnect: entering, resuming, leaving. Belongs to
/// the session thread.
///
/// After a loss each room is resumed by id; when the server's history is another one, a public room
/// is joined by name instead, since ids may differ then. Until every room is entered again or given
/// up, the gate for posts is closed. Rooms of an earlier run are rooms of before a loss.
///
/// Private rooms and direct messages that the user belongs to are entered by themselves, but for
/// those that the front end left on this connection.
final class Rooms implements PostFlow.Gate {
    /// A room new to this session is read from its start when it has up to so many events, else
    /// from its end: then its past is fetched by pages when it is looked at. Reason: one page.
    private static final long READ_FROM_START_EVENTS = 100;

    /// Rooms that this session goes into without being told to by the front end, where the server
    /// sets no lower limit. Reason: ten times what a server allows; one that makes up rooms without
    /// end must not fill memory and disk.
    static final int ROOMS_MAX = 1_000;

    /// Who hears what happens to rooms, before the front end does.
    interface Owner {
        /// A room was entered.
        ///
        /// @param invalid what was known of its past is not true any more
        void onEntered(EnteredRoom room, boolean invalid);

        /// A room's data changed.
        void onInfo(EnteredRoom room);

        /// A room was left for good.
        void onLeft(long roomId);

        /// The gate for posts may have opened.
        void onGate();

        /// A room that was put off is entered or given up.
        void onPutOffEnded();
    }

    private final SessionParts parts;
    private final CatchUp catchUp;
    private final Owner owner;
    private final RoomIds ids = new RoomIds();
    private final Map<Long, EnteredRoom> entered = new LinkedHashMap<>();
    private final Joins joins;
    private final Set<Long> reentering = new HashSet<>();

    /// Rooms that are tried again after a pause, because the server was busy.
    private final Set<Long> putOff = new HashSet<>();

    /// Private rooms and direct messages that were left on this connection, by the server's id.
    private final Map<Long, EnteredRoom> closed = new LinkedHashMap<>();

    private Optional<History> history = Optional.empty();
    private int roomsMax = ROOMS_MAX;

    Rooms(SessionParts parts, CatchUp catchUp, Owner owner) {
        this.parts = parts;
        this.catchUp = catchUp;
        this.owner = owner;
        this.joins = new Joins(parts, this);
    }

    /// The front end's id for a room of an earlier run.
    long takeId(long formerWireId) {
        return ids.take(formerWireId);
    }

    /// A room that an earlier run left is entered again with the next login.
    void restore(EnteredRoom room) {
        entered.put(room.localId(), room);
    }

    /// A room this session is in or goes back to.
    Optional<EnteredRoom> find(long roomId) {
        return Optional.ofNullable(entered.get(roomId));
    }

    /// The rooms this session is in or goes back to.
    List<EnteredRoom> all() {
        return List.copyOf(entered.values());
    }

    /// Enters the public room of a name, now or once logged in; or a private one of that name which
    /// was left on this connection.
    void join(RoomName name) {
        Optional<EnteredRoom> left =
                closed.values().stream()
                        .filter(room -> room.info().kind() == RoomKind.PRIVATE)
                        .filter(room -> room.isNamed(name))
                        .findFirst();
        if (left.isPresent() && !joins.isLive(name)) {
            closed.remove(left.get().wireId());
            entered.put(left.get().localId(), left.get());
            resume(left.get());
        } else {
            joins.want(name);
        }
    }

    /// Whether a room of before a loss is still to be entered again.
    boolean isReentering(EnteredRoom room) {
        return reentering.contains(room.localId()) || putOff.contains(room.localId());
    }

    /// Leaves a room.
    void leave(long roomId) {
        EnteredRoom room = entered.get(roomId);
        if (room == null || !room.isLive()) {
            forget(roomId, isPrivate(room) ? Parting.FOR_NOW : Parting.FOR_GOOD);
            return;
        }
        Parting parting = isPrivate(room) ? Parting.FOR_NOW : Parting.FOR_GOOD;
        if (isPrivate(room)) {
            closed.put(room.wireId(), room);
        }
        LeaveRoom leave = LeaveRoom.newBuilder().setRoomId(room.wireId()).build();
        parts.requests()
                .ask(
                        ClientFrame.newBuilder().setLeaveRoom(leave),
                        KindCase.ROOM_LEFT,
                        _ -> forget(roomId, parting),
                        _ -> forget(roomId, parting));
    }

    private static boolean isPrivate(@Nullable EnteredRoom room) {
        return room != null && room.info().kind() != RoomKind.PUBLIC;
    }

    /// Whether a room that is left comes back with the next connection or run.
    private enum Parting {
        FOR_NOW,
        FOR_GOOD
    }

    private void forget(long roomId, Parting parting) {
        forget(roomId, parting, false);
    }

    private void forget(long roomId, Parting parting, boolean removed) {
        EnteredRoom room = entered.remove(roomId);
        if (room != null) {
            room.onGone();
        }
        if (parting == Parting.FOR_GOOD) {
            owner.onLeft(roomId);
        }
        parts.ear().tell(new SessionEvent.RoomLeft(roomId, removed));
        settled(roomId);
    }

    /// The server is another one than before: only what was entered by name can be found there.
    void onOtherServer() {
        for (EnteredRoom room : all()) {
            if (isPrivate(room) || room.isNew()) {
                forget(room.localId(), Parting.FOR_NOW);
            }
        }
    }

    /// A room of the server before has the name of one of this server: it cannot be both.
    void giveWayTo(EnteredRoom restored) {
        for (EnteredRoom room : all()) {
            if (room.isNamed(restored.info().name()) && !isPrivate(room) && !isPrivate(restored)) {
                forget(room.localId(), Parting.FOR_NOW);
            }
        }
    }

    /// Logged in: enters every room again, then those the user belongs to and those still to be
    /// joined.
    void onConnected(Admission admission) throws MalformedFrameException {
        History now = admission.history();
        if (!history.equals(Optional.of(now))) {
            ids.forgetServer();
        }
        history = Optional.of(now);
        int serverMax = admission.limits().getRoomsPerSessionMax();
        roomsMax = serverMax <= 0 ? ROOMS_MAX : Math.min(serverMax, ROOMS_MAX);
        reentering.addAll(entered.keySet());
        for (EnteredRoom room : all()) {
            enterAgain(room, admission);
        }
        for (Room own : admission.rooms()) {
            enterOwn(own);
        }
        joins.goOn();
        owner.onGate();
    }

    private void enterAgain(EnteredRoom room, Admission admission) {
        boolean sameHistory = room.history().equals(admission.history());
        if (sameHistory) {
            ids.bind(room.wireId(), room.localId());
        }
        if (isPrivate(room)) {
            if (room.isBlank()) {
                admission.rooms().stream()
                        .filter(own -> own.getRoomId() == room.wireId())
                        .forEach(own -> room.track().restartAt(seqBeforeFirst(own)));
            }
            resume(room);
        } else if (sameHistory && !room.isBlank()) {
            resume(room);
        } else {
            rejoin(room);
        }
    }

    /// Enters a private room or direct messages that the user belongs to, unless this session is
    /// there, was told to leave, or is in as many rooms as the server allows.
    private void enterOwn(Room wire) throws MalformedFrameException {
        RoomInfo info = WireDecoding.room(wire);
        long wireId = info.roomId();
        boolean isHere =
                all().stream().anyMatch(room -> isPrivate(room) && room.wireId() == wireId);
        boolean isFull = entered.size() >= roomsMax;
        if (info.kind() == RoomKind.PUBLIC || isHere || isFull || closed.containsKey(wireId)) {
            return;
        }
        EnteredRoom room =
                new EnteredRoom(wireId, info.withId(ids.localOf(wireId)), history.orElseThrow());
        room.track().restartAt(seqBeforeFirst(wire));
        ids.bind(wireId, room.localId());
        entered.put(room.localId(), room);
        resume(room);
    }

    private static long seqBeforeFirst(Room wire) {
        return wire.getHeadSeq() <= READ_FROM_START_EVENTS ? 0 : wire.getHeadSeq();
    }

    /// The connection is lost.
    void onLost() {
        reentering.clear();
        putOff.clear();
        joins.onLost();
        closed.clear();
        entered.values().forEach(EnteredRoom::onGone);
    }

    private void resume(EnteredRoom room) {
        Resume resume =
                Resume.newBuilder()
                        .setRoomId(room.wireId())
                        .setEpoch(ByteString.copyFrom(room.history().epoch().bytes()))
                        .setAfterSeq(room.track().lastSeq())
                        .build();
        parts.requests()
                .ask(
                        ClientFrame.newBuilder().setResume(resume),
                        KindCase.ROOM_ENTERED,
                        frame -> onReentered(room, frame.getRoomEntered()),
                        refused -> onResumeRefused(room, refused));
    }

    private void onResumeRefused(EnteredRoom room, Refused refused) {
        boolean isGone =
                refused.code() == ErrorCode.NOT_FOUND || refused.code() == ErrorCode.NOT_IN_ROOM;
        if (isGone && !isPrivate(room) && isEntered(room)) {
            rejoin(room);
        } else {
            onReentryRefused(room, refused, () -> resume(room));
        }
    }

    private void rejoin(EnteredRoom room) {
        parts.requests()
                .ask(
                        Joins.request(room.info().name()),
                        KindCase.ROOM_ENTERED,
                        frame -> onReentered(room, frame.getRoomEntered()),
                        refused -> onReentryRefused(room, refused, () -> rejoin(room)));
    }

    private void onReentryRefused(EnteredRoom room, Refused refused, Runnable again) {
        if (refused.lost() || !isEntered(room)) {
            return;
        }
        if (refused.retryable()) {
            room.retry(parts.timers(), refused, again);
            if (reentering.remove(room.localId())) {
                putOff.add(room.localId());
                owner.onGate();
            }
            return;
        }
        joins.tellRefused(room.info(), refused);
        boolean isGone =
                switch (refused.code()) {
                    case NOT_FOUND, NOT_IN_ROOM, FORBIDDEN -> true;
                    default -> false;
                };
        forget(room.localId(), isGone ? Parting.FOR_GOOD : Parting.FOR_NOW);
    }

    private boolean isEntered(EnteredRoom room) {
        return entered.get(room.localId()) == room;
    }

    /// The server let the user into a room that was not asked for.
    void onEnteredUnasked(RoomEntered wire) throws MalformedFrameException {
        boolean isKnown = enteredLocalId(wire.getRoom().getRoomId()).isPresent();
        if (isKnown || entered.size() < ROOMS_MAX) {
            onEntered(wire);
        }
    }

    /// A room was entered that was asked for.
    void onEntered(RoomEntered wire) throws MalformedFrameException {
        RoomInfo info = localised(wire.getRoom());
        EnteredRoom known = entered.get(info.roomId());
        if (known != null) {
            continueIn(known, info, wire);
            return;
        }
        long wireId = wire.getRoom().getRoomId();
        closed.remove(wireId);
        EnteredRoom room = new EnteredRoom(wireId, info, history.orElseThrow());
        room.track().restartAt(doneSeq(wire));
        ids.bind(wireId, info.roomId());
        entered.put(info.roomId(), room);
        begin(room, info, wire, false);
    }

    private void onReentered(EnteredRoom room, RoomEntered wire) throws MalformedFrameException {
        long wireId = WireDecoding.id("room.room_id", wire.getRoom().getRoomId());
        if (isEntered(room)) {
            ids.bind(wireId, room.localId());
            continueIn(room, localised(wire.getRoom()), wire);
        } else if (!joins.wants(room.info().name())) {
            // Left while this answer was on its way.
            LeaveRoom leave = LeaveRoom.newBuilder().setRoomId(wireId).build();
            parts.uplink().send(ClientFrame.newBuilder().setLeaveRoom(leave).build());
        }
    }

    private void continueIn(EnteredRoom room, RoomInfo info, RoomEntered wire)
            throws MalformedFrameException {
        RoomTrack track = room.track();
        boolean sameHistory = history.equals(Optional.of(room.history()));
        boolean cacheInvalid =
                switch (wire.getOutcome()) {
                    case ENTERED_LIVE, CONTINUED, CONTINUED_WITH_HOLE -> !sameHistory;
                    case CACHE_INVALID, RESUME_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> true;
                };
        if (cacheInvalid || room.isBlank()) {
            track.restartAt(doneSeq(wire));
        } else if (wire.getOutcome() == ResumeOutcome.CONTINUED_WITH_HOLE) {
            track.restartAt(Math.max(doneSeq(wire), track.lastSeq()));
        } else {
            // What an entry by name skipped is fetched, so that nothing is missed.
            track.expectUpTo(doneSeq(wire));
        }
        begin(room, info, wire, cacheInvalid);
    }

    private static long doneSeq(RoomEntered wire) throws MalformedFrameException {
        return WireDecoding.id("room_entered.next_seq", wire.getNextSeq()) - 1;
    }

    private void begin(EnteredRoom room, RoomInfo info, RoomEntered wire, boolean cacheInvalid) {
        boolean again = !room.isNew();
        room.onEntered(wire.getRoom().getRoomId(), info, history.orElseThrow());
        owner.onEntered(room, cacheInvalid);
        long nextSeq = room.track().lastSeq() + 1;
        parts.ear().tell(new SessionEvent.RoomEntered(info, nextSeq, again, cacheInvalid));
        catchUp.fetchGap(room);
        settled(room.localId());
    }

    private void settled(long roomId) {
        if (reentering.remove(roomId)) {
            joins.goOn();
            owner.onGate();
        } else if (putOff.remove(roomId)) {
            joins.goOn();
            owner.onPutOffEnded();
        }
    }

    /// The server took the user out of a room.
    void onLeft(RoomLeft wire) {
        Optional<EnteredRoom> room = ids.boundLocalOf(wire.getRoomId()).map(entered::get);
        if (room.isPresent()) {
            boolean isRemoved = WireDecoding.errorCode(wire.getReason()) == ErrorCode.FORBIDDEN;
            boolean isGone =
                    switch (wire.getReason()) {
                        case FORBIDDEN, NOT_IN_ROOM -> true;
                        default -> isPrivate(room.get());
                    };
            Parting parting = isGone ? Parting.FOR_GOOD : Parting.FOR_NOW;
            forget(room.get().localId(), parting, isRemoved);
        }
    }

    /// A room's data changed, or a room is new.
    void onChanged(Room wire) throws MalformedFrameException {
        RoomInfo info = localised(wire);
        EnteredRoom room = entered.get(info.roomId());
        if (room != null) {
            room.setInfo(info);
            owner.onInfo(room);
        }
        parts.ear().tell(new SessionEvent.RoomChanged(info));
        enterOwn(wire);
    }

    /// An event was delivered, which may be about its room's data.
    void onDelivered(EnteredRoom room, RoomEvent event) {
        room.apply(event)
                .ifPresent(info -> {
                    owner.onInfo(room);
                    parts.ear().tell(new SessionEvent.RoomChanged(info));
                });
    }

    /// An event of a room's log.
    void onEvent(Event wire) throws MalformedFrameException {
        long wireId = WireDecoding.id("event.room_id", wire.getRoomId());
        Optional<EnteredRoom> room = ids.boundLocalOf(wireId).map(entered::get);
        if (room.isPresent() && room.get().isLive()) {
            catchUp.take(room.get(), List.of(wire));
        }
    }

    /// The front end's id of an entered room that the server names.
    Optional<Long> enteredLocalId(long wireId) {
        return ids.boundLocalOf(wireId).filter(entered::containsKey);
    }

    /// The server's id of a room that the front end names, if the server named it on this history.
    Optional<Long> wireIdOf(long roomId) {
        return ids.wireOf(roomId);
    }

    /// A room as the front end knows it.
    RoomInfo localised(Room wire) throws MalformedFrameException {
        RoomInfo info = WireDecoding.room(wire);
        return info.withId(ids.localOf(info.roomId()));
    }

    /// Where posts to a room go now, if this session is in it or goes back to it.
    Optional<OutboxFile.Room> placeOf(long roomId) {
        return find(roomId)
                .map(room ->
                        new OutboxFile.Room(
                                room.history().epoch(),
                                room.wireId(),
                                room.info().name().value(),
                                room.info().kind()));
    }

    @Override
    public boolean isOpen() {
        return reentering.isEmpty();
    }

    @Override
    public boolean isPutOff(long roomId) {
        return putOff.contains(roomId);
    }

    @Override
    public Optional<Long> enteredWireId(long roomId) {
        return Optional.ofNullable(entered.get(roomId))
                .filter(EnteredRoom::isLive)
                .map(EnteredRoom::wireId);
    }
}
