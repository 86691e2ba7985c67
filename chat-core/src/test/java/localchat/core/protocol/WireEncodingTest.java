package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.model.Availability;
import localchat.core.model.CloseReason;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
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
import localchat.core.protocol.wire.MessageBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireEncodingTest {
    private static final MessageId ID =
            MessageId.of(Wire.unhex("000102030405060708090a0b0c0d0e0f"));
    private static final UserName ANA = new UserName("Ana");
    private static final EventBody.Message HELLO =
            new EventBody.Message(new MessageText("hello"), 4, true);

    @Test
    void writesAnEventAsTheFrameThatAllReceive() {
        RoomEvent event = new RoomEvent(1, 21, 1_763_683_200_000L, 7, ANA, ID, HELLO);

        assertEquals(
                Wire.frame(
                        "server",
                        """
                        event {
                          room_id: 1 seq: 21 time_ms: 1763683200000 sender_user_id: 7 sender_name: "Ana"
                          client_msg_id: "\\000\\001\\002\\003\\004\\005\\006\\007\\010\\t\\n\\013\\014\\r\\016\\017"
                          message { text: "hello" reply_to_seq: 4 action: true }
                        }
                        """),
                WireEncoding.eventFrame(event));
    }

    @Test
    void writesAnEventWithoutARequestId() {
        RoomEvent event = new RoomEvent(1, 21, 0, 7, ANA, ID, HELLO);

        assertEquals(0, WireEncoding.eventFrame(event).getRequestId());
    }

    @Test
    void writesAnUnknownBodyAsNone() {
        RoomEvent event = new RoomEvent(1, 21, 0, 7, ANA, ID, new EventBody.Unknown());

        assertEquals(Event.BodyCase.BODY_NOT_SET, WireEncoding.event(event).getBodyCase());
    }

    @Test
    void writesTheIdOfAMessageUnchanged() {
        RoomEvent event = new RoomEvent(1, 21, 0, 7, ANA, ID, HELLO);

        assertEquals(ByteString.copyFrom(ID.bytes()), WireEncoding.event(event).getClientMsgId());
    }

    @Test
    void writesATextUnchanged() {
        String text = " e\u0301\u0000\u202e\r\n \uD83D\uDE00";
        MessageBody body =
                WireEncoding.message(new EventBody.Message(new MessageText(text), 0, false));

        assertEquals(text, body.getText());
    }

    @Test
    void writesAPerson() {
        Person person = new Person(7, ANA, Role.MODERATOR, Availability.AWAY);

        assertEquals(
                Wire.frame(
                                "server",
                                """
                                room_entered { room { peer {
                                  user_id: 7 name: "Ana" role: ROLE_MODERATOR availability: AWAY
                                } } }
                                """)
                        .toString(),
                roomEntered(room -> room.setPeer(WireEncoding.person(person))));
    }

    @Test
    void writesARoom() {
        RoomInfo room = new RoomInfo(4, new RoomName("attic"), RoomKind.PUBLIC, "wood", 20, 3);

        assertEquals(
                Wire.frame(
                                "server",
                                """
                                room_entered { room {
                                  room_id: 4 name: "attic" kind: ROOM_PUBLIC topic: "wood" head_seq: 20 online: 3
                                  past_visible: true
                                } }
                                """)
                        .toString(),
                roomEntered(builder -> builder.mergeFrom(WireEncoding.room(room))));
    }

    @Test
    void writesAPrivateRoom() {
        RoomInfo room =
                new RoomInfo(
                        4,
                        new RoomName("Cy"),
                        RoomKind.DIRECT,
                        "",
                        20,
                        3,
                        new RoomSettings(2, 3, false),
                        Optional.of(
                                new Person(
                                        9, new UserName("Cy"), Role.MEMBER, Availability.OFFLINE)),
                        8);

        assertEquals(
                Wire.frame(
                                "server",
                                """
                                room_entered { room {
                                  room_id: 4 name: "Cy" kind: ROOM_DIRECT head_seq: 20 online: 3
                                  retention_days: 2 retention_messages: 3 owner_user_id: 8
                                  peer { user_id: 9 name: "Cy" role: ROLE_MEMBER availability: OFFLINE }
                                } }
                                """)
                        .toString(),
                roomEntered(builder -> builder.mergeFrom(WireEncoding.room(room))));
    }

    static Stream<Arguments> posts() {
        return Stream.of(
                Arguments.of(
                        new EventBody.Message(new MessageText("hi"), 3, true, List.of(9L, 300L)),
                        "message { text: \"hi\" reply_to_seq: 3 action: true mention_user_ids: 9"
                                + " mention_user_ids: 300 }"),
                Arguments.of(
                        new EventBody.Edit(4, new MessageText("new")),
                        "edit { target_seq: 4 text: \"new\" }"),
                Arguments.of(new EventBody.Delete(4), "delete { target_seq: 4 }"),
                Arguments.of(
                        new EventBody.Reaction(4, new Emoji("+1"), true),
                        "reaction { target_seq: 4 emoji: \"+1\" remove: true }"),
                Arguments.of(new EventBody.Topic(new RoomTopic("t")), "topic { topic: \"t\" }"),
                Arguments.of(new EventBody.Rename(new RoomName("n")), "rename { name: \"n\" }"),
                Arguments.of(new EventBody.Pin(4, true), "pin { target_seq: 4 unpin: true }"),
                Arguments.of(
                        new EventBody.Membership(9, new UserName("Cy"), MembershipChange.REMOVED),
                        "membership { user_id: 9 user_name: \"Cy\" change: REMOVED }"));
    }

    @ParameterizedTest
    @MethodSource("posts")
    void writesWhatAClientCanPost(EventBody body, String expected) {
        var post = localchat.core.protocol.wire.Post.newBuilder();

        WireEncoding.body(post, body);

        assertEquals(
                Wire.frame("client", "post { " + expected + " }").toString(),
                localchat.core.protocol.wire.ClientFrame.newBuilder()
                        .setPost(post)
                        .build()
                        .toString());
    }

    static List<EventBody> whatOnlyServersWrite() {
        return List.of(
                new EventBody.Settings(RoomSettings.STANDARD),
                new EventBody.Tombstone(TombstoneCause.DELETED, 1),
                new EventBody.Unknown());
    }

    @ParameterizedTest
    @MethodSource("whatOnlyServersWrite")
    void refusesToPostWhatAClientCannot(EventBody body) {
        var post = localchat.core.protocol.wire.Post.newBuilder();

        assertThrows(IllegalArgumentException.class, () -> WireEncoding.body(post, body));
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryRole(Role role) {
        assertEquals("ROLE_" + role, WireEncoding.role(role).name());
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryAvailability(Availability availability) {
        assertEquals(availability.name(), WireEncoding.availability(availability).name());
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryCloseReason(CloseReason reason) {
        assertEquals(reason.name(), WireEncoding.closeReason(reason).name());
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryErrorCode(ErrorCode code) {
        assertEquals(code.name(), WireEncoding.errorCode(code).name());
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryRoomKind(RoomKind kind) {
        RoomInfo room = new RoomInfo(4, new RoomName("attic"), kind, "", 0, 0);

        assertEquals("ROOM_" + kind, WireEncoding.room(room).getKind().name());
    }

    @Test
    void knowsEveryRoleOfTheSchema() {
        assertSame(localchat.core.protocol.wire.Role.getDescriptor(), "ROLE_", Role.values());
    }

    @Test
    void knowsEveryAvailabilityOfTheSchema() {
        assertSame(
                localchat.core.protocol.wire.Availability.getDescriptor(),
                "",
                Availability.values());
    }

    @Test
    void knowsEveryCloseReasonOfTheSchema() {
        assertSame(
                localchat.core.protocol.wire.CloseReason.getDescriptor(), "", CloseReason.values());
    }

    @Test
    void knowsEveryErrorCodeOfTheSchema() {
        assertSame(localchat.core.protocol.wire.ErrorCode.getDescriptor(), "", ErrorCode.values());
    }

    @Test
    void knowsEveryRoomKindOfTheSchema() {
        assertSame(
                localchat.core.protocol.wire.RoomKind.getDescriptor(), "ROOM_", RoomKind.values());
    }

    @Test
    void knowsEveryMembershipChangeOfTheSchema() {
        assertSame(
                localchat.core.protocol.wire.MembershipChange.getDescriptor(),
                "",
                MembershipChange.values());
    }

    @Test
    void knowsEveryTombstoneCauseOfTheSchema() {
        assertSame(
                localchat.core.protocol.wire.TombstoneCause.getDescriptor(),
                "",
                TombstoneCause.values());
    }

    /// The schema's constants in order of number, without the unspecified one, are the model's in
    /// order.
    private static void assertSame(EnumDescriptor schema, String prefix, Enum<?>[] model) {
        List<String> known = Stream.of(model).map(each -> prefix + each.name()).toList();
        assertFalse(known.isEmpty());
        assertEquals(
                schema.getValues().stream()
                        .filter(value -> value.getNumber() != 0)
                        .map(EnumValueDescriptor::getName)
                        .toList(),
                known);
    }

    private static String roomEntered(
            java.util.function.Consumer<localchat.core.protocol.wire.Room.Builder> change) {
        var room = localchat.core.protocol.wire.Room.newBuilder();
        change.accept(room);
        var entered = localchat.core.protocol.wire.RoomEntered.newBuilder().setRoom(room);
        return localchat.core.protocol.wire.ServerFrame.newBuilder()
                .setRoomEntered(entered)
                .build()
                .toString();
    }
}
