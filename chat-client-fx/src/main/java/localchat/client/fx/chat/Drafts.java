package localchat.client.fx.chat;

import java.util.HashMap;
import java.util.Map;
import localchat.core.model.RoomName;

/// Texts begun in rooms of a server and not sent when its session ended, so that a new login finds
/// them. Belongs to the JavaFX thread.
public final class Drafts {
    /// Most texts kept. Reason: more rooms than anybody writes in at once; past it new ones are not
    /// kept.
    static final int ROOMS_MAX = 200;

    private final Map<String, String> texts = new HashMap<>();

    void keep(String room, String text) {
        String key = new RoomName(room).folded();
        if (text.isBlank()) {
            texts.remove(key);
        } else if (texts.size() < ROOMS_MAX || texts.containsKey(key)) {
            texts.put(key, text);
        }
    }

    String take(String room) {
        String text = texts.remove(new RoomName(room).folded());
        return text == null ? "" : text;
    }
}
