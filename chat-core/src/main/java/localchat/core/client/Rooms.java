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
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.LeaveRoom;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// The rooms this session is in, through every reconnect: entering, resuming, leaving. Belongs to
/// the session thread.
///
/// After a loss each room is resumed by id; when the server's history is another one, a public room
/// is joined by name instead, since ids may differ then. Until every room is entered again or given
/// up, the gate for posts is closed.
final class Rooms implements PostFlow.Gate {
    private final SessionParts parts;
    private final CatchUp catchUp;
    private final Runnable onGate;
    private final RoomIds ids = new RoomIds();
    private final Map<Long, EnteredRoom> entered = new LinkedHashMap<>();
    private final Map<String, RoomName> joining = new LinkedHashMap<>();
    private final Set<Long> reentering = new HashSet<>();
    private Optional<History> history = Optional.empty();

    /// @param onGate told when the gate for posts may have opened
    Rooms(SessionParts parts, CatchUp catchUp, Runnable onGate) {
        this.parts = parts;
        this.catchUp = catchUp;
        this.onGate = onGate;
    }

    /// Enters a room by name, now or once logged in.
    void join(RoomName name) {
        if (joining.put(name.folded(), name) == null && parts.uplink().isOnline()) {
            askToJoin(name);
        }
    }

    /// Leaves a room.
    void leave(long roomId) {
        EnteredRoom room = entered.get(roomId);
        if (room == null || !room.isLive()) {
            forget(roomId);
            return;
        }
        LeaveRoom leave = LeaveRoom.newBuilder().setRoomId(room.wireId()).build();
        parts.requests()
                .ask(
                        ClientFrame.newBuilder().setLeaveRoom(leave),
                        KindCase.ROOM_LEFT,
                        _ -> forget(roomId),
                        _ -> forget(roomId));
    }

    private void forget(long roomId) {
        EnteredRoom room = entered.remove(roomId);
        if (room != null) {
            room.onGone();
        }
        parts.ear().tell(new SessionEvent.RoomLeft(roomId));
        settled(roomId);
    }

    private void askToJoin(RoomName name) {
        parts.requests()
                .ask(
                        joinRoom(name),
                        KindCase.ROOM_ENTERED,
                        frame -> {
                            joining.remove(name.folded());
                            onEntered(frame.getRoomEntered());
                        },
                        refused -> {
                            if (!refused.lost()) {
                                joining.remove(name.folded());
                                tellRefused(name, refused);
                            }
                        });
    }

    private static ClientFrame.Builder joinRoom(RoomName name) {
        return ClientFrame.newBuilder().setJoinRoom(JoinRoom.newBuilder().setName(name.value()));
    }

    private void tellRefused(RoomName name, Refused refused) {
        parts.ear()
                .tell(new SessionEvent.RoomRefused(name.value(), refused.code(), refused.text()));
    }

    /// Logged in: enters every room again, then those still to be joined.
    void onConnected(History now) {
        if (!history.equals(Optional.of(now))) {
            ids.forgetServer();
        }
        history = Optional.of(now);
        reentering.addAll(entered.keySet());
        for (EnteredRoom room : List.copyOf(entered.values())) {
            if (room.history().equals(now) || room.info().kind() != RoomKind.PUBLIC) {
                resume(room);
            } else {
                rejoin(room);
            }
        }
        List.copyOf(joining.values()).forEach(this::askToJoin);
        onGate.run();
    }

    /// The connection is lost.
    void onLost() {
        reentering.clear();
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
        if (isGone && room.info().kind() == RoomKind.PUBLIC && isEntered(room)) {
            rejoin(room);
        } else {
            onReentryRefused(room, refused, () -> resume(room));
        }
    }

    private void rejoin(EnteredRoom room) {
        parts.requests()
                .ask(
                        joinRoom(room.info().name()),
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
        } else {
            tellRefused(room.info().name(), refused);
            forget(room.localId());
        }
    }

    private boolean isEntered(EnteredRoom room) {
        return entered.get(room.localId()) == room;
    }

    /// A room was entered: asked for by name, or by the server itself.
    void onEntered(RoomEntered wire) throws MalformedFrameException {
        RoomInfo info = localised(wire.getRoom());
        EnteredRoom known = entered.get(info.roomId());
        if (known != null) {
            continueIn(known, info, wire);
            return;
        }
        long wireId = wire.getRoom().getRoomId();
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
        } else if (!joining.containsKey(room.info().name().folded())) {
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
        if (cacheInvalid) {
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
        long nextSeq = room.track().lastSeq() + 1;
        parts.ear().tell(new SessionEvent.RoomEntered(info, nextSeq, again, cacheInvalid));
        catchUp.fetchGap(room);
        settled(room.localId());
    }

    private void settled(long roomId) {
        if (reentering.remove(roomId)) {
            onGate.run();
        }
    }

    /// The server took the user out of a room.
    void onLeft(long wireId) {
        ids.boundLocalOf(wireId).filter(entered::containsKey).ifPresent(this::forget);
    }

    /// A room's data changed, or a room is new.
    void onChanged(Room wire) throws MalformedFrameException {
        RoomInfo info = localised(wire);
        EnteredRoom room = entered.get(info.roomId());
        if (room != null) {
            room.setInfo(info);
        }
        parts.ear().tell(new SessionEvent.RoomChanged(info));
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

    /// What the user has read of a room, here or on another device.
    void onReadMarker(ReadMarker wire) throws MalformedFrameException {
        Optional<Long> roomId = enteredLocalId(wire.getRoomId());
        if (roomId.isPresent()) {
            parts.ear()
                    .tell(
                            new SessionEvent.ReadMarkerMoved(
                                    roomId.get(),
                                    WireDecoding.count("read_marker.seq", wire.getSeq()),
                                    WireDecoding.people(wire.getUnread()),
                                    WireDecoding.people(wire.getMentions())));
        }
    }

    @Override
    public boolean isOpen() {
        return reentering.isEmpty();
    }

    @Override
    public Optional<Long> enteredWireId(long roomId) {
        return Optional.ofNullable(entered.get(roomId))
                .filter(EnteredRoom::isLive)
                .map(EnteredRoom::wireId);
    }
}
