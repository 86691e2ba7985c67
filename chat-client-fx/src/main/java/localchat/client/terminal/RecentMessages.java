package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// The newest messages of one room as they are now, so that one can be named, quoted and edited.
/// Belongs to the owning thread.
final class RecentMessages {
    /// Messages kept. Reason: nobody answers by hand to older ones, and it is below 1 MiB a room.
    static final int KEPT_MAX = 200;

    private final TreeMap<Long, ChatMessage> bySeq = new TreeMap<>();

    /// Remembers a message, unless it is older than all that are kept.
    void put(ChatMessage message) {
        bySeq.put(message.seq(), message);
        if (bySeq.size() > KEPT_MAX) {
            bySeq.pollFirstEntry();
        }
    }

    /// Something happened that may change one of them.
    void take(RoomEvent event) {
        FoldedPages.target(event.body())
                .ifPresent(target -> bySeq.computeIfPresent(target, (_, old) -> old.after(event)));
    }

    /// The message with this seq, if it is kept.
    Optional<ChatMessage> find(long seq) {
        return Optional.ofNullable(bySeq.get(seq));
    }

    /// The newest that has a text and is of this kind.
    Optional<ChatMessage> newest(Predicate<ChatMessage> which) {
        return bySeq.descendingMap().values().stream()
                .filter(message -> message.body() instanceof EventBody.Message)
                .filter(which)
                .findFirst();
    }

    /// The newest, oldest of them first.
    List<ChatMessage> last(long count) {
        return bySeq.values().stream().skip(Math.max(0, bySeq.size() - count)).toList();
    }

    /// They are the past of another room now.
    void clear() {
        bySeq.clear();
    }
}
