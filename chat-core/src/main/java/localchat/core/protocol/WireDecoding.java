package localchat.core.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Availability;
import localchat.core.model.ChatMessage;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.ModerationAct;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.ReactionTally;
import localchat.core.model.Role;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.MembershipBody;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.ModerationBody;
import localchat.core.protocol.wire.Reaction;
import localchat.core.protocol.wire.RetentionBody;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.TombstoneBody;

/// From the wire's messages to the chat's values: the counterpart of [WireEncoding]. Pure
/// functions, total: for any bytes they return a value or throw [MalformedFrameException].
///
/// Two kinds of surprise are kept apart. What the sequence hangs on (ids, seq, room) must be right,
/// or the connection closes. What only a newer server can have caused (an unknown kind, role or
/// body, a name or text beyond today's rules) becomes the nearest value that can be shown, because
/// a client that closed on it would meet the same event again after every reconnect.
public final class WireDecoding {
    private WireDecoding() {}

    /// One frame from a server, length prefix not included. Takes all bytes from position to limit.
    ///
    /// @throws MalformedFrameException when the bytes are no Protocol Buffers message of that type
    public static ServerFrame serverFrame(ByteBuffer payload) throws MalformedFrameException {
        try {
            return ServerFrame.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw malformed("the bytes are no ServerFrame");
        }
    }

    /// One entry of a room's log. A body that is unknown, or a message whose text today's rules
    /// refuse, is [EventBody.Unknown]: its place in the sequence counts all the same.
    public static RoomEvent event(Event wire) throws MalformedFrameException {
        return new RoomEvent(
                id("event.room_id", wire.getRoomId()),
                id("event.seq", wire.getSeq()),
                wire.getTimeMs(),
                id("event.sender_user_id", wire.getSenderUserId()),
                userName(wire.getSenderName(), wire.getSenderUserId()),
                messageId(wire.getClientMsgId()),
                body(wire));
    }

    /// A body that is unknown, or goes beyond today's rules, is [EventBody.Unknown].
    private static EventBody body(Event wire) {
        try {
            return switch (wire.getBodyCase()) {
                case MESSAGE -> message(wire.getMessage());
                case EDIT ->
                        new EventBody.Edit(
                                wire.getEdit().getTargetSeq(),
                                new MessageText(wire.getEdit().getText()));
                case DELETE -> new EventBody.Delete(wire.getDelete().getTargetSeq());
                case REACTION ->
                        new EventBody.Reaction(
                                wire.getReaction().getTargetSeq(),
                                new Emoji(wire.getReaction().getEmoji()),
                                wire.getReaction().getRemove());
                case TOPIC -> new EventBody.Topic(new RoomTopic(wire.getTopic().getTopic()));
                case RENAME -> new EventBody.Rename(new RoomName(wire.getRename().getName()));
                case PIN ->
                        new EventBody.Pin(wire.getPin().getTargetSeq(), wire.getPin().getUnpin());
                case MEMBERSHIP -> membership(wire.getMembership());
                case TOMBSTONE -> tombstone(wire.getTombstone());
                case RETENTION -> new EventBody.Settings(settings(wire.getRetention()));
                case MODERATION -> moderation(wire.getModeration());
                case BODY_NOT_SET -> new EventBody.Unknown();
            };
        } catch (IllegalArgumentException beyondTodaysRules) {
            return new EventBody.Unknown();
        }
    }

    private static EventBody membership(MembershipBody wire) {
        return switch (wire.getChange()) {
            case ADDED, REMOVED, LEFT, OWNER ->
                    new EventBody.Membership(
                            wire.getUserId(),
                            userName(wire.getUserName(), wire.getUserId()),
                            MembershipChange.valueOf(wire.getChange().name()));
            case MEMBERSHIP_CHANGE_UNSPECIFIED, UNRECOGNIZED -> new EventBody.Unknown();
        };
    }

    private static EventBody moderation(ModerationBody wire) {
        return ModerationAct.ofWord(wire.getAct())
                .<EventBody>map(act ->
                        new EventBody.Moderation(
                                act,
                                wire.getUserId(),
                                wire.getUserName(),
                                wire.getReason(),
                                wire.getUntilMs(),
                                wire.getRoomId()))
                .orElseGet(EventBody.Unknown::new);
    }

    private static RoomSettings settings(RetentionBody wire) {
        return new RoomSettings(wire.getDays(), wire.getMessages(), wire.getPastVisible());
    }

    /// Whatever the cause: there is nothing left to be read.
    private static EventBody.Tombstone tombstone(TombstoneBody wire) {
        boolean expired = wire.getCause() == localchat.core.protocol.wire.TombstoneCause.EXPIRED;
        return new EventBody.Tombstone(
                expired ? TombstoneCause.EXPIRED : TombstoneCause.DELETED,
                Math.max(0, wire.getByUserId()));
    }

