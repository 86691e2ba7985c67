package localchat.core.client;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// The newest edits, deletions, reactions and pins of one room, to be folded into a page that the
/// server made shortly before it sent them. Belongs to the session thread.
final class RecentChanges {
    /// Changes that are remembered. Reason: a page is answered within some milliseconds, a second
    /// at worst; no room changes faster. A page that is older is not kept.
    static final int CHANGES_MAX = 256;

    private final ArrayDeque<RoomEvent> changes = new ArrayDeque<>();
    private long completeAfterSeq;

    /// @param seq nothing is known of what happened up to here
    RecentChanges(long seq) {
        completeAfterSeq = seq;
    }

    /// The next event of the room.
    void onEvent(RoomEvent event) {
        if (target(event).isPresent()) {
            changes.add(event);
            if (changes.size() > CHANGES_MAX) {
                completeAfterSeq = changes.remove().seq();
            }
        }
    }

    /// What happened after this seq is not known.
    void restartAt(long seq) {
        changes.clear();
        completeAfterSeq = seq;
    }

    /// A message that is true as of a seq, after what happened since; empty when not all of that is
    /// known any more.
    Optional<ChatMessage> fold(ChatMessage message, long asOfSeq) {
        if (asOfSeq < completeAfterSeq) {
            return Optional.empty();
        }
        ChatMessage now = message;
        for (RoomEvent change : changes) {
            if (change.seq() > asOfSeq) {
                now = now.after(change);
            }
        }
        return Optional.of(now);
    }

    /// The seq of the message that an event changes.
    static OptionalLong target(RoomEvent event) {
        return switch (event.body()) {
            case EventBody.Edit(long seq, _) -> OptionalLong.of(seq);
            case EventBody.Delete(long seq) -> OptionalLong.of(seq);
            case EventBody.Reaction(long seq, _, _) -> OptionalLong.of(seq);
            case EventBody.Pin(long seq, _) -> OptionalLong.of(seq);
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
