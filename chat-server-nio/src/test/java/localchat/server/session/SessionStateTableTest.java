package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counter;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of frame in every state of a session: PROTOCOL.md, sections 1, 3 and 4, cell by cell.
/// The words of the tables are those of [Reaction].
class SessionStateTableTest {
    /// How far a conversation has come when the frame arrives.
    enum State {
        /// Connected, nothing said.
        NEW,
        CHALLENGED,
        /// The login's signature is being checked.
        PROVING,
        /// Logged in, in no room.
        OUTSIDE,
        /// Logged in and in the room 1.
        INSIDE,
        /// To be closed at the end of this turn: the frame comes behind one that is none.
        DOOMED,
        /// The goodbye is said; the peer has not closed its side yet.
        LINGERING
    }

    /// A valid frame of each kind. In the states that the table leaves out nothing happens.
    private static final String TABLE =
            """
            kind                 | NEW          | CHALLENGED   | PROVING      | OUTSIDE      | INSIDE
            HELLO                | challenge    | WRONG_STATE! | WRONG_STATE! | NOT_NOW?     | NOT_NOW?
            LOGIN                | WRONG_STATE! | welcome      | WRONG_STATE! | NOT_NOW?     | NOT_NOW?
            PING                 | WRONG_STATE! | pong         | pong         | pong         | pong
            PONG                 | WRONG_STATE! | -            | -            | -            | -
            POST                 | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | event
            JOIN_ROOM            | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | room_entered | room_entered
            RESUME               | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | room_entered | room_entered
            LEAVE_ROOM           | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | room_left
            LIST_ROOMS           | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | room_page    | room_page
            LIST_PEOPLE          | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | people_page
            FETCH_HISTORY        | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | history_page
            FETCH_EVENTS         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | event_page
            MARK_READ            | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | read_marker
            TYPING               | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | -
            SET_PRESENCE         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | done         | done
            CREATE_ROOM          | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | room_entered | room_entered
            OPEN_DIRECT          | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | room_entered | room_entered
            SET_ROOM             | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | NOT_IN_ROOM? | FORBIDDEN?
            SEARCH               | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | UNSUPPORTED? | UNSUPPORTED?
            CHANGE_NAME          | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | done         | done
            LIST_DEVICES         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | device_page  | device_page
            REVOKE_DEVICE        | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | done         | done
            CREATE_DEVICE_CODE   | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | code         | code
            CREATE_RECOVERY_CODE | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | code         | code
            BLOCK_PERSON         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | blocked      | blocked
            KICK                 | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            MUTE                 | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            BAN                  | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            UNBAN                | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            SET_ROLE             | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            RELEASE_NAME         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            CREATE_INVITE        | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            LIST_INVITES         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            REVOKE_INVITE        | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | FORBIDDEN?   | FORBIDDEN?
            KIND_NOT_SET         | WRONG_STATE! | WRONG_STATE! | WRONG_STATE! | UNSUPPORTED? | UNSUPPORTED?
            """;

    /// The kinds of which it matters that nothing is in them, in the room 1 or before the login.
    private static final Map<KindCase, String> NOTHING_IN_IT =
            Map.ofEntries(
                    Map.entry(KindCase.HELLO, "UPGRADE_REQUIRED? UPGRADE_REQUIRED_CLOSE!"),
                    Map.entry(KindCase.LOGIN, "NAME_INVALID? LOGIN_REFUSED!"),
                    Map.entry(KindCase.POST, "INVALID?"),
                    Map.entry(KindCase.JOIN_ROOM, "ROOM_NAME_INVALID?"),
                    Map.entry(KindCase.RESUME, "NOT_FOUND?"),
                    Map.entry(KindCase.LEAVE_ROOM, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.FETCH_HISTORY, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.FETCH_EVENTS, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.TYPING, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.MARK_READ, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.CREATE_ROOM, "ROOM_NAME_INVALID?"),
                    Map.entry(KindCase.OPEN_DIRECT, "NOT_FOUND?"),
                    Map.entry(KindCase.SET_ROOM, "NOT_IN_ROOM?"),
                    Map.entry(KindCase.LIST_PEOPLE, "people_page"),
                    Map.entry(KindCase.SET_PRESENCE, "INVALID?"),
                    Map.entry(KindCase.CHANGE_NAME, "NAME_INVALID?"),
                    Map.entry(KindCase.REVOKE_DEVICE, "INVALID?"),
                    Map.entry(KindCase.BLOCK_PERSON, "NOT_FOUND?"),
                    Map.entry(KindCase.KICK, "NOT_FOUND?"),
                    Map.entry(KindCase.MUTE, "NOT_FOUND?"));

