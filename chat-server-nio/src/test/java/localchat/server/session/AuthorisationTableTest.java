package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localchat.core.model.Role;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.server.net.TurnPeer;
import localchat.server.session.Permissions.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every request by everybody: who may ask for what, held to [Permissions]. The words of the table
/// are those of [Company]; `=` is the word of MEMBER, and `x` ends the connection with WRONG_STATE.
class AuthorisationTableTest {
    /// Who asks. All but the one who was sent out ask about a private room.
    enum Who {
        /// Said Hello and nothing more.
        ANONYMOUS,
        /// In the room.
        MEMBER,
        /// Never was a member of the room.
        STRANGER,
        /// In the room, and muted there.
        MUTED,
        /// Sent out of a public room.
        KICKED,
        /// Taken out of the room by a moderator.
        REMOVED,
        /// In the room that is his own.
        OWNER,
        /// In the room.
        MODERATOR,
        /// In the room.
        ADMIN,
        /// An administrator who is no member of the room.
        FAR_ADMIN
    }

    private static final String TABLE =
            """
            request            |ANONYMOUS|MEMBER      |STRANGER    |MUTED       |KICKED      |REMOVED     |OWNER       |MODERATOR   |ADMIN       |FAR_ADMIN
            HELLO              |x        |NOT_NOW?    |=           |=           |=           |=           |=           |=           |=           |=
            LOGIN              |welcome  |NOT_NOW?    |=           |=           |=           |=           |=           |=           |=           |=
            PING               |pong     |pong        |=           |=           |=           |=           |=           |=           |=           |=
            PONG               |-        |-           |=           |=           |=           |=           |=           |=           |=           |=
            POST               |x        |event       |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST reaction      |x        |event       |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST pin           |x        |event       |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST topic         |x        |event       |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST edit          |x        |FORBIDDEN?  |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?  |NOT_IN_ROOM?
            POST delete        |x        |FORBIDDEN?  |NOT_IN_ROOM?|FORBIDDEN?  |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST rename        |x        |FORBIDDEN?  |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |FORBIDDEN?  |FORBIDDEN?  |NOT_IN_ROOM?
            POST add           |x        |event       |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |event       |event       |NOT_IN_ROOM?
            POST remove        |x        |FORBIDDEN?  |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |FORBIDDEN?  |FORBIDDEN?  |NOT_IN_ROOM?
            POST owner         |x        |FORBIDDEN?  |NOT_IN_ROOM?|MUTED?      |NOT_IN_ROOM?|NOT_IN_ROOM?|event       |FORBIDDEN?  |FORBIDDEN?  |NOT_IN_ROOM?
            TYPING             |x        |-           |NOT_IN_ROOM?|-           |NOT_IN_ROOM?|NOT_IN_ROOM?|-           |-           |-           |NOT_IN_ROOM?
            RESUME             |x        |room_entered|NOT_FOUND?  |room_entered|FORBIDDEN?  |NOT_FOUND?  |room_entered|room_entered|room_entered|NOT_FOUND?
            LEAVE_ROOM         |x        |room_left   |NOT_IN_ROOM?|room_left   |NOT_IN_ROOM?|NOT_IN_ROOM?|room_left   |room_left   |room_left   |NOT_IN_ROOM?
            LIST_PEOPLE room   |x        |people_page |NOT_IN_ROOM?|people_page |NOT_IN_ROOM?|NOT_IN_ROOM?|people_page |people_page |people_page |NOT_IN_ROOM?
            FETCH_HISTORY      |x        |history_page|NOT_IN_ROOM?|history_page|NOT_IN_ROOM?|NOT_IN_ROOM?|history_page|history_page|history_page|NOT_IN_ROOM?
            FETCH_EVENTS       |x        |event_page  |NOT_IN_ROOM?|event_page  |NOT_IN_ROOM?|NOT_IN_ROOM?|event_page  |event_page  |event_page  |NOT_IN_ROOM?
            MARK_READ          |x        |read_marker |NOT_IN_ROOM?|read_marker |NOT_IN_ROOM?|NOT_IN_ROOM?|read_marker |read_marker |read_marker |NOT_IN_ROOM?
            SET_ROOM           |x        |FORBIDDEN?  |NOT_IN_ROOM?|FORBIDDEN?  |NOT_IN_ROOM?|NOT_IN_ROOM?|done        |FORBIDDEN?  |FORBIDDEN?  |NOT_IN_ROOM?
            JOIN_ROOM          |x        |room_entered|=           |=           |FORBIDDEN?  |=           |=           |=           |=           |=
            LIST_ROOMS         |x        |room_page   |=           |=           |=           |=           |=           |=           |=           |=
            LIST_PEOPLE        |x        |people_page |=           |=           |=           |=           |=           |=           |=           |=
            SET_PRESENCE       |x        |done        |=           |=           |=           |=           |=           |=           |=           |=
            CREATE_ROOM        |x        |room_entered|=           |=           |=           |=           |=           |=           |=           |=
            OPEN_DIRECT        |x        |room_entered|=           |=           |=           |=           |=           |=           |=           |=
            SEARCH             |x        |UNSUPPORTED?|=           |=           |=           |=           |=           |=           |=           |=
            CHANGE_NAME        |x        |done        |=           |=           |=           |=           |=           |=           |=           |=
            LIST_DEVICES       |x        |device_page |=           |=           |=           |=           |=           |=           |=           |=
            LIST_DEVICES others|x        |FORBIDDEN?  |=           |=           |=           |=           |=           |=           |device_page |device_page
            REVOKE_DEVICE      |x        |done        |=           |=           |=           |=           |=           |=           |=           |=
            REVOKE_DEVICE others|x       |NOT_FOUND?  |=           |=           |=           |=           |=           |=           |done        |done
            CREATE_DEVICE_CODE |x        |code        |=           |=           |=           |=           |=           |=           |=           |=
            CREATE_RECOVERY_CODE|x       |code        |=           |=           |=           |=           |=           |=           |=           |=
            BLOCK_PERSON       |x        |blocked     |=           |=           |=           |=           |=           |=           |=           |=
            KICK               |x        |FORBIDDEN?  |NOT_FOUND?  |FORBIDDEN?  |FORBIDDEN?  |NOT_FOUND?  |done        |done        |done        |NOT_FOUND?
            KICK server        |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |done        |done        |done
            KICK equal         |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?
            MUTE               |x        |FORBIDDEN?  |NOT_FOUND?  |FORBIDDEN?  |FORBIDDEN?  |NOT_FOUND?  |done        |done        |done        |NOT_FOUND?
            MUTE server        |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |done        |done        |done
            MUTE equal         |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?
            BAN                |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |done        |done
            BAN equal          |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?  |FORBIDDEN?
            UNBAN              |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |done        |done
            SET_ROLE           |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |done        |done
            RELEASE_NAME       |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |done        |done
            CREATE_INVITE      |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |code        |code
            LIST_INVITES       |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |invite_page |invite_page
            REVOKE_INVITE      |x        |FORBIDDEN?  |=           |=           |=           |=           |FORBIDDEN?  |FORBIDDEN?  |done        |done
            KIND_NOT_SET       |x        |UNSUPPORTED?|=           |=           |=           |=           |=           |=           |=           |=
            """;

