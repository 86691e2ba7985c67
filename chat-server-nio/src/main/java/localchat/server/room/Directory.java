package localchat.server.room;

import java.util.List;
import java.util.function.Consumer;
import localchat.core.model.UserName;

/// The port to where rooms, people and read markers are kept. All methods are called on the loop
/// thread and return at once; answers come on the loop thread.
///
/// What is put in is written with the next commit, before any post that was offered after it. A
/// room or person that a crash takes away before that had no events, and its id is never given
/// again.
public interface Directory {
    /// A room.
    ///
    /// @param state as of `headSeq`; belongs to whoever is handed it
    /// @param lastEventMillis when its newest event was stored, milliseconds since
    ///   1970-01-01T00:00:00Z; 0 without events
    record KeptRoom(long roomId, RoomState state, long headSeq, long lastEventMillis) {}

    /// A person.
    record KeptPerson(long userId, UserName name) {}

    /// All rooms that are kept, once, at the start.
    List<KeptRoom> rooms();

    /// All people that are kept, once, at the start.
    List<KeptPerson> people();

    /// Whether [#newRoomId] has one to give: not for a while after many were given, and not while
    /// nothing can be stored.
    boolean hasRoomId();

    /// Whether [#newUserId] has one to give; see [#hasRoomId].
    boolean hasUserId();

    /// An id that no room ever had.
    ///
    /// @throws IllegalStateException when not [#hasRoomId]
    long newRoomId();

    /// An id that no person ever had.
    ///
    /// @throws IllegalStateException when not [#hasUserId]
    long newUserId();

    /// A room was made. It has no events.
    ///
    /// @param initial is copied
    void addRoom(long roomId, RoomState initial);

    /// Somebody is here for the first time.
    void addPerson(KeptPerson person);

    /// Somebody has read a room up to this seq. What was read before is never unread again.
    void markRead(long userId, long roomId, long seq);

    /// What somebody has read of a room.
    ///
    /// @param fromStart whether a person without a marker has read nothing (in private rooms),
    ///   rather than has no marker
    void readMarker(long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer);

    /// A read marker and what it leaves.
    ///
    /// @param seq everything up to here was read; 0: nothing
    /// @param unread messages of others after it; counted up to [#UNREAD_MAX]
    /// @param mentions messages after it that mention the person; counted up to [#UNREAD_MAX]
    /// @param exists false for somebody who never marked anything in this room
    record Marker(long seq, int unread, int mentions, boolean exists) {}

    /// Unread messages are counted up to here. Reason: nobody tells more apart, and counting them
    /// costs a millisecond.
    int UNREAD_MAX = 10_000;
}
