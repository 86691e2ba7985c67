package localchat.core.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;

/// A person's presence on one server, through every loss of connection, until [#close]. Any thread
/// may call its methods; none blocks. What happens is told to the [SessionListener].
///
/// Futures complete on the session thread, with a [RequestException] when the server refuses, when
/// the connection is lost before the answer, or when the session ends.
public interface ChatSession extends AutoCloseable {
    /// A session over a socket, not yet started, of which nothing is left when it ends.
    static ChatSession create(SessionConfig config, SessionListener listener) {
        return new SocketSession(config, Optional.empty(), listener);
    }

    /// A session over a socket, not yet started, that begins with what earlier ones left in the
    /// store and leaves there what is to be done by later ones.
    ///
    /// @param store closed by the session before it tells [SessionEvent.Ended]
    static ChatSession create(SessionConfig config, ClientStore store, SessionListener listener) {
        return new SocketSession(config, Optional.of(store), listener);
    }

    /// Begins to connect. First everything is told that a store has for this server:
    /// [SessionEvent.RoomRestored], [SessionEvent.ReadMarkerMoved], [SessionEvent.PostRestored].
    /// Then the outcome is [SessionEvent.Connected] or [SessionEvent.Ended]; where something was
    /// restored and the server cannot be reached, it is [SessionEvent.Reconnecting].
    ///
    /// @throws IllegalStateException when called twice
    void start();

    /// Posts a message into a room that was entered, at once or after the reconnect, in order of
    /// the calls and exactly once. Its fate is told by [SessionEvent.PostChanged]. At most 100,000
    /// posts with 32 Mi characters of text together may wait; a further one is FAILED with BUSY.
    ///
    /// @param action true for "/me"
    /// @param replyToSeq seq of the message this replies to, 0 for none
    /// @return the id given to it
    default MessageId post(long roomId, MessageText text, boolean action, long replyToSeq) {
        return post(roomId, new EventBody.Message(text, replyToSeq, action));
    }

    /// As [#post(long, MessageText, boolean, long)] for anything that a client can post: a message
    /// with mentions, an edit, a deletion, a reaction, a topic, a name, a pin, a membership.
    MessageId post(long roomId, EventBody body);

    /// As [#post(long, EventBody)] with an id of the caller's, for input that may be fed again
    /// after a crash. The same id with the same body is posted once.
    void post(MessageId id, long roomId, EventBody body);

    /// The person has compared the words of the server's key with those that whoever runs it sees,
    /// and they were the same: it is remembered, and told by [SessionEvent.ServerKeyShown]. Nothing
    /// when there is no encrypted connection.
    void vouch();

    /// Posts a failed post again, with its id, behind all that wait.
    void retry(MessageId id);

    /// Takes a failed or waiting post back; nothing happens when it is on its way or stored.
    void discard(MessageId id);

    /// Says that the user has read everything up to this seq. Told to the user's other devices;
    /// answered by [SessionEvent.ReadMarkerMoved].
    void markRead(long roomId, long seq);

    /// Keeps what the user is writing in a room and has not sent, across restarts; "" for nothing.
    void saveDraft(long roomId, String text);

    /// Enters a room, creating it if there is none. Answered by [SessionEvent.RoomEntered] or
    /// [SessionEvent.RoomRefused].
    void join(RoomName room);

    /// Leaves a room. Answered by [SessionEvent.RoomLeft].
    void leave(long roomId);

    /// Tells the room that the user types, or stopped. May be called for each key: what goes out is
    /// limited here.
    void typing(long roomId, boolean active);

    /// Opens the direct messages with somebody, whom [SessionEvent.RoomEntered] then shows as the
    /// room's peer.
    CompletableFuture<RoomInfo> openDirect(long userId);

    /// Makes a private room with these members and the user, who owns it.
    ///
    /// @param pastVisible whether those who come later read what was said before
    CompletableFuture<RoomInfo> createPrivate(
            RoomName name, boolean pastVisible, List<Long> userIds);

    /// Gives a room that belongs to the user other settings.
    CompletableFuture<Boolean> setRoom(long roomId, RoomSettings settings);

    /// All rooms that can be seen, in order of name.
    CompletableFuture<List<RoomInfo>> listRooms();

    /// The people in a room, in order of name.
    ///
    /// @param roomId 0: everyone on the server
    /// @param limit at most so many, above 0
    CompletableFuture<PeopleList> listPeople(long roomId, int limit);

    /// One page of a room's history: from the server, or as much as is known here while it cannot
    /// be reached.
    ///
    /// @param limit at most so many messages, above 0; the server may send fewer
    CompletableFuture<HistoryMessages> history(long roomId, HistoryAnchor anchor, int limit);

    /// The user's name, devices, codes and blocks.
    OwnAccount account();

    /// What may be done about others.
    Moderation moderation();

    /// What the session is doing now.
    ConnectionState state();

    /// Ends the session: what is on its way is not waited for. Returns at once;
    /// [SessionEvent.Ended] follows. May be called more than once.
    @Override
    void close();
}
