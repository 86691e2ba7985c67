package localchat.core.model;

/// What happened in one entry of a room's log.
public sealed interface EventBody {
    /// Somebody said something.
    ///
    /// @param replyToSeq seq of the message this replies to, 0 for none
    /// @param action true for "/me": the text tells what the sender does
    record Message(MessageText text, long replyToSeq, boolean action) implements EventBody {
        /// @throws IllegalArgumentException when `replyToSeq` is below 0
        public Message {
            if (replyToSeq < 0) {
                throw new IllegalArgumentException(
                        "reply_to_seq is not below 0, not " + replyToSeq);
            }
        }
    }

    /// A kind of event that this version does not show; its place in the sequence counts all the
    /// same.
    record Unknown() implements EventBody {}
}
