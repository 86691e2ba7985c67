package localchat.core.model;

import java.util.ArrayList;
import java.util.List;

/// A message as people read it: with the edits, reactions, pins and the deletion that later events
/// of its room brought folded in.
///
/// @param body an [EventBody.Message] with the newest text, an [EventBody.Tombstone], or
///   [EventBody.Unknown] from a server that is newer
/// @param editedMillis when it was last edited, milliseconds since 1970-01-01T00:00:00Z; 0: never
/// @param reactions in the order in which their first one came
public record ChatMessage(
        long roomId,
        long seq,
        long timeMillis,
        long senderId,
        UserName senderName,
        MessageId id,
        EventBody body,
        long editedMillis,
        List<ReactionTally> reactions,
        boolean pinned) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException when `body` is of another kind than those above
    public ChatMessage {
        reactions = List.copyOf(reactions);
        switch (body) {
            case EventBody.Message _, EventBody.Tombstone _, EventBody.Unknown _ -> {}
            default -> throw new IllegalArgumentException("no body of a message: " + body);
        }
    }

    /// Whether an event stands for something people read as a message of its own.
    public static boolean isMessage(RoomEvent event) {
        return event.body() instanceof EventBody.Message
                || event.body() instanceof EventBody.Tombstone;
    }

    /// The message that an event brought, before anything happened to it.
    ///
    /// @throws IllegalArgumentException when its body is none that a message has
    public static ChatMessage of(RoomEvent event) {
        return new ChatMessage(
                event.roomId(),
                event.seq(),
                event.timeMillis(),
                event.senderId(),
                event.senderName(),
                event.id(),
                event.body(),
                0,
                List.of(),
                false);
    }

    /// This message after a later event of its room: itself when the event does not concern it.
    /// Folding in the same event twice gives the same as once.
    public ChatMessage after(RoomEvent event) {
        return switch (event.body()) {
            case EventBody.Edit(long target, MessageText text) when target == seq ->
                    edited(text, event.timeMillis());
            case EventBody.Delete(long target) when target == seq ->
                    gone(new EventBody.Tombstone(TombstoneCause.DELETED, event.senderId()));
            case EventBody.Reaction(long target, Emoji emoji, boolean remove) when target == seq ->
                    isGone() ? this : reacted(event.senderId(), emoji, remove);
            case EventBody.Pin(long target, boolean unpin) when target == seq ->
                    isGone() ? this : pinned(!unpin);
            default -> this;
        };
    }

    /// Whether nothing but a tombstone is left of it.
    public boolean isGone() {
        return body instanceof EventBody.Tombstone;
    }

    /// With a tombstone in place of all that was said and added.
    public ChatMessage gone(EventBody.Tombstone tombstone) {
        return isGone() ? this : with(tombstone, 0, List.of(), false);
    }

    /// With another text; itself when there is no text to be edited.
    public ChatMessage edited(MessageText text, long atMillis) {
        return body instanceof EventBody.Message(_, long reply, boolean action, List<Long> mentions)
                ? with(
                        new EventBody.Message(text, reply, action, mentions),
                        atMillis,
                        reactions,
                        pinned)
                : this;
    }

    private ChatMessage pinned(boolean now) {
        return with(body, editedMillis, reactions, now);
    }

    private ChatMessage reacted(long userId, Emoji emoji, boolean remove) {
        List<ReactionTally> changed = new ArrayList<>();
        boolean found = false;
        for (ReactionTally tally : reactions) {
            if (tally.emoji().equals(emoji)) {
                found = true;
                ReactionTally now = remove ? without(tally, userId) : with(tally, userId);
                if (now.count() > 0) {
                    changed.add(now);
                }
            } else {
                changed.add(tally);
            }
        }
        if (!found && !remove) {
            changed.add(new ReactionTally(emoji, List.of(userId), 1));
        }
        return with(body, editedMillis, changed, pinned);
    }

    private static ReactionTally with(ReactionTally tally, long userId) {
        if (tally.userIds().contains(userId)) {
            return tally;
        }
        List<Long> people = new ArrayList<>(tally.userIds());
        people.add(userId);
        return new ReactionTally(tally.emoji(), people, tally.count() + 1);
    }

    private static ReactionTally without(ReactionTally tally, long userId) {
        List<Long> people = new ArrayList<>(tally.userIds());
        // One who is not named here may be among those that were cut.
        boolean named = people.remove((Object) userId);
        boolean cut = tally.count() > tally.userIds().size();
        return named || cut ? new ReactionTally(tally.emoji(), people, tally.count() - 1) : tally;
    }

    private ChatMessage with(
            EventBody now, long editedAt, List<ReactionTally> reacted, boolean isPinned) {
        return new ChatMessage(
                roomId,
                seq,
                timeMillis,
                senderId,
                senderName,
                id,
                now,
                editedAt,
                reacted,
                isPinned);
    }
}
