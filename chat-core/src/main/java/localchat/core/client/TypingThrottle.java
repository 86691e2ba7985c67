package localchat.core.client;

import java.util.HashMap;
import java.util.Map;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Typing;

/// Turns a call for each key into one notice in [#REPEAT_NANOS]. Belongs to the session thread.
final class TypingThrottle {
    /// Shortest time between two notices that somebody goes on typing, in nanoseconds. Reason: the
    /// server forgets after 6 s, so that one lost notice in between does no harm.
    static final long REPEAT_NANOS = 3_000_000_000L;

    private final Uplink uplink;
    private final Clock clock;

    /// Wire ids of rooms in which the server was told that this user types, and when.
    private final Map<Long, Long> toldNanos = new HashMap<>();

    TypingThrottle(Uplink uplink, Clock clock) {
        this.uplink = uplink;
        this.clock = clock;
    }

    /// The user types in this room, or stopped.
    void onTyping(long wireRoomId, boolean active) {
        long now = clock.nanos();
        Long told = toldNanos.get(wireRoomId);
        if (active && (told == null || now - told >= REPEAT_NANOS)) {
            toldNanos.put(wireRoomId, now);
            send(wireRoomId, true);
        } else if (!active && told != null) {
            toldNanos.remove(wireRoomId);
            send(wireRoomId, false);
        }
    }

    /// The connection is lost, and the server forgets.
    void onLost() {
        toldNanos.clear();
    }

    private void send(long wireRoomId, boolean active) {
        uplink.send(
                ClientFrame.newBuilder()
                        .setTyping(Typing.newBuilder().setRoomId(wireRoomId).setActive(active))
                        .build());
    }
}
