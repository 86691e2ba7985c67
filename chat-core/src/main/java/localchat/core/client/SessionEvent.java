package localchat.core.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.core.model.ChatMessage;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.UserName;

/// What a front end hears from its [ChatSession], in the order it happened.
public sealed interface SessionEvent {
    /// Logged in, for the first time or again.
    ///
    /// @param self the user as the server knows it
    /// @param serverName what the server calls itself
    /// @param clockOffsetMillis the server's clock less this machine's
    record Connected(Person self, String serverName, long clockOffsetMillis)
            implements SessionEvent {}

    /// The key that the server has proved to have. Told after [Connected], unless the connection is
    /// not encrypted.
    ///
    /// @param verified whether the key came from a link or was compared by the person; else the
    ///   front end says so, and shows the words to compare
    /// @param isNew whether nobody knew it before this connection
    record ServerKeyShown(Digest32 key, boolean verified, boolean isNew) implements SessionEvent {}

    /// This machine's clock or the server's is wrong. Told after [Connected] when they differ by
    /// more than a minute, and again when that changes by more than a minute. Nothing but the times
    /// that people see depends on it.
    ///
    /// @param offsetMillis the server's clock less this machine's
    record ClockOff(long offsetMillis) implements SessionEvent {}

    /// The connection was lost; the session makes it again by itself. Posts wait.
    ///
    /// @param reason what the server said or what was seen
    /// @param text English, for a person
    record Reconnecting(CloseReason reason, String text) implements SessionEvent {}

    /// The session ended for good: the first connection failed, the server refused the login, the
    /// device logged in elsewhere, or [ChatSession#close] was called. Nothing follows.
    ///
    /// @param failure why, by cause
    /// @param text English, for a person
    /// @param retryAfterMillis how long the server asks to wait before another attempt; 0 for
    ///   nothing
    record Ended(Failure failure, String text, long retryAfterMillis) implements SessionEvent {
        /// One after which the server asks for no patience.
        public Ended(Failure failure, String text) {
            this(failure, text, 0);
        }
    }

    /// The user has another name or role.
    record SelfChanged(Person self) implements SessionEvent {}

    /// The user has blocked others than before. Their messages are delivered all the same, and are
    /// not to be shown by the front end, but for the number of them. Told after [Connected], unless
    /// nobody is blocked.
    record BlockedChanged(Set<Long> userIds) implements SessionEvent {
        /// Copies the set.
        public BlockedChanged {
            userIds = Set.copyOf(userIds);
        }
    }

    /// A room was entered, for the first time or again after a reconnect. Its events follow,
    /// beginning with `nextSeq`. A room keeps its id here for as long as the session lasts, even
    /// when a server that lost its history gives the room of that name another one.
    ///
    /// @param again whether it was entered before in this session
    /// @param cacheInvalid the server's history is not the one known so far: drop what is shown of
    ///   this room
    record RoomEntered(RoomInfo room, long nextSeq, boolean again, boolean cacheInvalid)
            implements SessionEvent {}

    /// A room was left.
    ///
    /// @param removed whether somebody else wanted it so: the owner, or a moderator
    record RoomLeft(long roomId, boolean removed) implements SessionEvent {
        /// A room that the user left, or that is no more.
        public RoomLeft(long roomId) {
            this(roomId, false);
        }
    }

    /// A room could not be entered.
    record RoomRefused(String roomName, ErrorCode code, String text) implements SessionEvent {}

    /// An event of a room's log, each exactly once and in order of seq.
    ///
    /// @param own whether this session's user sent it from this profile
    record EventReceived(RoomEvent event, boolean own) implements SessionEvent {}

    /// An own post moved on. STORED comes before the [EventReceived] of the same message, or alone
    /// when the event had been received before a reconnect.
    ///
    /// @param refusal why, when `state` is FAILED
    record PostChanged(
            long roomId,
            MessageId id,
            PostState state,
            Optional<Refusal> refusal,
            long seq,
            long timeMillis)
            implements SessionEvent {}

