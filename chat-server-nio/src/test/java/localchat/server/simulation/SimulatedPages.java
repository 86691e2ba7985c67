package localchat.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;

/// Pages of messages from a room's events, folded anew each time.
final class SimulatedPages {
    private SimulatedPages() {}

    static Page page(
            Optional<SimulatedStore.Room> room,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax) {
        List<RoomEvent> events = room.map(SimulatedStore.Room::events).orElse(List.of());
        List<ChatMessage> visible =
                folded(events).stream().filter(message -> message.seq() >= visibleFromSeq).toList();
        int from =
                switch (anchor) {
                    case PageAnchor.Before(long seq) ->
                            (seq == 0 ? visible.size() : firstFrom(visible, seq)) - messagesMax;
                    case PageAnchor.After(long seq) -> firstFrom(visible, seq + 1);
                    case PageAnchor.Around(long seq) -> firstFrom(visible, seq) - messagesMax / 2;
                    case PageAnchor.FromTime(long time) ->
                            IntStream.range(0, visible.size())
                                    .filter(i -> visible.get(i).timeMillis() >= time)
                                    .findFirst()
                                    .orElse(visible.size());
                };
        int to = Math.clamp(from + (long) messagesMax, 0, visible.size());
        int first = Math.max(0, from);
        return new Page(
                visible.subList(Math.min(first, to), to),
                events.size(),
                first > 0,
                to < visible.size());
    }

    private static int firstFrom(List<ChatMessage> messages, long seq) {
        OptionalInt found =
                IntStream.range(0, messages.size())
                        .filter(i -> messages.get(i).seq() >= seq)
                        .findFirst();
        return found.orElse(messages.size());
    }

    private static List<ChatMessage> folded(List<RoomEvent> events) {
        TreeMap<Long, ChatMessage> messages = new TreeMap<>();
        for (RoomEvent event : events) {
            if (ChatMessage.isMessage(event)) {
                messages.put(event.seq(), ChatMessage.of(event));
            }
            long target =
                    switch (event.body()) {
                        case EventBody.Edit(long seq, _) -> seq;
                        case EventBody.Delete(long seq) -> seq;
                        case EventBody.Reaction(long seq, _, _) -> seq;
                        case EventBody.Pin(long seq, _) -> seq;
                        default -> 0;
                    };
            messages.computeIfPresent(target, (seq, message) -> message.after(event));
        }
        return new ArrayList<>(messages.values());
    }
}
