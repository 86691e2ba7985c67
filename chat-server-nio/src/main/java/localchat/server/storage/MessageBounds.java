package localchat.server.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ReactionTally;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomRules.Refusal;
import localchat.server.room.RoomRules.Sender;
import localchat.server.room.RoomState;

/// How much may happen to one message, so that a page of history costs what its messages cost. Part
/// of the decision in log order, after [RoomRules]. Pure functions.
final class MessageBounds {
    /// People named with one reaction on a page; the others are counted. Reason: 64 reactions with
    /// so many each are 16 KiB of a page's 64.
    static final int PEOPLE_NAMED = 50;

    private MessageBounds() {}

    /// A room's messages, as far as decisions need them.
    interface Book extends RoomRules.Targets {
        /// How often a message was edited.
        int edits(long seq);

        /// How many different reactions there are to a message, this one not counted.
        int otherReactions(long seq, Emoji emoji);
    }

    /// Decides whether something may come next in a room's log.
    static Optional<Refusal> judge(RoomState state, Sender sender, EventBody body, Book book) {
        Optional<Refusal> refusal = RoomRules.judge(state, sender, body, book);
        return refusal.isPresent() ? refusal : judge(body, book);
    }

    private static Optional<Refusal> judge(EventBody body, Book book) {
        return switch (body) {
            case EventBody.Edit edit when book.edits(edit.targetSeq()) >= RoomRules.EDITS_MAX ->
                    forbid("the message was edited " + RoomRules.EDITS_MAX + " times already");
            case EventBody.Reaction(long target, Emoji emoji, boolean remove)
                    when !remove && book.otherReactions(target, emoji) >= RoomRules.REACTIONS_MAX ->
                    forbid(
                            "the message has "
                                    + RoomRules.REACTIONS_MAX
                                    + " different reactions already");
            default -> Optional.empty();
        };
    }

    private static Optional<Refusal> forbid(String text) {
        return Optional.of(new Refusal(ErrorCode.FORBIDDEN, text));
    }

    /// A message as a page shows it: at most [#PEOPLE_NAMED] people are named with each reaction.
    static ChatMessage onPage(ChatMessage message) {
        boolean fits =
                message.reactions().stream().allMatch(t -> t.userIds().size() <= PEOPLE_NAMED);
        if (fits) {
            return message;
        }
        List<ReactionTally> cut = new ArrayList<>();
        for (ReactionTally tally : message.reactions()) {
            int named = Math.min(PEOPLE_NAMED, tally.userIds().size());
            cut.add(
                    new ReactionTally(
                            tally.emoji(), tally.userIds().subList(0, named), tally.count()));
        }
        return new ChatMessage(
                message.roomId(),
                message.seq(),
                message.timeMillis(),
                message.senderId(),
                message.senderName(),
                message.id(),
                message.body(),
                message.editedMillis(),
                cut,
                message.pinned());
    }
}
