package localchat.core.protocol;

import com.google.protobuf.ByteString;
import java.util.List;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.ReactionTally;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomSettings;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.Availability;
import localchat.core.protocol.wire.DeleteBody;
import localchat.core.protocol.wire.EditBody;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.MembershipBody;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.ModerationBody;
import localchat.core.protocol.wire.PinBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.Reaction;
import localchat.core.protocol.wire.ReactionBody;
import localchat.core.protocol.wire.RenameBody;
import localchat.core.protocol.wire.RetentionBody;
import localchat.core.protocol.wire.Role;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.TombstoneBody;
import localchat.core.protocol.wire.TopicBody;
import localchat.core.protocol.wire.TypingNotice;

/// From the chat's values to the wire's messages. Pure functions.
public final class WireEncoding {
    private WireEncoding() {}

    /// An event as the frame that every receiver gets.
    public static ServerFrame eventFrame(RoomEvent event) {
        return ServerFrame.newBuilder().setEvent(event(event)).build();
    }

    /// The frame that carries an entry of a room's log to everyone in it, encoded.
    public static EncodedFrame encodedEvent(RoomEvent event) {
        return switch (event.body()) {
            case EventBody.Message message -> MessageEventEncoder.encode(event, message);
            default -> EncodedFrame.of(eventFrame(event));
        };
    }

    /// One entry of a room's log.
    public static Event event(RoomEvent event) {
        Event.Builder wire =
                Event.newBuilder()
                        .setRoomId(event.roomId())
                        .setSeq(event.seq())
                        .setTimeMs(event.timeMillis())
                        .setSenderUserId(event.senderId())
                        .setSenderName(event.senderName().value())
                        .setClientMsgId(ByteString.copyFrom(event.id().bytes()));
        switch (event.body()) {
            case EventBody.Message message -> wire.setMessage(message(message));
            case EventBody.Edit edit -> wire.setEdit(edit(edit));
            case EventBody.Delete delete -> wire.setDelete(delete(delete));
            case EventBody.Reaction reaction -> wire.setReaction(reaction(reaction));
            case EventBody.Topic topic -> wire.setTopic(topic(topic));
            case EventBody.Rename rename -> wire.setRename(rename(rename));
            case EventBody.Pin pin -> wire.setPin(pin(pin));
            case EventBody.Membership membership -> wire.setMembership(membership(membership));
            case EventBody.Settings(RoomSettings settings) -> wire.setRetention(settings(settings));
            case EventBody.Moderation moderation -> wire.setModeration(moderation(moderation));
            case EventBody.Tombstone tombstone -> wire.setTombstone(tombstone(tombstone));
            case EventBody.Unknown unknown -> {}
        }
        return wire.build();
    }

    /// What a client wants to stand in a room's log, into its post.
    ///
    /// @throws IllegalArgumentException when it is nothing that a client can post
    public static void body(Post.Builder post, EventBody body) {
        switch (body) {
            case EventBody.Message message -> post.setMessage(message(message));
            case EventBody.Edit edit -> post.setEdit(edit(edit));
            case EventBody.Delete delete -> post.setDelete(delete(delete));
            case EventBody.Reaction reaction -> post.setReaction(reaction(reaction));
            case EventBody.Topic topic -> post.setTopic(topic(topic));
            case EventBody.Rename rename -> post.setRename(rename(rename));
            case EventBody.Pin pin -> post.setPin(pin(pin));
            case EventBody.Membership membership -> post.setMembership(membership(membership));
            case EventBody.Settings _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ ->
                    throw new IllegalArgumentException("a client cannot post this: " + body);
        }
    }

    private static EditBody edit(EventBody.Edit edit) {
        return EditBody.newBuilder()
                .setTargetSeq(edit.targetSeq())
                .setText(edit.text().value())
                .build();
    }

    private static DeleteBody delete(EventBody.Delete delete) {
        return DeleteBody.newBuilder().setTargetSeq(delete.targetSeq()).build();
    }

    private static ReactionBody reaction(EventBody.Reaction reaction) {
        return ReactionBody.newBuilder()
                .setTargetSeq(reaction.targetSeq())
                .setEmoji(reaction.emoji().value())
                .setRemove(reaction.remove())
                .build();
    }

    private static TopicBody topic(EventBody.Topic topic) {
        return TopicBody.newBuilder().setTopic(topic.topic().value()).build();
    }

    private static RenameBody rename(EventBody.Rename rename) {
        return RenameBody.newBuilder().setName(rename.name().value()).build();
    }

    private static PinBody pin(EventBody.Pin pin) {
        return PinBody.newBuilder().setTargetSeq(pin.targetSeq()).setUnpin(pin.unpin()).build();
    }

    private static MembershipBody membership(EventBody.Membership membership) {
        return MembershipBody.newBuilder()
                .setUserId(membership.userId())
                .setUserName(membership.userName().value())
                .setChange(
                        localchat.core.protocol.wire.MembershipChange.valueOf(
                                membership.change().name()))
                .build();
    }

    private static RetentionBody settings(RoomSettings settings) {
        return RetentionBody.newBuilder()
                .setDays(settings.retentionDays())
                .setMessages(settings.retentionMessages())
                .setPastVisible(settings.pastVisible())
                .build();
    }

    private static ModerationBody moderation(EventBody.Moderation moderation) {
        return ModerationBody.newBuilder()
                .setAct(moderation.act().word())
                .setUserId(moderation.userId())
                .setUserName(moderation.userName())
                .setReason(moderation.reason())
                .setUntilMs(moderation.untilMillis())
                .setRoomId(moderation.roomId())
                .build();
    }