    /// The event that a frame carries.
    ///
    /// @throws MalformedFrameException when it carries none
    public static RoomEvent event(EncodedFrame frame) throws MalformedFrameException {
        return event(serverFrame(frame.payload()).getEvent());
    }

    /// One entry of a history page.
    public static ChatMessage historyMessage(long roomId, HistoryMessage wire)
            throws MalformedFrameException {
        EventBody body =
                switch (wire.getBodyCase()) {
                    case MESSAGE -> message(wire.getMessage());
                    case TOMBSTONE -> tombstone(wire.getTombstone());
                    case BODY_NOT_SET -> new EventBody.Unknown();
                };
        List<ReactionTally> reactions = new ArrayList<>();
        for (Reaction reaction : wire.getReactionsList()) {
            if (Emoji.fault(reaction.getEmoji()).isEmpty()) {
                int count = Math.max(people(reaction.getCount()), reaction.getUserIdsCount());
                reactions.add(
                        new ReactionTally(
                                new Emoji(reaction.getEmoji()), reaction.getUserIdsList(), count));
            }
        }
        return new ChatMessage(
                id("history_page.room_id", roomId),
                id("history_message.seq", wire.getSeq()),
                wire.getTimeMs(),
                id("history_message.sender_user_id", wire.getSenderUserId()),
                userName(wire.getSenderName(), wire.getSenderUserId()),
                messageId(wire.getClientMsgId()),
                body,
                wire.getEditedMs(),
                reactions,
                wire.getPinned());
    }

    private static EventBody message(MessageBody wire) {
        if (MessageText.fault(wire.getText()).isPresent() || wire.getReplyToSeq() < 0) {
            return new EventBody.Unknown();
        }
        List<Long> mentions =
                wire.getMentionUserIdsList().stream()
                        .filter(userId -> userId > 0)
                        .limit(EventBody.Message.MENTIONS_MAX)
                        .toList();
        return new EventBody.Message(
                new MessageText(wire.getText()), wire.getReplyToSeq(), wire.getAction(), mentions);
    }

    /// Somebody as others see them.
    public static Person person(localchat.core.protocol.wire.Person wire)
            throws MalformedFrameException {
        return new Person(
                id("person.user_id", wire.getUserId()),
                userName(wire.getName(), wire.getUserId()),
                role(wire.getRole()),
                availability(wire.getAvailability()),
                keyPrefix(wire.getKeyPrefix()));
    }

    /// Of another length it is one that only a newer server can have sent: none is shown.
    private static Optional<Id128> keyPrefix(ByteString wire) {
        return wire.size() == Id128.BYTES
                ? Optional.of(Id128.of(wire.toByteArray()))
                : Optional.empty();
    }

