package localchat.core.client;

import java.util.List;
import localchat.core.model.ChatMessage;

/// One page of a room's history.
///
/// @param messages in ascending seq
/// @param trueAsOfSeq what happened up to this seq is folded into them; later events are not
/// @param moreBefore whether there are older ones before the first
/// @param moreAfter whether there are newer ones after the last
public record HistoryMessages(
        long roomId,
        List<ChatMessage> messages,
        long trueAsOfSeq,
        boolean moreBefore,
        boolean moreAfter) {
    /// Copies the list.
    public HistoryMessages {
        messages = List.copyOf(messages);
    }
}
