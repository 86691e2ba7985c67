package localchat.client.terminal;

import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// A message to be printed.
///
/// @param timeMillis when the server took it, milliseconds since 1970-01-01T00:00:00Z
/// @param action whether it was said with "/me"
/// @param own whether this user sent it
/// @param history whether it is from before the room was entered
record PrintedMessage(
        RoomName room,
        long seq,
        MessageId id,
        UserName from,
        long timeMillis,
        String text,
        boolean action,
        boolean own,
        boolean history) {
    /// The message of an event.
    static PrintedMessage of(
            RoomName room, RoomEvent event, EventBody.Message body, boolean own, boolean history) {
        return new PrintedMessage(
                room,
                event.seq(),
                event.id(),
                event.senderName(),
                event.timeMillis(),
                body.text().value(),
                body.action(),
                own,
                history);
    }
}
