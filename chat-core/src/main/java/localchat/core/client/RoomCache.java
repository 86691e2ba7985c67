package localchat.core.client;

import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import localchat.core.model.ChatMessage;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;

/// What is kept of the rooms of one server, so that they can be shown at once and without the
/// server. Rooms are named by the front end's ids. Belongs to the session thread. Losing it costs
/// nothing but time: a cache that fails tells so once and keeps nothing any more.
interface RoomCache {
    /// Newest messages of a room that are told when it is restored.
    int RESTORED_MESSAGES = 100;

    /// A room as an earlier run left it.
    ///
    /// @param wireId the server's id of it in that epoch
    /// @param lastSeq everything up to here was delivered
    /// @param newest see [SessionEvent.RoomRestored]
    record Restored(
            RoomInfo info,
            long wireId,
            Id128 epoch,
            long lastSeq,
            List<ChatMessage> newest,
            boolean moreBefore,
            ReadState reading,
            String draft) {
        /// Copies the list.
        public Restored {
            newest = List.copyOf(newest);
        }
    }

    /// What the user has read of a room.
    ///
    /// @param seq everything up to here, as the server knows
    /// @param unread messages of others after it
    /// @param mentions those of them that mention the user
    /// @param wantedSeq what the server is still to be told; 0: nothing
    record ReadState(long seq, int unread, int mentions, long wantedSeq) {
        static final ReadState NONE = new ReadState(0, 0, 0, 0);
    }

    /// Turns to the rooms of a server, in the order in which they were entered.
    ///
    /// @param localIds makes the front end's id of the server's
    List<Restored> turnTo(Id128 serverId, LongUnaryOperator localIds);

    /// Logged in.
    ///
    /// @param userId who the user is on this server, for telling own messages from others'
    /// @param serverTimeMillis the server's clock, for telling what has expired
    void onConnected(long userId, long serverTimeMillis);

    /// A room was entered: its data are new, and perhaps its history.
    ///
    /// @param invalid what is kept of its messages is not of this history
    void onEntered(EnteredRoom room, boolean invalid);

    /// A room's data changed.
    void onInfo(EnteredRoom room);

    /// The next event of a room was delivered.
    void onEvent(EnteredRoom room, RoomEvent event);

    /// The server sent a page of a room's history.
    void onPage(EnteredRoom room, HistoryAnchor anchor, HistoryMessages page);

    /// A page of history, if everything that belongs on it is kept and up to date.
    Optional<HistoryMessages> complete(EnteredRoom room, HistoryAnchor anchor, int limit);

    /// As much of a page of history as is kept; empty when the room is not.
    Optional<HistoryMessages> known(long roomId, HistoryAnchor anchor, int limit);

    /// What would be unread if everything up to this seq was read, as far as is kept.
    ReadState readingAt(long roomId, long seq);

    void saveReading(long roomId, ReadState reading);

    void saveDraft(long roomId, String text);

    /// A room was left for good: nothing of it is kept.
    void onLeft(long roomId);

    /// Keeps what happened and ends.
    void close();
}