    /// A message of the room by somebody else.
    private static final long OTHERS_MESSAGE = 1;

    static final Map<String, Map<Who, String>> CELLS = cells();

    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer tim = company.login("Tim");
    private final TurnPeer olga = company.login("Olga");
    private long room;
    private String invite = "";

    AuthorisationTableTest() {
        company.login("Zoe");
    }

    @Test
    void theTableHasEveryKindForEverybody() {
        Set<KindCase> kinds =
                CELLS.keySet().stream()
                        .map(AuthorisationTableTest::kind)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(KindCase.class)));
        assertEquals(EnumSet.allOf(KindCase.class), kinds);
        CELLS.values().forEach(row -> assertEquals(EnumSet.allOf(Who.class), row.keySet()));
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("everyCell")
    void answersAsTheTableSays(String request, Who who, String wanted) {
        TurnPeer peer = company.server.connect();
        prepare(peer, who);
        ClientFrame.Builder frame = frame(request, peer, who);
        assertEquals(wanted, Company.word(company.request(peer, frame)));
        assertEquals(List.of(), server.faults);
    }

    static Stream<Arguments> everyCell() {
        List<Arguments> cells = new ArrayList<>();
        CELLS.forEach((request, row) ->
                row.forEach((who, wanted) -> cells.add(arguments(request, who, wanted))));
        return cells.stream();
    }

    /// What [Permissions] says of a kind is what the table says of its plain request.
    @ParameterizedTest
    @EnumSource
    void thePermissionsSayTheSame(KindCase kind) {
        Map<Who, String> row = CELLS.get(kind.name());
        assertTrue(row != null, "no plain request of " + kind);
        boolean ends = word(row, Who.ANONYMOUS).equals("WRONG_STATE!");
        assertEquals(Permissions.of(kind) != Need.NOTHING || kind == KindCase.HELLO, ends);
        switch (Permissions.of(kind)) {
            case NOTHING, LOGIN ->
                    assertAlike(
                            row, of(Who.MEMBER, Who.MUTED, Who.OWNER, Who.MODERATOR, Who.ADMIN));
            case ROOM -> {
                assertInside(row, kind);
                assertAlike(row, of(Who.MEMBER, Who.MUTED));
            }
            case VOICE -> {
                assertInside(row, kind);
                assertEquals(kind == KindCase.POST ? "MUTED?" : "-", word(row, Who.MUTED));
            }
            case ORDER -> {
                assertAlike(row, of(Who.OWNER, Who.MODERATOR, Who.ADMIN));
                assertAlike(row, of(Who.MEMBER, Who.MUTED, Who.KICKED));
                assertEquals("FORBIDDEN?", word(row, Who.MEMBER));
                assertEquals("done", word(row, Who.MODERATOR));
            }
            case ADMIN -> {
                EnumSet<Who> admins = of(Who.ADMIN, Who.FAR_ADMIN);
                assertAlike(row, admins);
                assertAlike(row, EnumSet.complementOf(of(Who.ADMIN, Who.FAR_ADMIN, Who.ANONYMOUS)));
                assertEquals("FORBIDDEN?", word(row, Who.MODERATOR));
                assertNotEquals("FORBIDDEN?", word(row, Who.ADMIN));
            }
        }
    }

    private static EnumSet<Who> of(Who first, Who... others) {
        return EnumSet.of(first, others);
    }

    private static String word(Map<Who, String> row, Who who) {
        return row.getOrDefault(who, "nothing");
    }

    private static void assertAlike(Map<Who, String> row, Set<Who> some) {
        assertEquals(1, some.stream().map(who -> word(row, who)).distinct().count(), row::toString);
    }

    private static void assertInside(Map<Who, String> row, KindCase kind) {
        for (Who who : of(Who.STRANGER, Who.KICKED, Who.REMOVED, Who.FAR_ADMIN)) {
            assertEquals("NOT_IN_ROOM?", word(row, who), kind::toString);
        }
        assertNotEquals("NOT_IN_ROOM?", word(row, Who.MEMBER));
    }

    /// Whoever is in a room no more is told what a stranger is told.
    @Test
    void whoeverWasRemovedIsAStranger() {
        CELLS.forEach((request, row) ->
                assertEquals(word(row, Who.STRANGER), word(row, Who.REMOVED), request));
    }

    // The people
    // -------------------------------------------------------------------------------------------

    private void prepare(TurnPeer peer, Who who) {
        server.register.invites().create(1, 0, 0, server.clock.epochMillis());
        invite = server.register.invites().list().getFirst().id();
        if (who != Who.ANONYMOUS) {
            assertEquals("welcome", company.tryLogin(peer, "Mia", "Mia", login -> login));
        }
        switch (who) {
            case ADMIN, FAR_ADMIN -> company.role("Mia", Role.ADMIN);
            case MODERATOR -> company.role("Mia", Role.MODERATOR);
            default -> {}
        }
        // Of the same role as whoever asks.
        company.role(
                "Zoe",
                switch (who) {
                    case ADMIN, FAR_ADMIN -> Role.ADMIN;
                    default -> Role.MODERATOR;
                });
        switch (who) {
            case ANONYMOUS, STRANGER, FAR_ADMIN -> room = company.den(olga, Map.of("Tim", tim));
            case MEMBER, MUTED, MODERATOR, ADMIN, REMOVED ->
                    room = company.den(olga, Map.of("Tim", tim, "Mia", peer));
            case OWNER -> room = company.den(peer, Map.of("Tim", tim, "Olga", olga));
            case KICKED -> {
                room = company.join(olga, "hall");
                company.join(tim, "hall");
                company.join(peer, "hall");
            }
        }
        company.say(tim, room, "hello");
        restrain(who);
        company.forget(peer, tim);
    }

    private void restrain(Who who) {
        if (who == Who.KICKED || who == Who.REMOVED) {
            assertEquals(
                    "done",
                    company.ask(
                            olga,
                            "kick { user_id: %d room_id: %d }".formatted(company.id("Mia"), room)));
        }
        if (who == Who.MUTED) {
            assertEquals(
                    "done",
                    company.ask(
                            olga,
                            "mute { user_id: %d room_id: %d duration_seconds: 60 }"
                                    .formatted(company.id("Mia"), room)));
        }
    }

    private ClientFrame.Builder frame(String request, TurnPeer peer, Who who) {
        KindCase kind = kind(request);
        if (who == Who.ANONYMOUS) {
            Challenge challenge = server.hello(peer);
            if (kind == KindCase.LOGIN) {
                return ClientFrame.newBuilder()
                        .setLogin(Samples.login(challenge, "Mia", Company.key("Mia")));
            }
        }
        String text = text(request);
        return text.isEmpty() ? Samples.of(kind) : Samples.frame(text);
    }

    /// The request about the room, and Tim in it; empty when it is the same for everybody.
    private String text(String request) {
        long target = company.id("Tim");
        long equal = company.id("Zoe");
        String timsDevice =
                Company.escaped(company.account("Tim").devices().getFirst().deviceId().bytes());
        return switch (request) {
            case "POST" -> post("message { text: 'hello' }");
            case "POST reaction" ->
                    post("reaction { target_seq: %d emoji: '+1' }".formatted(OTHERS_MESSAGE));
            case "POST pin" -> post("pin { target_seq: %d }".formatted(OTHERS_MESSAGE));
            case "POST topic" -> post("topic { topic: 'tea' }");
            case "POST edit" -> post("edit { target_seq: %d text: 'x' }".formatted(OTHERS_MESSAGE));
            case "POST delete" -> post("delete { target_seq: %d }".formatted(OTHERS_MESSAGE));
            case "POST rename" -> post("rename { name: 'cave' }");
            case "POST add" -> post("membership { user_id: %d change: ADDED }".formatted(equal));
            case "POST remove" ->
                    post("membership { user_id: %d change: REMOVED }".formatted(target));
            case "POST owner" -> post("membership { user_id: %d change: OWNER }".formatted(target));
            case "TYPING" -> "typing { room_id: %d active: true }".formatted(room);
            case "RESUME" -> "resume { room_id: %d epoch: '%s' }".formatted(room, Samples.EPOCH);
            case "LEAVE_ROOM" -> "leave_room { room_id: %d }".formatted(room);
            case "LIST_PEOPLE room" -> "list_people { room_id: %d }".formatted(room);
            case "LIST_PEOPLE" -> "list_people {}";
            case "FETCH_HISTORY" -> "fetch_history { room_id: %d }".formatted(room);
            case "FETCH_EVENTS" -> "fetch_events { room_id: %d from_seq: 1 }".formatted(room);
            case "MARK_READ" -> "mark_read { room_id: %d seq: 1 }".formatted(room);
            case "SET_ROOM" -> "set_room { room_id: %d retention_days: 30 }".formatted(room);
            case "SEARCH" -> "search { room_id: %d text: 'hello' }".formatted(room);
            case "JOIN_ROOM" -> "join_room { name: 'hall' }";
            case "CREATE_ROOM" -> "create_room { name: 'nook' kind: ROOM_PRIVATE }";
            case "OPEN_DIRECT" -> "open_direct { user_id: %d }".formatted(target);
            case "LIST_DEVICES others" -> "list_devices { user_id: %d }".formatted(target);
            case "REVOKE_DEVICE others" ->
                    "revoke_device { device_id: '%s' }".formatted(timsDevice);
            case "BLOCK_PERSON" -> "block_person { user_id: %d }".formatted(target);
            case "KICK" -> "kick { user_id: %d room_id: %d }".formatted(target, room);
            case "KICK server" -> "kick { user_id: %d }".formatted(target);
            case "KICK equal" -> "kick { user_id: %d }".formatted(equal);
            case "MUTE" ->
                    "mute { user_id: %d room_id: %d duration_seconds: 9 }".formatted(target, room);
            case "MUTE server" -> "mute { user_id: %d duration_seconds: 9 }".formatted(target);
            case "MUTE equal" -> "mute { user_id: %d duration_seconds: 9 }".formatted(equal);
            case "BAN" -> "ban { user_id: %d }".formatted(target);
            case "BAN equal" -> "ban { user_id: %d }".formatted(equal);
            case "UNBAN" -> "unban { user_id: %d }".formatted(target);
            case "SET_ROLE" -> "set_role { user_id: %d role: ROLE_ADMIN }".formatted(target);
            case "RELEASE_NAME" -> "release_name { name: 'Tim' }";
            case "REVOKE_INVITE" -> "revoke_invite { invite_id: '%s' }".formatted(invite);
            default -> "";
        };
    }

    private String post(String body) {
        return "post { room_id: %d client_msg_id: 'aaaaaaaaaaaaaaaa' flight: 1 %s }"
                .formatted(room, body);
    }

    // The table
    // ----------------------------------------------------------------------------------------------

    private static KindCase kind(String request) {
        return KindCase.valueOf(request.split(" ", -1)[0]);
    }

    private static Map<String, Map<Who, String>> cells() {
        Map<String, Map<Who, String>> cells = new LinkedHashMap<>();
        List<String> names = columns(TABLE.lines().findFirst().orElseThrow());
        TABLE.lines()
                .skip(1)
                .map(AuthorisationTableTest::columns)
                .forEach(columns -> {
                    Map<Who, String> row = new EnumMap<>(Who.class);
                    for (int i = 1; i < columns.size(); i++) {
                        String word =
                                switch (columns.get(i)) {
                                    case "=" -> columns.get(2);
                                    case "x" -> "WRONG_STATE!";
                                    default -> columns.get(i);
                                };
                        row.put(Who.valueOf(names.get(i)), word);
                    }
                    cells.put(columns.getFirst(), row);
                });
        return cells;
    }

    private static List<String> columns(String line) {
        return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    }
}
