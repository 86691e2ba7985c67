package localchat.server.oracle;

import localchat.core.model.Id128;
import localchat.core.model.MessageId;

/// One line of a client's [Journal].
public sealed interface Entry {
    /// The client wants this stored, and has it in its outbox. A post sent again needs no further
    /// entry; the first one counts.
    ///
    /// @param bodyHash of [BodyHash]
    /// @param dependent whether it needs more than a sender who is in the room: a message that it
    ///   is about, or a right. When such a post is refused for good and the connection lost before
    ///   the client hears of it, it may be allowed when it is sent again, behind what was sent
    ///   after it
    record Sent(MessageId id, long roomId, long bodyHash, boolean dependent) implements Entry {}

    /// The client was told that its post is stored.
    record Acknowledged(MessageId id, long roomId, long seq) implements Entry {}

    /// The client received an event, live, caught up or fetched.
    ///
    /// @param bodyHash of [BodyHash]
    record Received(long roomId, long seq, MessageId id, long bodyHash) implements Entry {}

    /// What follows was said by a server with this epoch.
    record Epoch(Id128 epoch) implements Entry {}
}
