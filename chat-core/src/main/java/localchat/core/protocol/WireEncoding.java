package localchat.core.protocol;

import com.google.protobuf.ByteString;
import java.util.List;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.protocol.wire.Availability;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.Role;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
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
            case EventBody.Unknown unknown -> EncodedFrame.of(eventFrame(event));
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
            case EventBody.Unknown unknown -> {}
        }
        return wire.build();
    }

    /// The body of a message.
    public static MessageBody message(EventBody.Message message) {
        return MessageBody.newBuilder()
                .setText(message.text().value())
                .setReplyToSeq(message.replyToSeq())
                .setAction(message.action())
                .build();
    }

    /// Somebody as others see them.
    public static localchat.core.protocol.wire.Person person(Person person) {
        return localchat.core.protocol.wire.Person.newBuilder()
                .setUserId(person.userId())
                .setName(person.name().value())
                .setRole(role(person.role()))
                .setAvailability(availability(person.availability()))
                .build();
    }

    /// A room as it is listed.
    public static Room room(RoomInfo room) {
        return Room.newBuilder()
                .setRoomId(room.roomId())
                .setName(room.name().value())
                .setKind(
                        switch (room.kind()) {
                            case PUBLIC -> RoomKind.ROOM_PUBLIC;
                            case PRIVATE -> RoomKind.ROOM_PRIVATE;
                            case DIRECT -> RoomKind.ROOM_DIRECT;
                        })
                .setTopic(room.topic())
                .setHeadSeq(room.headSeq())
                .setOnline(room.online())
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
                            .setKind(presenceKind(change.kind())));
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