    private static final byte[] NO_FRAME = TurnPeer.prefixed((byte) 0x12, (byte) 0x7f);

    private static final Map<KindCase, Map<State, String>> CELLS = cells();
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();

    private static final long REQUEST_ID = 77;

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private Challenge challenge = Challenge.getDefaultInstance();

    @AfterEach
    void noFaultAndOthersChatOn() {
        assertEquals(List.of(), server.faults);
        assertEquals(0, server.counters.get(Counter.FAULTS));
        assertTrue(server.ask(bo, Samples.of(KindCase.PING)).hasPong());
    }

    @Test
    void theTableHasEveryKindInEveryState() {
        assertEquals(EnumSet.allOf(KindCase.class), CELLS.keySet());
        CELLS.values().forEach(row -> assertEquals(EnumSet.allOf(State.class), row.keySet()));
    }

    @ParameterizedTest(name = "{0} when {1}: {2}")
    @MethodSource("everyCell")
    void doesWhatTheTableSays(KindCase kind, State state, String wanted) {
        TurnPeer peer = peerIn(state);
        Session session = server.session(peer);
        String before = stateOf(session);
        ClientFrame.Builder frame = sample(kind, state).setRequestId(REQUEST_ID);
        assertEquals(wanted, reactionTo(TurnPeer.bytes(frame.build()), peer, state));
        assertEquals(stateAfter(before, wanted), stateOf(session));
    }

    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("everyKindAndState")
    void answersAKindWithNothingInIt(KindCase kind, State state) {
        TurnPeer peer = peerIn(state);
        ClientFrame.Builder frame = nothingIn(kind).setRequestId(REQUEST_ID);
        assertEquals(
                cellOfNothing(kind, state), reactionTo(TurnPeer.bytes(frame.build()), peer, state));
    }

    /// The numbers of the server's kinds are those of other kinds of a client, or of none.
    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("everyServersKindAndState")
    void takesWhatAServerSaysForWhatItIsInAClientsFrame(ServerFrame.KindCase kind, State state) {
        TurnPeer peer = peerIn(state);
        ServerFrame.Builder said = ServerFrame.newBuilder().setRequestId(REQUEST_ID);
        FieldDescriptor field = ServerFrame.getDescriptor().findFieldByNumber(kind.getNumber());
        said.setField(field, said.newBuilderForField(field).build());
        KindCase meant = KindCase.forNumber(kind.getNumber());
        assertEquals(
                cellOfNothing(meant == null ? KindCase.KIND_NOT_SET : meant, state),
                reactionTo(TurnPeer.prefixed(said.build().toByteArray()), peer, state));
    }

    @ParameterizedTest
    @EnumSource
    void closesAFrameOfLengthNull(State state) {
        assertEquals(orEnd(state, "FRAME_EMPTY!"), reactionTo(new byte[4], peerIn(state), state));
    }

    @ParameterizedTest
    @EnumSource
    void closesWhatIsNoFrame(State state) {
        assertEquals(orEnd(state, "FRAME_MALFORMED!"), reactionTo(NO_FRAME, peerIn(state), state));
    }

    @ParameterizedTest
    @EnumSource
    void closesAFrameThatIsTooLong(State state) {
        byte[] announced = {0, 1, 0, 1};
        assertEquals(orEnd(state, "FRAME_TOO_LARGE!"), reactionTo(announced, peerIn(state), state));
    }

