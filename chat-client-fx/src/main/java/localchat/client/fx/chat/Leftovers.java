package localchat.client.fx.chat;

import java.util.HashMap;
import java.util.Map;
import localchat.client.fx.chat.ComposerViewModel.Unfinished;

/// What was being written when a session ended by itself: it could not be kept on this device any
/// more, and the next session goes on with it. Belongs to the JavaFX thread.
final class Leftovers {
    private final Map<String, Unfinished> byRoom = new HashMap<>();

    void put(RoomModel room, Unfinished unfinished) {
        byRoom.put(room.lastingId(), unfinished);
    }

    /// Gives a room what is left for it, once.
    ///
    /// @return whether there was something
    boolean giveTo(RoomModel room) {
        Unfinished mine = byRoom.remove(room.lastingId());
        if (mine != null) {
            room.unfinished = mine;
        }
        return mine != null;
    }
}
