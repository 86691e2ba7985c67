package localchat.server.session;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.Goodbye;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;

/// Holds what a server says to one client to what PROTOCOL.md promises to every client: events of a
/// room without hole or double from the entry on, the number of people always right, nothing behind
/// the goodbye.
final class Hearer {
    /// What a client may be told that breaks the rules, is slow, or silent.
    private static final Set<CloseReason> FAIR =
            EnumSet.of(
                    CloseReason.FRAME_TOO_LARGE,
                    CloseReason.FRAME_EMPTY,
                    CloseReason.FRAME_MALFORMED,
                    CloseReason.FRAME_TIMEOUT,
                    CloseReason.LOGIN_TIMEOUT,
                    CloseReason.WRONG_STATE,
                    CloseReason.LOGIN_REFUSED,
                    CloseReason.UPGRADE_REQUIRED_CLOSE,
                    CloseReason.PEER_SILENT,
                    CloseReason.SLOW_READER,
                    CloseReason.ANSWERS_FULL);

    private final TurnPeer peer;
    private final Map<Long, Long> nextSeqs = new HashMap<>();
    private final Map<Long, Integer> online = new HashMap<>();
    private Optional<Goodbye> goodbye = Optional.empty();
    private long events;

    Hearer(TurnPeer peer) {
        this.peer = peer;
    }

    /// Hears what came since the last call.
    ///
    /// @throws AssertionError when the server breaks a promise
    void hear() {
        List<ServerFrame> frames = peer.hear();
        for (ServerFrame frame : frames) {
            require(goodbye.isEmpty(), "something behind the goodbye", frame);
            switch (frame.getKindCase()) {
                case EVENT -> onEvent(frame.getEvent());
                case ROOM_ENTERED ->
                        nextSeqs.put(
                                frame.getRoomEntered().getRoom().getRoomId(),
                                frame.getRoomEntered().getNextSeq());
                case ROOM_LEFT -> nextSeqs.remove(frame.getRoomLeft().getRoomId());
                case PRESENCE ->
                        online.put(
                                frame.getPresence().getRoomId(), frame.getPresence().getOnline());
                case GOODBYE -> goodbye = Optional.of(frame.getGoodbye());
                case KIND_NOT_SET -> require(false, "a frame of no kind", frame);
                default -> {}
            }
        }
        goodbye.ifPresent(said ->
                require(FAIR.contains(said.getReason()), "an end for which nobody asked", said));
    }

    private void onEvent(Event event) {
        Long next = nextSeqs.put(event.getRoomId(), event.getSeq() + 1);
        require(next != null, "an event of a room not entered", event);
        require(next != null && next == event.getSeq(), "not the seq " + next, event);
        events++;
    }

    /// How many people the server last said are in this room.
    int online(long roomId) {
        return online.getOrDefault(roomId, 0);
    }

    /// The seq that comes next in this room.
    long nextSeq(long roomId) {
        return nextSeqs.getOrDefault(roomId, 0L);
    }

    /// Events heard, of all rooms.
    long events() {
        return events;
    }

    private static void require(boolean kept, String what, Object heard) {
        if (!kept) {
            throw new AssertionError(what + ": " + heard);
        }
    }
}
