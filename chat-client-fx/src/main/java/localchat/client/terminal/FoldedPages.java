package localchat.client.terminal;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// Remembers which pages of history were shown and what had been folded into them, to tell an edit
/// that is in a page already from one that came after it. Pure.
final class FoldedPages {
    private final TreeMap<Long, Long> trueAsOfByEnd = new TreeMap<>();
    private long begin = Long.MAX_VALUE;

    /// Messages of a page were shown.
    ///
    /// @param firstSeq of them
    /// @param lastSeq of them; pages come in ascending order
    /// @param trueAsOfSeq what happened up to here is in them
    void shown(long firstSeq, long lastSeq, long trueAsOfSeq) {
        begin = Math.min(begin, firstSeq);
        Map.Entry<Long, Long> last = trueAsOfByEnd.lastEntry();
        if (last != null && last.getValue() == trueAsOfSeq) {
            trueAsOfByEnd.remove(last.getKey());
        }
        trueAsOfByEnd.put(lastSeq, trueAsOfSeq);
    }

    /// Whether an event says something that the pages shown did not.
    boolean isNews(RoomEvent event) {
        OptionalLong target = target(event.body());
        if (target.isEmpty() || target.getAsLong() < begin) {
            return true;
        }
        Map.Entry<Long, Long> page = trueAsOfByEnd.ceilingEntry(target.getAsLong());
        return page == null || page.getValue() < event.seq();
    }

    /// The message that an event changes; empty when it changes none.
    static OptionalLong target(EventBody body) {
        return switch (body) {
            case EventBody.Edit edit -> OptionalLong.of(edit.targetSeq());
            case EventBody.Delete delete -> OptionalLong.of(delete.targetSeq());
            case EventBody.Reaction reaction -> OptionalLong.of(reaction.targetSeq());
            case EventBody.Pin pin -> OptionalLong.of(pin.targetSeq());
            case EventBody.Message _,
                    EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Membership _,
                    EventBody.Settings _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    OptionalLong.empty();
        };
    }
}
