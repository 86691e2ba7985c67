package localchat.server.room;

import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.UserName;

/// What somebody wants to stand in a room's log.
///
/// @param senderName the sender's name at this moment; becomes part of the event
/// @param standing the sender's at this moment: the loop hands over posts and decides about people
///   in one order, so at this moment is in the log's order
/// @param device the sender's device; (senderId, device, id) is unique for ever
/// @param requestId the request that brought it, for the answer to its author
/// @param flight the flight it was sent in; see PROTOCOL.md, "Flights"
/// @param author hears how it was decided
public record LogPost(
        long roomId,
        long senderId,
        UserName senderName,
        Standing standing,
        Digest32 device,
        MessageId id,
        EventBody body,
        long requestId,
        long flight,
        PostAuthor author) {
    /// Who wants it.
    public RoomRules.Sender sender() {
        return new RoomRules.Sender(senderId, standing);
    }
}
