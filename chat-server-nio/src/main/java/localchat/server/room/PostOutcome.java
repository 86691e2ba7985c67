package localchat.server.room;

import localchat.core.model.ErrorCode;
import localchat.core.protocol.EncodedFrame;

/// How the log decided about a post.
public sealed interface PostOutcome {
    /// The post this is about.
    LogPost post();

    /// Committed just now.
    ///
    /// @param event carries the event to everyone in the room, encoded once
    record Stored(LogPost post, long seq, long timeMillis, EncodedFrame event)
            implements PostOutcome {}

    /// The same id with the same body had been committed before, as `seq` at `timeMillis`.
    record Duplicate(LogPost post, long seq, long timeMillis) implements PostOutcome {}

    /// Not committed.
    record Refused(LogPost post, ErrorCode code, String text) implements PostOutcome {}
}
