package localchat.core.client;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// Public rooms that are to be entered by name. Belongs to the session thread.
///
/// While a room that had the name is being entered again, the name waits: it may be that room's
/// still, or another one's by now.
final class Joins {
    private final SessionParts parts;
    private final Rooms rooms;
    private final Map<String, RoomName> wanted = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    Joins(SessionParts parts, Rooms rooms) {
        this.parts = parts;
        this.rooms = rooms;
    }

    /// Enters a room, now or once logged in.
    void want(RoomName name) {
        boolean isNew = wanted.put(name.folded(), name) == null;
        if (isNew && parts.uplink().isOnline() && !isReentering(name)) {
            ask(name);
        }
    }

    /// Whether a room of this name is still to be entered.
    boolean wants(RoomName name) {
        return wanted.containsKey(name.folded());
    }

    /// Logged in, or a room was entered again or given up.
    void goOn() {
        for (RoomName name : List.copyOf(wanted.values())) {
            if (asked.contains(name.folded()) || isReentering(name)) {
                continue;
            }
            if (isLive(name)) {
                wanted.remove(name.folded());
            } else {
                ask(name);
            }
        }
    }

    /// The connection is lost.
    void onLost() {
        asked.clear();
    }

    private boolean isReentering(RoomName name) {
        return rooms.all().stream()
                .anyMatch(room -> isPublic(room, name) && rooms.isReentering(room));
    }

    /// Whether the public room of this name is entered on this connection.
    boolean isLive(RoomName name) {
        return rooms.all().stream().anyMatch(room -> isPublic(room, name) && room.isLive());
    }

    private static boolean isPublic(EnteredRoom room, RoomName name) {
        return room.info().kind() == RoomKind.PUBLIC && room.isNamed(name);
    }

    private void ask(RoomName name) {
        asked.add(name.folded());
        parts.requests()
                .ask(
                        request(name),
                        KindCase.ROOM_ENTERED,
                        frame -> {
                            done(name);
                            rooms.onEntered(frame.getRoomEntered());
                        },
                        refused -> {
                            if (!refused.lost()) {
                                done(name);
                                tellRefused(name.value(), refused);
                            }
                        });
    }

    private void done(RoomName name) {
        wanted.remove(name.folded());
        asked.remove(name.folded());
    }

    /// Enters a public room by name.
    static ClientFrame.Builder request(RoomName name) {
        return ClientFrame.newBuilder().setJoinRoom(JoinRoom.newBuilder().setName(name.value()));
    }

    private void tellRefused(String name, Refused refused) {
        parts.ear().tell(new SessionEvent.RoomRefused(name, refused.code(), refused.text()));
    }

    /// A room cannot be entered again. Private ones are entered without being asked for: their
    /// names must not be taken for those that are.
    void tellRefused(RoomInfo room, Refused refused) {
        if (room.kind() == RoomKind.PUBLIC) {
            tellRefused(room.name().value(), refused);
            return;
        }
        String text = "the private room " + room.name() + " cannot be entered: " + refused.text();
        parts.ear().tell(new SessionEvent.ErrorReported(refused.code(), text));
    }
}