    /// Who came to and went from a room.
    ///
    /// @param online people in the room now
    /// @param incomplete more happened than `changes` tells; ask for the list to see it
    record PresenceChanged(
            long roomId, int online, List<PresenceChange> changes, boolean incomplete)
            implements SessionEvent {
        /// Copies the list.
        public PresenceChanged {
            changes = List.copyOf(changes);
        }
    }

    /// Who is typing in a room now, this user not among them.
    record TypingChanged(long roomId, List<UserName> people) implements SessionEvent {
        /// Copies the list.
        public TypingChanged {
            people = List.copyOf(people);
        }
    }

    /// What the user has read of a room, on this device or another, and what that leaves.
    ///
    /// @param seq everything up to here is read
    /// @param unread messages of others after it
    /// @param mentions those of them that mention the user
    record ReadMarkerMoved(long roomId, long seq, int unread, int mentions)
            implements SessionEvent {}

    /// A room as it is kept on this device, told before the first connection is made: what the
    /// window shows at once. [RoomEntered] follows when the server was reached.
    ///
    /// @param lastSeq everything up to here was delivered in earlier runs; 0 when nothing is known
    /// @param newest the newest messages kept, in ascending seq
    /// @param moreBefore whether older ones are kept or may be fetched
    /// @param readSeq everything up to here was read
    /// @param draft what the user was writing; "" for nothing
    record RoomRestored(
            RoomInfo room,
            long lastSeq,
            List<ChatMessage> newest,
            boolean moreBefore,
            long readSeq,
            String draft)
            implements SessionEvent {
        /// Copies the list.
        public RoomRestored {
            newest = List.copyOf(newest);
        }
    }

    /// An own post that an earlier run of this program left unsent or unacknowledged, told before
    /// the first connection is made, in the order in which they were posted.
    ///
    /// @param state WAITING or FAILED
    record PostRestored(
            long roomId, MessageId id, EventBody body, PostState state, Optional<Refusal> refusal)
            implements SessionEvent {}

    /// A room's data changed, or a new public room can be joined.
    record RoomChanged(RoomInfo room) implements SessionEvent {}

    /// The server reported an error that belongs to no request of the front end.
    record ErrorReported(ErrorCode code, String text) implements SessionEvent {}

    /// Why a post was refused.
    record Refusal(ErrorCode code, String text) {}

    /// Why a session ended.
    enum Failure {
        /// [ChatSession#close] was called.
        CLOSED_BY_USER,
        /// The name of the host is not known.
        UNKNOWN_HOST,
        /// Nothing listens there.
        REFUSED,
        /// No way to the host.
        UNREACHABLE,
        /// No answer in time.
        TIMED_OUT,
        /// Something listens there that is not a Local Chat server.
        NOT_A_CHAT_SERVER,
        /// The server's key is not known, and none was to be taken on trust; nothing was sent.
        KEY_UNKNOWN,
        /// The server has another key than the one that is known; nothing was sent.
        KEY_CHANGED,
        /// The name belongs to somebody else, or to the user on another device: a device code or
        /// recovery code lets this one in.
        NAME_TAKEN,
        /// The server lets newcomers in with an invite alone.
        INVITE_REQUIRED,
        /// The code is wrong, used up, or has expired.
        CODE_INVALID,
        /// The server asks for patience: too many wrong codes, or too many changes of the name.
        TRY_LATER,
        /// The server refused the login for another reason.
        LOGIN_REFUSED,
        /// The same device logged in elsewhere.
        REPLACED,
        /// A moderator sent the user out; they may come back in a while.
        KICKED,
        /// The user is banned.
        BANNED,
        /// This device was signed out: a device code or recovery code lets it in again.
        DEVICE_REVOKED,
        /// Client and server have no protocol version in common.
        UPGRADE_REQUIRED
    }
}
