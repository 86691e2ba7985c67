package localchat.server.storage;

import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;

/// What stands in the log where something was taken back or has expired.
final class Tombstones {
    private Tombstones() {}

    /// The same event without what it said.
    static RoomEvent of(RoomEvent event, EventBody.Tombstone tombstone) {
        return new RoomEvent(
                event.roomId(),
                event.seq(),
                event.timeMillis(),
                event.senderId(),
                event.senderName(),
                event.id(),
                tombstone);
    }
}
