package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are no text, and texts that nobody types, in every string field of every request. A
/// new field of the schema is in the first tests by itself and fails [#theTableHasEveryField] until
/// the table says what becomes of it.
class StringFieldsTest {
    /// Overlong forms, halves of surrogate pairs, a pair of them, above U+10FFFF, cut off, a lone
    /// continuation byte and bytes that UTF-8 does not have.
    private static final List<String> NO_TEXT =
            List.of(
                    "c080",
                    "c1bf",
                    "e08080",
                    "f0808080",
                    "eda080",
                    "edbfbf",
                    "eda080edb080",
                    "f4908080",
                    "f8888080",
                    "c3",
                    "e282",
                    "f09f98",
                    "80",
                    "fe",
                    "ff",
                    "61c328",
                    "efbbbfff");

    /// What becomes of a text with U+0000 in it. The words are those of [Reaction].
    private static final String TABLE =
            """
            hello.client_name         | challenge
            hello.required_features   | UPGRADE_REQUIRED? UPGRADE_REQUIRED_CLOSE!
            login.user_name           | NAME_INVALID? LOGIN_REFUSED!
            login.invite_code         | welcome
            login.device_code         | CODE_INVALID? LOGIN_REFUSED!
            login.recovery_code       | CODE_INVALID? LOGIN_REFUSED!
            login.admin_code          | CODE_INVALID? LOGIN_REFUSED!
            login.device_name         | welcome
            post.message.text         | event
            post.edit.text            | INVALID?
            post.reaction.emoji       | INVALID?
            post.topic.topic          | INVALID?
            post.rename.name          | ROOM_NAME_INVALID?
            post.membership.user_name | INVALID?
            join_room.name            | ROOM_NAME_INVALID?
            list_rooms.page_token     | INVALID?
            list_people.page_token    | people_page
            create_room.name          | ROOM_NAME_INVALID?
            search.text               | UNSUPPORTED?
            search.page_token         | UNSUPPORTED?
            change_name.name          | NAME_INVALID?
            kick.reason               | INVALID?
            mute.reason               | INVALID?
            ban.reason                | FORBIDDEN?
            release_name.name         | FORBIDDEN?
            list_invites.page_token   | FORBIDDEN?
            revoke_invite.invite_id   | FORBIDDEN?
            """;

    private static final DeviceKey ANAS_KEY = DeviceKey.generate();

    private final TurnServer server = new TurnServer(new Random(1));

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    @Test
    void theTableHasEveryField() {
        assertEquals(
                fields().map(RequestField::toString).sorted().toList(),
                List.copyOf(table().keySet()));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("everyFieldWithoutText")
    void closesWhatIsNoText(RequestField field, String hex) {
        assertEquals(
                "FRAME_MALFORMED!",
                reactionTo(field, ByteString.copyFrom(HexFormat.of().parseHex(hex))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyFieldOfTheTable")
    void takesTheCharacterNul(RequestField field, String wanted) {
        assertEquals(wanted, reactionTo(field, ByteString.copyFromUtf8("a\0b")));
    }

    /// The highest character, noncharacters, the mark of the byte order, marks of direction: all of
    /// them are text, and are not lost on the way.
    @Test
    void passesOnEveryCharacterThatIsText() {
        TurnPeer ana = server.login("Ana", ANAS_KEY);
        server.ask(ana, Samples.of(KindCase.JOIN_ROOM));
        String text =
                Stream.of(0x0, 0x7f, 0x85, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfeff, 0xfffe, 0xffff)
                                .map(Character::toString)
                                .collect(Collectors.joining())
                        + Stream.of(0x10000, 0x1f600, 0xfffff, 0x10ffff, 0x202e, 0x2066)
                                .map(Character::toString)
                                .collect(Collectors.joining());
        ClientFrame.Builder frame = Samples.of(KindCase.POST);
        frame.getPostBuilder().getMessageBuilder().setText(text);
        ana.say(frame);
        server.settle();
        assertEquals(
                List.of(text),
                ana.hear().stream()
                        .filter(heard -> heard.hasEvent())
                        .map(heard -> heard.getEvent().getMessage().getText())
                        .toList());
    }

    /// The field is added to a valid request, so that nothing but it can be the matter.
    private String reactionTo(RequestField field, ByteString value) {
        TurnPeer peer =
                switch (field.kind()) {
                    case HELLO, LOGIN -> server.connect();
                    default -> server.login("Ana", ANAS_KEY);
                };
        ClientFrame.Builder sample = Samples.of(field.kind());
        switch (field.kind()) {
            case HELLO -> {}
            case LOGIN -> {
                Challenge challenge = server.hello(peer);
                sample.setLogin(Samples.login(challenge, "Ana", ANAS_KEY));
            }
            default ->
                    assertTrue(server.ask(peer, Samples.of(KindCase.JOIN_ROOM)).hasRoomEntered());
        }
        long requestId = 5;
        peer.say(
                TurnPeer.prefixed(field.sampleWith(sample.setRequestId(requestId).build(), value)));
        server.settle();
        return Reaction.of(peer, requestId);
    }

    private static Stream<RequestField> fields() {
        List<RequestField> found =
                RequestField.all().stream()
                        .filter(field -> field.last().getType() == FieldDescriptor.Type.STRING)
                        .toList();
        assertTrue(found.size() > 20, "the walk over the schema found only " + found);
        return found.stream();
    }

    static Stream<Arguments> everyFieldWithoutText() {
        return fields().flatMap(field -> NO_TEXT.stream().map(hex -> arguments(field, hex)));
    }

    static Stream<Arguments> everyFieldOfTheTable() {
        Map<String, String> table = table();
        return fields().map(
                        field -> arguments(field, table.getOrDefault(field.toString(), "nothing")));
    }

    private static Map<String, String> table() {
        Map<String, String> table = new TreeMap<>();
        TABLE.lines()
                .map(line -> line.split("\\|", -1))
                .forEach(columns -> table.put(columns[0].strip(), columns[1].strip()));
        return table;
    }
}