    /// A change in a room's list of people; empty for a kind that is not known.
    public static Optional<PresenceChange> presenceChange(
            localchat.core.protocol.wire.PresenceChange wire) throws MalformedFrameException {
        return switch (wire.getKind()) {
            case CAME -> presenceChange(wire, PresenceKind.CAME);
            case WENT -> presenceChange(wire, PresenceKind.WENT);
            case AVAILABILITY_CHANGED -> presenceChange(wire, PresenceKind.AVAILABILITY_CHANGED);
            case RENAMED -> presenceChange(wire, PresenceKind.RENAMED);
            case ROLE_CHANGED -> presenceChange(wire, PresenceKind.ROLE_CHANGED);
            case PRESENCE_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static Optional<PresenceChange> presenceChange(
            localchat.core.protocol.wire.PresenceChange wire, PresenceKind kind)
            throws MalformedFrameException {
        Optional<UserName> formerName =
                UserName.fault(wire.getFormerName()).isEmpty()
                        ? Optional.of(new UserName(wire.getFormerName()))
                        : Optional.empty();
        return Optional.of(new PresenceChange(person(wire.getPerson()), kind, formerName));
    }

    /// A room as it is listed. A direct message has the name of its other person.
    public static RoomInfo room(Room wire) throws MalformedFrameException {
        return new RoomInfo(
                id("room.room_id", wire.getRoomId()),
                roomName(wire),
                switch (wire.getKind()) {
                    case ROOM_PUBLIC -> RoomKind.PUBLIC;
                    case ROOM_DIRECT -> RoomKind.DIRECT;
                    case ROOM_AUDIT -> RoomKind.AUDIT;
                    case ROOM_PRIVATE, ROOM_KIND_UNSPECIFIED, UNRECOGNIZED -> RoomKind.PRIVATE;
                },
                RoomTopic.cut(wire.getTopic()),
                count("room.head_seq", wire.getHeadSeq()),
                people(wire.getOnline()),
                settings(wire),
                wire.hasPeer() ? Optional.of(person(wire.getPeer())) : Optional.empty(),
                count("room.owner_user_id", wire.getOwnerUserId()));
    }

    /// Settings beyond today's rules are shown as none.
    private static RoomSettings settings(Room wire) {
        try {
            return new RoomSettings(
                    wire.getRetentionDays(), wire.getRetentionMessages(), wire.getPastVisible());
        } catch (IllegalArgumentException beyondTodaysRules) {
            return RoomSettings.STANDARD;
        }
    }

    private static RoomName roomName(Room wire) {
        String name = wire.getName().isEmpty() ? wire.getPeer().getName() : wire.getName();
        // A person may be called "#x", of which a room's name would leave only "x".
        boolean isMarked = wire.hasPeer() && wire.getPeer().getName().strip().startsWith("#");
        boolean fine = RoomName.isShowable(name) && !isMarked;
        return new RoomName(fine ? name : "room " + Long.toUnsignedString(wire.getRoomId()));
    }

    private static UserName userName(String name, long userId) {
        boolean fine = UserName.isShowable(name);
        return new UserName(fine ? name : "user " + Long.toUnsignedString(userId));
    }

    /// A number of people as the wire has it, unsigned; more than an `int` holds becomes its
    /// largest.
    public static int people(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    /// A `client_msg_id`.
    public static MessageId messageId(ByteString wire) throws MalformedFrameException {
        return new MessageId(id128("client_msg_id", wire));
    }

    /// 16 bytes.
    ///
    /// @param field for the exception's text
    public static Id128 id128(String field, ByteString wire) throws MalformedFrameException {
        requireLength(field, wire, Id128.BYTES);
        return Id128.of(wire.toByteArray());
    }

    /// 32 bytes that name a key.
    ///
    /// @param field for the exception's text
    public static Digest32 digest(String field, ByteString wire) throws MalformedFrameException {
        requireLength(field, wire, Digest32.BYTES);
        return new Digest32(wire.toByteArray());
    }

    /// The 32 bytes of a login nonce.
    public static byte[] nonce(ByteString wire) throws MalformedFrameException {
        requireLength("challenge.nonce", wire, ProtocolLimits.NONCE_BYTES);
        return wire.toByteArray();
    }

    /// A number that a server gives from 1 on.
    ///
    /// @param field for the exception's text
    public static long id(String field, long wire) throws MalformedFrameException {
        if (wire <= 0) {
            throw malformed(field + " is " + Long.toUnsignedString(wire));
        }
        return wire;
    }

    /// A number from 0 on.
    ///
    /// @param field for the exception's text
    public static long count(String field, long wire) throws MalformedFrameException {
        if (wire < 0) {
            throw malformed(field + " is " + Long.toUnsignedString(wire));
        }
        return wire;
    }

    /// A role; one that is not known may as little as a member.
    public static Role role(localchat.core.protocol.wire.Role wire) {
        return switch (wire) {
            case ROLE_MODERATOR -> Role.MODERATOR;
            case ROLE_ADMIN -> Role.ADMIN;
            case ROLE_MEMBER, ROLE_UNSPECIFIED, UNRECOGNIZED -> Role.MEMBER;
        };
    }

    /// Whether somebody is there; said about somebody and not known means that they are.
    public static Availability availability(localchat.core.protocol.wire.Availability wire) {
        return switch (wire) {
            case AWAY -> Availability.AWAY;
            case OFFLINE -> Availability.OFFLINE;
            case ONLINE, AVAILABILITY_UNSPECIFIED, UNRECOGNIZED -> Availability.ONLINE;
        };
    }

    /// What was wrong, by name, which a test holds to the schema; one that is not known is
    /// INTERNAL.
    public static ErrorCode errorCode(localchat.core.protocol.wire.ErrorCode wire) {
        return switch (wire) {
            case ERROR_CODE_UNSPECIFIED, UNRECOGNIZED -> ErrorCode.INTERNAL;
            default -> ErrorCode.valueOf(wire.name());
        };
    }

    /// Why a connection ended, by name, which a test holds to the schema; one that is not known is
    /// PEER_CLOSED.
    public static CloseReason closeReason(localchat.core.protocol.wire.CloseReason wire) {
        return switch (wire) {
            case CLOSE_REASON_UNSPECIFIED, UNRECOGNIZED -> CloseReason.PEER_CLOSED;
            default -> CloseReason.valueOf(wire.name());
        };
    }

    private static void requireLength(String field, ByteString wire, int bytes)
            throws MalformedFrameException {
        if (wire.size() != bytes) {
            throw malformed("%s has %d bytes, not %d".formatted(field, wire.size(), bytes));
        }
    }

    private static MalformedFrameException malformed(String text) {
        return new MalformedFrameException(text);
    }
}
