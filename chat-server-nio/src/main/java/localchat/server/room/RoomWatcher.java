package localchat.server.room;

import localchat.core.model.EventBody;

/// Hears of events that change more than a room's log: what its list shows of it, or who may be in
/// it. Called on the loop thread, after the room has taken the event in.
public interface RoomWatcher {
    /// The room's topic, name, settings or membership changed.
    ///
    /// @param ownerBefore user id of whom it belonged to before
    void onListedChange(Room room, EventBody body, long ownerBefore);

    /// The first event of a direct message, or of the audit room, was stored.
    void onBegun(Room room);
}
