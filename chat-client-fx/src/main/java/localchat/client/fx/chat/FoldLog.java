package localchat.client.fx.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// The newest events that changed a message, so that a page of history that was written down before
/// them, and came after them, is brought up to date.
final class FoldLog {
    /// Most events kept. Reason: more than come while one page is on its way.
    static final int EVENTS_MAX = 2_000;

    private final Deque<RoomEvent> events = new ArrayDeque<>();

    /// Which message an event changes; 0 for none.
    static long target(EventBody body) {
        return switch (body) {
            case EventBody.Edit(long seq, var _) -> seq;
            case EventBody.Delete(long seq) -> seq;
            case EventBody.Reaction(long seq, var _, var _) -> seq;
            case EventBody.Pin(long seq, var _) -> seq;
            case EventBody.Message _,
                    EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Membership _,
                    EventBody.Settings _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    0;
        };
    }

    void add(RoomEvent event) {
        events.add(event);
        if (events.size() > EVENTS_MAX) {
            events.remove();
        }
    }

    void clear() {
        events.clear();
    }

    /// A message that is true as of `seq`, as it is after what happened since.
    ChatMessage after(ChatMessage message, long seq) {
        ChatMessage now = message;
        if (!knows(seq + 1)) {
            return now;
        }
        for (RoomEvent event : events) {
            if (event.seq() > seq) {
                now = now.after(event);
            }
        }
        return now;
    }

    /// Whether this event is already in here.
    boolean knows(long seq) {
        return !events.isEmpty() && events.getLast().seq() >= seq;
    }
}