    @ParameterizedTest
    @EnumSource
    void answersAPostByItsBody(Post.BodyCase body) {
        TurnPeer peer = peerIn(State.INSIDE);
        Post.Builder post = Samples.of(KindCase.POST).getPost().toBuilder();
        if (body == Post.BodyCase.BODY_NOT_SET) {
            post.clearBody();
        } else if (body != Post.BodyCase.MESSAGE) {
            FieldDescriptor field = Post.getDescriptor().findFieldByNumber(body.getNumber());
            post.setField(field, post.newBuilderForField(field).build());
        }
        ClientFrame frame = ClientFrame.newBuilder().setRequestId(REQUEST_ID).setPost(post).build();
        String wanted =
                switch (body) {
                    case MESSAGE, TOPIC -> "event";
                    case RENAME -> "ROOM_NAME_INVALID?";
                    case EDIT, DELETE, REACTION, PIN, MEMBERSHIP -> "INVALID?";
                    case BODY_NOT_SET -> "UNSUPPORTED?";
                };
        assertEquals(wanted, reactionTo(TurnPeer.bytes(frame), peer, State.INSIDE));
    }

    /// The table of PROTOCOL.md, section 1, is held to the one here, and so to the server.
    @Test
    void theDocumentSaysTheSame() throws IOException {
        Map<KindCase, String> documented = new EnumMap<>(KindCase.class);
        for (String line : Files.readAllLines(Path.of("..", "chat-core", "PROTOCOL.md"))) {
            List<String> columns = columns(line);
            if (columns.size() == 5 && columns.get(2).matches("yes|no")) {
                String kind = columns.get(1).replaceAll("`([a-z_]+)`.*", "$1");
                documented.putIfAbsent(
                        KindCase.valueOf(kind.toUpperCase(Locale.ROOT)),
                        columns.get(2).equals("no") ? "UNSUPPORTED?" : word(columns.get(3)));
            }
        }
        Map<KindCase, String> here = new EnumMap<>(KindCase.class);
        CELLS.keySet().forEach(kind -> here.put(kind, cell(kind, State.INSIDE)));
        here.put(KindCase.HELLO, cell(KindCase.HELLO, State.NEW));
        here.put(KindCase.LOGIN, cell(KindCase.LOGIN, State.CHALLENGED));
        // The room 1 belongs to nobody, and nobody in it has a role.
        here.put(KindCase.SET_ROOM, "done");
        for (KindCase kind : KindCase.values()) {
            switch (Permissions.of(kind)) {
                case ORDER -> here.put(kind, "done");
                case ADMIN ->
                        here.put(
                                kind,
                                switch (kind) {
                                    case CREATE_INVITE -> "code";
                                    case LIST_INVITES -> "invite_page";
                                    default -> "done";
                                });
                case NOTHING, LOGIN, ROOM, VOICE -> {}
            }
        }
        here.remove(KindCase.KIND_NOT_SET);
        assertEquals(here, documented);
    }

    /// The kind in a documented answer such as "the `event` itself, or `post_stored`".
    private static String word(String answer) {
        return answer.equals("none") ? Reaction.NOTHING : answer.replaceAll("^[^`]*`|`.*", "");
    }

    private String reactionTo(byte[] bytes, TurnPeer peer, State state) {
        if (state == State.DOOMED) {
            ByteBuffer both = ByteBuffer.allocate(NO_FRAME.length + bytes.length);
            peer.say(both.put(NO_FRAME).put(bytes).array());
        } else {
            peer.say(bytes);
        }
        server.settle();
        return Reaction.of(peer, REQUEST_ID);
    }

    /// A peer whose conversation has come so far, and who has heard everything up to here.
    private TurnPeer peerIn(State state) {
        return switch (state) {
            case NEW -> server.connect();
            case CHALLENGED -> {
                TurnPeer peer = server.connect();
                challenge = server.hello(peer);
                yield peer;
            }
            case PROVING -> {
                TurnPeer peer = peerIn(State.CHALLENGED);
                server.holdProofs();
                peer.say(sample(KindCase.LOGIN, State.CHALLENGED));
                server.settle();
                yield peer;
            }
            case OUTSIDE -> server.login("Ana", ANAS_KEY);
            case INSIDE, DOOMED -> {
                TurnPeer peer = peerIn(State.OUTSIDE);
                assertTrue(server.ask(peer, Samples.of(KindCase.JOIN_ROOM)).hasRoomEntered());
                yield peer;
            }
            case LINGERING -> {
                TurnPeer peer = peerIn(State.INSIDE);
                peer.say(NO_FRAME);
                server.settle();
                assertEquals("FRAME_MALFORMED!", Reaction.of(peer, 0));
                yield peer;
            }
        };
    }

