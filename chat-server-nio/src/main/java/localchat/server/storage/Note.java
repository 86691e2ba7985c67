package localchat.server.storage;

import localchat.server.room.Directory.KeptPerson;
import localchat.server.room.RoomState;

/// Something to be written that is no post.
sealed interface Note {
    /// A room was made.
    ///
    /// @param initial belongs to the storage thread
    record Room(long roomId, RoomState initial) implements Note {}

    /// Somebody is here for the first time.
    record Newcomer(KeptPerson person) implements Note {}

    /// Ids up to an end may be given away once this is written.
    ///
    /// @param name one of [Meta#NEXT_ROOM_ID] and [Meta#NEXT_USER_ID]
    /// @param end the first id that may not
    /// @param told run on the loop thread once it is written
    record Reservation(String name, long end, Runnable told) implements Note {}
}
