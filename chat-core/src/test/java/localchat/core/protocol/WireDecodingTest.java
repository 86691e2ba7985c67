package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import localchat.core.model.Availability;
import localchat.core.model.ChatMessage;
import localchat.core.model.CloseReason;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
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
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireDecodingTest {
    private static final MessageId ID = MessageId.of(Wire.unhex("61".repeat(16)));
    private static final RoomEvent HELLO =
            new RoomEvent(
                    1,
                    21,
                    1_763_683_201_000L,
                    7,
                    new UserName("Ana"),
                    ID,
                    new EventBody.Message(new MessageText("hello"), 0, false));

    private static Event event(String change) throws TextFormat.ParseException {
        Event.Builder wire = WireEncoding.event(HELLO).toBuilder();
        TextFormat.merge(change, wire);
        return wire.build();
    }

    private static ServerFrame parse(String hex) throws MalformedFrameException {
        return WireDecoding.serverFrame(ByteBuffer.wrap(Wire.unhex(hex)));
    }

    /// The event of PROTOCOL.md, section 8, without its length.
    @Test
    void readsAnEventFromItsBytes() throws Exception {
        ServerFrame frame =
                parse(
                        """
                        42 2d 08 01 10 15 18 e8 df d7 9d aa 33 20 07 2a 03 41 6e 61 32 10
                        61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 3a 07 0a 05 68 65 6c 6c 6f
                        """);

        assertEquals(HELLO, WireDecoding.event(frame.getEvent()));
    }

    @Test
    void readsBackWhatWireEncodingWrote() throws Exception {
        RoomEvent event =
                new RoomEvent(
                        3,
                        Long.MAX_VALUE,
                        -5,
                        8,
                        new UserName("Bo"),
                        ID,
                        new EventBody.Message(new MessageText(" \u0000é\uD83D\uDE00 "), 4, true));
        assertEquals(event, WireDecoding.event(WireEncoding.event(event)));

        Person person = new Person(9, new UserName("Cy"), Role.ADMIN, Availability.AWAY);
        assertEquals(person, WireDecoding.person(WireEncoding.person(person)));

        RoomInfo room = new RoomInfo(2, new RoomName("den"), RoomKind.PRIVATE, "quiet", 12, 3);
        assertEquals(room, WireDecoding.room(WireEncoding.room(room)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit { target_seq: 3 }", "moderation {}"})
    void readsABodyItDoesNotShowAsUnknown(String body) throws Exception {
        assertEquals(new EventBody.Unknown(), WireDecoding.event(event(body)).body());
    }

    @Test
    void readsABodyOfALaterVersionAsUnknown() throws Exception {
        // Field 99, length-delimited, one byte: no field of today's Event.
        Event wire =
                WireEncoding.event(HELLO).toBuilder()
                        .clearMessage()
                        .mergeFrom(Wire.unhex("9a 06 01 00"))
                        .build();

        RoomEvent event = WireDecoding.event(wire);

        assertEquals(21, event.seq());
        assertEquals(new EventBody.Unknown(), event.body());
    }

    @Test
    void readsATextBeyondTodaysRulesAsUnknown() throws Exception {
        String tooLong = "x".repeat(MessageText.BYTES_MAX + 1);

        assertEquals(
                new EventBody.Unknown(),
                WireDecoding.event(event("message { text: \"" + tooLong + "\" }")).body());
        assertEquals(
                new EventBody.Unknown(),
                WireDecoding.event(event("message { text: \" \" }")).body());
        assertEquals(
                new EventBody.Unknown(),
                WireDecoding.event(event("message { reply_to_seq: 18446744073709551615 }")).body());
    }

    @Test
    void readsANameBeyondTodaysRulesAsTheUsersNumber() throws Exception {
        RoomEvent event = WireDecoding.event(event("sender_name: \"a\\342\\200\\256b\""));

        assertEquals(new UserName("user 7"), event.senderName());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "room_id: 0",
                "seq: 0",
                "seq: 9223372036854775808",
                "sender_user_id: 0",
                "client_msg_id: \"\"",
                "client_msg_id: \"aaaaaaaaaaaaaaa\"",
                "client_msg_id: \"aaaaaaaaaaaaaaaaa\"",
            })
    void refusesAnEventThatTheSequenceCannotHangOn(String change) throws Exception {
        Event wire = event(change);

        MalformedFrameException e =
                assertThrows(MalformedFrameException.class, () -> WireDecoding.event(wire));
        assertEquals(CloseReason.FRAME_MALFORMED, e.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0a", // a field begun
                "42 05 08 01", // a message cut short
                "42 02 2a 05", // a text longer than its message
                "42 04 2a 02 c3 28", // no UTF-8
                "07", // wire type 7
            })
    void refusesBytesThatAreNoServerFrame(String hex) {
        assertThrows(MalformedFrameException.class, () -> parse(hex));
    }

    @Test
    void readsAFrameOfALaterVersionAsOneOfNoKind() throws Exception {
        assertEquals(ServerFrame.KindCase.KIND_NOT_SET, parse("fa 07 01 00").getKindCase());
    }

    private static HistoryMessage.Builder historyMessage() {
        return HistoryMessage.newBuilder()
                .setSeq(21)
                .setTimeMs(HELLO.timeMillis())
                .setSenderUserId(7)
                .setSenderName("Ana")
                .setClientMsgId(ByteString.copyFrom(ID.bytes()));
    }

    @Test
    void readsAHistoryMessageAsTheEventThatItWas() throws Exception {
        EventBody.Message body = (EventBody.Message) HELLO.body();

        assertEquals(
                ChatMessage.of(HELLO),
                WireDecoding.historyMessage(
                        1, historyMessage().setMessage(WireEncoding.message(body)).build()));
        assertEquals(
                new EventBody.Unknown(),
                WireDecoding.historyMessage(1, historyMessage().build()).body());
        assertThrows(
                MalformedFrameException.class,
                () -> WireDecoding.historyMessage(1, historyMessage().setSeq(0).build()));
    }

    @Test
    void readsAHistoryMessageWithAllThatHappenedToIt() throws Exception {
        ChatMessage message =
                new ChatMessage(
                        1,
                        21,
                        HELLO.timeMillis(),
                        7,
                        new UserName("Ana"),
                        ID,
                        new EventBody.Message(new MessageText("hi"), 3, true, List.of(9L, 300L)),
                        1_763_683_201_000L,
                        List.of(
                                new ReactionTally(new Emoji("+1"), List.of(7L, 8L), 3),
                                new ReactionTally(new Emoji("-1"), List.of(9L), 1)),
                        true);
        ChatMessage gone =
                ChatMessage.of(HELLO).gone(new EventBody.Tombstone(TombstoneCause.EXPIRED, 0));

        for (ChatMessage each : List.of(message, gone)) {
            assertEquals(each, WireDecoding.historyMessage(1, WireEncoding.historyMessage(each)));
        }
    }

    @Test
    void readsAReactionThatCountsFewerThanItNamesAndPassesOverOneThatIsNone() throws Exception {
        HistoryMessage.Builder wire = historyMessage();
        TextFormat.merge(
                "reactions { emoji: \"+1\" user_ids: 7 user_ids: 8 count: 1 } reactions { emoji: \"a b\" }",
                wire);

        assertEquals(
                List.of(new ReactionTally(new Emoji("+1"), List.of(7L, 8L), 2)),
                WireDecoding.historyMessage(1, wire.build()).reactions());
    }

    static List<EventBody> bodies() {
        return List.of(
                new EventBody.Message(new MessageText("hi"), 3, true, List.of(9L, 300L)),
                new EventBody.Edit(4, new MessageText("new")),
                new EventBody.Delete(4),
                new EventBody.Reaction(4, new Emoji("+1"), true),
                new EventBody.Topic(new RoomTopic("t")),
                new EventBody.Topic(RoomTopic.NONE),
                new EventBody.Rename(new RoomName("n")),
                new EventBody.Pin(4, true),
                new EventBody.Membership(9, new UserName("Cy"), MembershipChange.ADDED),
                new EventBody.Membership(9, new UserName("Cy"), MembershipChange.REMOVED),
                new EventBody.Membership(9, new UserName("Cy"), MembershipChange.LEFT),
                new EventBody.Membership(9, new UserName("Cy"), MembershipChange.OWNER),
                new EventBody.Settings(new RoomSettings(2, 3, true)),
                new EventBody.Settings(new RoomSettings(0, 0, false)),
                new EventBody.Tombstone(TombstoneCause.DELETED, 9),
                new EventBody.Tombstone(TombstoneCause.EXPIRED, 0),
                new EventBody.Unknown());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void readsEveryBodyAsItWasWritten(EventBody body) throws Exception {
        RoomEvent event = new RoomEvent(1, 21, 5, 7, new UserName("Ana"), ID, body);

        assertEquals(event, WireDecoding.event(WireEncoding.event(event)));
        assertEquals(event, WireDecoding.event(WireEncoding.encodedEvent(event)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edit { target_seq: 0 text: \"new\" }",
                "edit { target_seq: 4 text: \" \" }",
                "delete { target_seq: 18446744073709551615 }",
                "reaction { target_seq: 4 emoji: \"a b\" }",
                "topic { topic: \"two\\nlines\" }",
                "rename { name: \"/\" }",
                "pin { }",
                "membership { user_id: 0 user_name: \"Cy\" change: ADDED }",
                "membership { user_id: 9 user_name: \"Cy\" }",
                "retention { days: 36501 }",
                "moderation { act: \"hug\" user_id: 9 }",
                "moderation { act: \"kick\" until_ms: -1 }",
            })
    void readsABodyBeyondTodaysRulesAsUnknown(String body) throws Exception {
        assertEquals(new EventBody.Unknown(), WireDecoding.event(event(body)).body());
    }

    @Test
    void readsNoMoreMentionsThanAMessageMayHave() throws Exception {
        String mentions = "mention_user_ids: 0 " + "mention_user_ids: 9 ".repeat(33);

        EventBody.Message message =
                (EventBody.Message)
                        WireDecoding.event(event("message { text: \"hi\" " + mentions + "}"))
                                .body();

        assertEquals(Collections.nCopies(32, 9L), message.mentions());
    }

    @Test
    void readsAPersonOfALaterVersionAsAMemberWhoIsThere() throws Exception {
        Person person =
                WireDecoding.person(
                        WireEncoding.person(
                                        new Person(
                                                9,
                                                new UserName("Cy"),
                                                Role.ADMIN,
                                                Availability.AWAY))
                                .toBuilder()
                                .setRoleValue(77)
                                .setAvailabilityValue(77)
                                .build());

        assertEquals(new Person(9, new UserName("Cy"), Role.MEMBER, Availability.ONLINE), person);
    }

    @Test
    void namesADirectRoomAfterItsOtherPerson() throws Exception {
        Room.Builder wire = Room.newBuilder();
        TextFormat.merge("room_id: 5 kind: ROOM_DIRECT peer { user_id: 9 name: \"Cy\" }", wire);

        RoomInfo room = WireDecoding.room(wire.build());

        assertEquals(new RoomName("Cy"), room.name());
        assertEquals(RoomKind.DIRECT, room.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"#Cy", "##x", "/x"})
    void namesADirectRoomAfterNobodyWhoseNameIsNoneForARoom(String name) throws Exception {
        Room wire =
                Room.newBuilder()
                        .setRoomId(5)
                        .setKind(localchat.core.protocol.wire.RoomKind.ROOM_DIRECT)
                        .setPeer(
                                localchat.core.protocol.wire.Person.newBuilder()
                                        .setUserId(9)
                                        .setName(name))
                        .build();

        assertEquals(new RoomName("room 5"), WireDecoding.room(wire).name());
        assertEquals(name, WireDecoding.room(wire).peer().orElseThrow().name().value());
        assertEquals(
                new RoomName("room 5"),
                WireDecoding.room(wire.toBuilder().setName(name).build()).name());
    }

    @Test
    void cutsATopicThatIsLongerThanOneCanBe() throws Exception {
        Room wire = Room.newBuilder().setRoomId(5).setTopic("x" + "é".repeat(1_000)).build();

        assertEquals("x" + "é".repeat(127), WireDecoding.room(wire).topic());
    }

    @Test
    void readsARoomOfAnUnknownKindAsOneThatIsNotJoinedByName() throws Exception {
        Room wire = Room.newBuilder().setRoomId(5).setKindValue(77).setOnline(-1).build();

        RoomInfo room = WireDecoding.room(wire);

        assertEquals(RoomKind.PRIVATE, room.kind());
        assertEquals(new RoomName("room 5"), room.name());
        assertEquals(Integer.MAX_VALUE, room.online());
    }

    @Test
    void refusesARoomWithoutAnIdOrWithAHeadBelowZero() {
        Room noId = Room.newBuilder().setName("den").build();
        Room badHead = Room.newBuilder().setRoomId(1).setHeadSeq(-1).build();

        assertThrows(MalformedFrameException.class, () -> WireDecoding.room(noId));
        assertThrows(MalformedFrameException.class, () -> WireDecoding.room(badHead));
    }

    @ParameterizedTest
    @EnumSource(localchat.core.protocol.wire.ErrorCode.class)
    void readsEveryErrorCodeOfTheSchema(localchat.core.protocol.wire.ErrorCode wire) {
        ErrorCode code = WireDecoding.errorCode(wire);

        boolean isKnown =
                wire != localchat.core.protocol.wire.ErrorCode.UNRECOGNIZED
                        && wire != localchat.core.protocol.wire.ErrorCode.ERROR_CODE_UNSPECIFIED;
        assertEquals(isKnown ? wire.name() : "INTERNAL", code.name());
    }

    @ParameterizedTest
    @EnumSource(localchat.core.protocol.wire.CloseReason.class)
    void readsEveryCloseReasonOfTheSchema(localchat.core.protocol.wire.CloseReason wire) {
        CloseReason reason = WireDecoding.closeReason(wire);

        boolean isKnown =
                wire != localchat.core.protocol.wire.CloseReason.UNRECOGNIZED
                        && wire
                                != localchat.core.protocol.wire.CloseReason
                                        .CLOSE_REASON_UNSPECIFIED;
        assertEquals(isKnown ? wire.name() : "PEER_CLOSED", reason.name());
    }

    @Test
    void namesTheFieldThatHasTheWrongLength() {
        MalformedFrameException e =
                assertThrows(
                        MalformedFrameException.class,
                        () -> WireDecoding.id128("welcome.epoch", ByteString.EMPTY));

        assertEquals("welcome.epoch has 0 bytes, not 16", e.getMessage());
        assertThrows(MalformedFrameException.class, () -> WireDecoding.nonce(ByteString.EMPTY));
        assertThrows(
                MalformedFrameException.class,
                () -> WireDecoding.digest("challenge.server_key_hash", ByteString.EMPTY));
    }
}
