package localchat.server.storage;

import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
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

    /// Something changes of people and what was decided about them.
    sealed interface Account extends Note {
        /// Counts the changes: higher than those of all that came before.
        long number();
    }

    /// It is kept from now on, or in the place of the one with the same key.
    record Kept(long number, AccountRecord record) implements Account {}

    /// It is kept no more.
    record Gone(long number, AccountKey key) implements Account {}

    /// The code that makes the first administrator, until it was used.
    record AdminCode(long number, Optional<Digest32> hash) implements Account {}
}
