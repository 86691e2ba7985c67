package localchat.core.model;

import java.util.List;

/// Who reacted to a message with one emoji.
///
/// @param userIds some of them, in the order in which they did
/// @param count all of them
public record ReactionTally(Emoji emoji, List<Long> userIds, int count) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException when `count` is less than the people named
    public ReactionTally {
        userIds = List.copyOf(userIds);
        if (count < userIds.size()) {
            throw new IllegalArgumentException(
                    "%d people reacted, not %d".formatted(userIds.size(), count));
        }
    }
}
