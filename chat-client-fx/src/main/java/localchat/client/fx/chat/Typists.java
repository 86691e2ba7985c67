package localchat.client.fx.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/// Who is typing in which room, for as long as that can be believed: what the server says of it may
/// be left out. Belongs to the JavaFX thread.
final class Typists {
    /// A list is believed for so many turns of about a second. Reason: PROTOCOL.md, section 10.
    static final int TURNS_MAX = 60;

    private final Executor later;
    private final Map<RoomModel, Integer> turns = new HashMap<>();
    private boolean waking;

    /// @param later runs a task on the JavaFX thread about a second later
    Typists(Executor later) {
        this.later = later;
    }

    /// The server said who types.
    void told(RoomModel room, List<String> names) {
        room.setTyping(names);
        if (names.isEmpty()) {
            turns.remove(room);
        } else {
            turns.put(room, 0);
            maybeWake();
        }
    }

    /// Somebody's message came: they have typed it.
    void wrote(RoomModel room, String name) {
        List<String> now = room.typingProperty().get();
        if (now.contains(name)) {
            room.setTyping(now.stream().filter(each -> !each.equals(name)).toList());
        }
    }

    /// Nothing is known of a room any more.
    void forget(RoomModel room) {
        told(room, List.of());
    }

    private void maybeWake() {
        if (!waking) {
            waking = true;
            later.execute(this::turn);
        }
    }

    private void turn() {
        waking = false;
        turns.replaceAll((room, count) -> count + 1);
        List<RoomModel> old =
                turns.entrySet().stream()
                        .filter(entry -> entry.getValue() >= TURNS_MAX)
                        .map(Map.Entry::getKey)
                        .toList();
        old.forEach(this::forget);
        if (!turns.isEmpty()) {
            maybeWake();
        }
    }
}