    private ClientFrame.Builder sample(KindCase kind, State state) {
        return kind == KindCase.LOGIN && state == State.CHALLENGED
                ? ClientFrame.newBuilder().setLogin(Samples.login(challenge, "Ana", ANAS_KEY))
                : Samples.of(kind);
    }

    private static ClientFrame.Builder nothingIn(KindCase kind) {
        ClientFrame.Builder frame = ClientFrame.newBuilder();
        if (kind != KindCase.KIND_NOT_SET) {
            FieldDescriptor field = ClientFrame.getDescriptor().findFieldByNumber(kind.getNumber());
            frame.setField(field, frame.newBuilderForField(field).build());
        }
        return frame;
    }

    private static String stateOf(Session session) {
        return session.state().getClass().getSimpleName();
    }

    private static String stateAfter(String before, String wanted) {
        return switch (wanted) {
            case "challenge" -> "AwaitingLogin";
            case "welcome" -> "LoggedIn";
            default -> Reaction.isEnd(wanted) ? "Ended" : before;
        };
    }

    // The tables
    // ----------------------------------------------------------------------------------------

    static Stream<Arguments> everyCell() {
        return CELLS.entrySet().stream()
                .flatMap(row ->
                        row.getValue().entrySet().stream()
                                .map(cell ->
                                        arguments(row.getKey(), cell.getKey(), cell.getValue())));
    }

    static Stream<Arguments> everyKindAndState() {
        return Stream.of(KindCase.values())
                .flatMap(kind -> Stream.of(State.values()).map(state -> arguments(kind, state)));
    }

    static Stream<Arguments> everyServersKindAndState() {
        return Stream.of(ServerFrame.KindCase.values())
                .filter(kind -> kind != ServerFrame.KindCase.KIND_NOT_SET)
                .flatMap(kind -> Stream.of(State.values()).map(state -> arguments(kind, state)));
    }

    private static String cell(KindCase kind, State state) {
        return CELLS.getOrDefault(kind, Map.of()).getOrDefault(state, "not in the table");
    }

    private static String cellOfNothing(KindCase kind, State state) {
        boolean allowed =
                switch (kind) {
                    case HELLO -> state == State.NEW;
                    case LOGIN -> state == State.CHALLENGED;
                    default -> state == State.OUTSIDE || state == State.INSIDE;
                };
        String always = cell(kind, state);
        return allowed ? NOTHING_IN_IT.getOrDefault(kind, always) : always;
    }

    /// What is wanted while the connection is open; nothing more comes once it is not.
    private static String orEnd(State state, String wanted) {
        return switch (state) {
            case DOOMED -> "FRAME_MALFORMED!";
            case LINGERING -> Reaction.NOTHING;
            case NEW, CHALLENGED, PROVING, OUTSIDE, INSIDE -> wanted;
        };
    }

    private static Map<KindCase, Map<State, String>> cells() {
        Map<KindCase, Map<State, String>> cells = new EnumMap<>(KindCase.class);
        List<String> names = columns(TABLE.lines().findFirst().orElseThrow());
        TABLE.lines()
                .skip(1)
                .map(SessionStateTableTest::columns)
                .forEach(columns -> {
                    Map<State, String> row = new EnumMap<>(State.class);
                    for (int i = 1; i < columns.size(); i++) {
                        row.put(State.valueOf(names.get(i)), columns.get(i));
                    }
                    row.put(State.DOOMED, orEnd(State.DOOMED, ""));
                    row.put(State.LINGERING, orEnd(State.LINGERING, ""));
                    cells.put(KindCase.valueOf(columns.getFirst()), row);
                });
        return cells;
    }

    private static List<String> columns(String line) {
        return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    }
}