    private static TombstoneBody tombstone(EventBody.Tombstone tombstone) {
        return TombstoneBody.newBuilder()
                .setCause(
                        localchat.core.protocol.wire.TombstoneCause.valueOf(
                                tombstone.cause().name()))
                .setByUserId(tombstone.byUserId())
                .build();
    }

    /// A message as it stands on a page of history.
    public static HistoryMessage historyMessage(ChatMessage message) {
        HistoryMessage.Builder wire =
                HistoryMessage.newBuilder()
                        .setSeq(message.seq())
                        .setTimeMs(message.timeMillis())
                        .setSenderUserId(message.senderId())
                        .setSenderName(message.senderName().value())
                        .setClientMsgId(ByteString.copyFrom(message.id().bytes()))
                        .setEditedMs(message.editedMillis())
                        .setPinned(message.pinned());
        switch (message.body()) {
            case EventBody.Message body -> wire.setMessage(message(body));
            case EventBody.Tombstone body -> wire.setTombstone(tombstone(body));
            default -> {}
        }
        for (ReactionTally tally : message.reactions()) {
            wire.addReactions(
                    Reaction.newBuilder()
                            .setEmoji(tally.emoji().value())
                            .addAllUserIds(tally.userIds())
                            .setCount(tally.count()));
        }
        return wire.build();
    }

    /// The body of a message.
    public static MessageBody message(EventBody.Message message) {
        return MessageBody.newBuilder()
                .setText(message.text().value())
                .setReplyToSeq(message.replyToSeq())
                .setAction(message.action())
                .addAllMentionUserIds(message.mentions())
                .build();
    }

    /// Somebody as others see them.
    public static localchat.core.protocol.wire.Person person(Person person) {
        var wire =
                localchat.core.protocol.wire.Person.newBuilder()
                        .setUserId(person.userId())
                        .setName(person.name().value())
                        .setRole(role(person.role()))
                        .setAvailability(availability(person.availability()));
        person.keyPrefix().ifPresent(key -> wire.setKeyPrefix(ByteString.copyFrom(key.bytes())));
        return wire.build();
    }

    /// A room as it is listed.
    public static Room room(RoomInfo room) {
        Room.Builder wire = Room.newBuilder();
        room.peer().ifPresent(peer -> wire.setPeer(person(peer)));
        return wire.setRoomId(room.roomId())
                .setName(room.name().value())
                .setKind(
                        switch (room.kind()) {
                            case PUBLIC -> RoomKind.ROOM_PUBLIC;
                            case PRIVATE -> RoomKind.ROOM_PRIVATE;
                            case DIRECT -> RoomKind.ROOM_DIRECT;
                            case AUDIT -> RoomKind.ROOM_AUDIT;
                        })
                .setTopic(room.topic())
                .setHeadSeq(room.headSeq())
                .setOnline(room.online())
                .setRetentionDays(room.settings().retentionDays())
                .setRetentionMessages(room.settings().retentionMessages())
                .setPastVisible(room.settings().pastVisible())
                .setOwnerUserId(room.ownerId())
                .build();
    }

    /// A role; by name, which a test holds to the schema.
    public static Role role(localchat.core.model.Role role) {
        return Role.valueOf("ROLE_" + role.name());
    }

    /// Whether somebody is there; by name, which a test holds to the schema.
    public static Availability availability(localchat.core.model.Availability availability) {
        return Availability.valueOf(availability.name());
    }

    /// Why a connection ended; by name, which a test holds to the schema.
    public static localchat.core.protocol.wire.CloseReason closeReason(
            localchat.core.model.CloseReason reason) {
        return localchat.core.protocol.wire.CloseReason.valueOf(reason.name());
    }

    /// What was wrong; by name, which a test holds to the schema.
    public static localchat.core.protocol.wire.ErrorCode errorCode(
            localchat.core.model.ErrorCode code) {
        return localchat.core.protocol.wire.ErrorCode.valueOf(code.name());
    }

    /// Who came to and went from a room, as the frame that every member gets.
    ///
    /// @param online people in the room now
    /// @param incomplete more happened than `changes` tells
    public static ServerFrame presenceFrame(
            long roomId, int online, List<PresenceChange> changes, boolean incomplete) {
        Presence.Builder presence =
                Presence.newBuilder().setRoomId(roomId).setOnline(online).setIncomplete(incomplete);
        for (PresenceChange change : changes) {
            presence.addChanges(
                    localchat.core.protocol.wire.PresenceChange.newBuilder()
                            .setPerson(person(change.person()))
                            .setKind(presenceKind(change.kind()))
                            .setFormerName(change.formerName().map(UserName::value).orElse("")));
        }
        return ServerFrame.newBuilder().setPresence(presence).build();
    }

    /// How a room's list of people changed; by name, which a test holds to the schema.
    public static localchat.core.protocol.wire.PresenceKind presenceKind(PresenceKind kind) {
        return localchat.core.protocol.wire.PresenceKind.valueOf(kind.name());
    }

    /// Who is typing in a room, as the frame that every member gets.
    public static ServerFrame typingFrame(long roomId, List<Person> people) {
        TypingNotice.Builder notice = TypingNotice.newBuilder().setRoomId(roomId);
        people.forEach(typist -> notice.addPeople(person(typist)));
        return ServerFrame.newBuilder().setTypingNotice(notice).build();
    }
}
