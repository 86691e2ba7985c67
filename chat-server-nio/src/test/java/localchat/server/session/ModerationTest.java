package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.model.Role;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Restraints;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kick, mute, ban and the deletion of what others said.
class ModerationTest {
    private static final long GENERAL = 1;

    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer adam = company.login("Adam", Role.ADMIN);
    private final TurnPeer mo = company.login("Mo", Role.MODERATOR);
    private final TurnPeer ana = company.login("Ana");
    private final TurnPeer phone = company.further("Ana", "phone");
    private final TurnPeer bo = company.login("Bo");

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    // Kick
    // ----------------------------------------------------------------------------------------------

    @Test
    void whoIsSentOutOfTheServerStaysOutForAMinute() {
        assertEquals("done", company.ask(mo, about("kick { user_id: %d reason: 'noise' }")));
        assertEnded(CloseReason.KICKED);
        assertEquals("FORBIDDEN?", company.tryLogin("Ana", "phone"));
        server.pass(59);
        Error error = refusedLogin();
        assertEquals(ErrorCode.FORBIDDEN, error.getCode());
        assertEquals(1_000, error.getRetryAfterMs());
        server.pass(1);
        assertEquals("welcome", company.tryLogin("Ana", "phone"));
    }

    @Test
    void whoIsSentOutOfAPublicRoomStaysOutOfItForAMinute() {
        long hall = enter("hall", mo, ana, phone, bo);
        enter("general", ana, bo);
        company.forget(ana, phone, bo);
        assertEquals("done", company.ask(mo, about("kick { user_id: %d room_id: " + hall + " }")));
        for (TurnPeer device : List.of(ana, phone)) {
            RoomLeft left = onlyLeft(device);
            assertEquals(hall, left.getRoomId());
            assertEquals(ErrorCode.FORBIDDEN, left.getReason());
        }
        assertEquals(List.of("WENT Ana 2"), company.presence(bo, hall));
        assertEquals("FORBIDDEN?", company.ask(ana, "join_room { name: 'hall' }"));
        ServerFrame refused = company.request(ana, Samples.resume(hall));
        assertEquals(ErrorCode.FORBIDDEN, refused.getError().getCode());
        assertEquals(Restraints.KICK_MILLIS, refused.getError().getRetryAfterMs());
        assertEquals("event", company.post(ana, GENERAL, "message { text: 'elsewhere' }"));
        server.clock.pass(59_999_000_000L);
        assertEquals("FORBIDDEN?", company.ask(ana, "join_room { name: 'hall' }"));
        server.clock.pass(1_000_000);
        assertEquals("room_entered", company.ask(ana, "join_room { name: 'hall' }"));
    }

    @Test
    void whoIsSentOutOfAPrivateRoomIsItsMemberNoMore() {
        long den = company.den(bo, Map.of("Ana", ana, "Mo", mo));
        company.resume(phone, den);
        company.forget(ana, phone, bo);
        String kick = about("kick { user_id: %d room_id: " + den + " }");
        assertEquals("done", company.ask(mo, kick));
        assertEquals(ErrorCode.FORBIDDEN, onlyLeft(ana).getReason());
        assertEquals(ErrorCode.FORBIDDEN, onlyLeft(phone).getReason());
        List<Event> told = company.events(bo);
        assertEquals(2, told.size());
        assertEquals(
                List.of(company.id("Ana"), company.id("Mo")),
                List.of(told.get(0).getMembership().getUserId(), told.get(0).getSenderUserId()));
        assertEquals("kick", told.get(1).getModeration().getAct());
        assertEquals(List.of(), company.rooms(ana, RoomKind.ROOM_PRIVATE));
        assertEquals(
                ErrorCode.NOT_FOUND,
                company.request(ana, Samples.resume(den)).getError().getCode());
        assertEquals("NOT_FOUND?", company.ask(mo, kick));
        company.post(bo, den, "membership { user_id: %d change: ADDED }".formatted(id("Ana")));
        company.resume(ana, den);
    }

    // Mute
    // ----------------------------------------------------------------------------------------------

    @Test
    void whoIsMutedInARoomIsSilentThereOnEveryDeviceUntilItEnds() {
        enter("general", mo, ana, phone, bo);
        long hall = enter("hall", ana);
        company.forget(bo);
        assertEquals(
                "done",
                company.ask(mo, about("mute { user_id: %d room_id: 1 duration_seconds: 60 }")));
        Event told = company.events(bo).getFirst();
        assertEquals("mute", told.getModeration().getAct());
        assertEquals(server.clock.epochMillis() + 60_000, told.getModeration().getUntilMs());
        server.clock.pass(59_999_000_000L);
        Error error =
                company.request(ana, company.postFrame(GENERAL, "message { text: 'x' }"))
                        .getError();
        assertEquals(ErrorCode.MUTED, error.getCode());
        assertEquals(1, error.getRetryAfterMs());
        assertFalse(error.getRetryable());
        assertEquals("MUTED?", company.post(phone, GENERAL, "message { text: 'x' }"));
        assertEquals("event", company.post(ana, hall, "message { text: 'x' }"));
        server.clock.pass(1_000_000);
        assertEquals("event", company.post(ana, GENERAL, "message { text: 'x' }"));
    }

    @Test
    void whoIsMutedMayTakeBackWhatItSaidAndLeaveAndNothingElse() {
        long den = company.den(bo, Map.of("Ana", ana, "Mo", mo));
        long own = company.say(ana, den, "sorry");
        long others = company.say(bo, den, "well");
        company.ask(mo, about("mute { user_id: %d duration_seconds: 60 }"));
        for (String body :
                List.of(
                        "message { text: 'x' }",
                        "edit { target_seq: " + own + " text: 'x' }",
                        "reaction { target_seq: " + others + " emoji: '+1' }",
                        "topic { topic: 'x' }",
                        "pin { target_seq: " + own + " }",
                        "rename { name: 'x' }",
                        "membership { user_id: " + id("Mo") + " change: ADDED }")) {
            assertEquals("MUTED?", company.post(ana, den, body), body);
        }
        company.forget(bo);
        assertEquals(
                Reaction.NOTHING, company.ask(ana, "typing { room_id: " + den + " active: true }"));
        server.pass(1);
        assertFalse(company.heard(bo).stream().anyMatch(ServerFrame::hasTypingNotice));
        assertEquals("event", company.post(ana, den, "delete { target_seq: " + own + " }"));
        assertEquals("FORBIDDEN?", company.post(ana, den, "delete { target_seq: " + others + " }"));
        company.post(ana, den, about("membership { user_id: %d change: LEFT }"));
        assertEquals(List.of(), company.rooms(ana, RoomKind.ROOM_PRIVATE));
    }

    @Test
    void aMuteOnTheServerHoldsInDirectMessagesToo() {
        long direct = company.direct(ana, "Bo");
        company.ask(mo, about("mute { user_id: %d duration_seconds: 60 }"));
        assertEquals("MUTED?", company.post(ana, direct, "message { text: 'x' }"));
        assertEquals("done", company.ask(mo, about("mute { user_id: %d }")));
        assertEquals("event", company.post(ana, direct, "message { text: 'x' }"));
    }

    @Test
    void aMuteHoldsAfterComingBack() {
        company.ask(mo, about("mute { user_id: %d duration_seconds: 60 }"));
        TurnPeer again = company.login("Ana");
        enter("general", again);
        assertEquals("MUTED?", company.post(again, GENERAL, "message { text: 'x' }"));
    }

    @Test
    void nothingLastsLongerThanTenYears() {
        long before = server.clock.epochMillis();
        company.ask(mo, about("mute { user_id: %d duration_seconds: 4294967295 }"));
        assertEquals(
                Optional.of(before + Restraints.LONGEST_MILLIS),
                server.register.restraints().mutedUntil(id("Ana"), 0, before));
    }

    // Ban
    // -----------------------------------------------------------------------------------------------

    @Test
    void whoIsBannedIsOutOnEveryDeviceAndWithEveryCode() {
        String code = company.request(ana, "create_recovery_code {}").getCode().getCode();
        assertEquals("done", company.ask(adam, about("ban { user_id: %d }")));
        assertEnded(CloseReason.BANNED);
        assertEquals("DEVICE_BANNED?", company.tryLogin("Ana", "phone"));
        assertEquals("DEVICE_BANNED?", company.tryLogin("Another", "phone"));
        assertEquals(
                "DEVICE_BANNED?",
                company.tryLogin(
                        server.connect(), "Ana", "new", login -> login.setRecoveryCode(code)));
        assertEquals("NAME_TAKEN?", company.tryLogin("Ana", "new"));
        assertEquals("done", company.ask(adam, about("unban { user_id: %d }")));
        assertEquals("welcome", company.tryLogin("Ana", "phone"));
    }

    @Test
    void aBanEndsWhenItWasSaidTo() {
        company.ask(adam, about("ban { user_id: %d duration_seconds: 10 }"));
        server.clock.pass(9_999_000_000L);
        assertEquals(1, refusedLogin().getRetryAfterMs());
        server.clock.pass(1_000_000);
        assertEquals("welcome", company.tryLogin("Ana", "Ana"));
    }

    @Test
    void aBanHoldsForALoginThatIsUnderWay() {
        TurnPeer late = server.connect();
        server.holdProofs();
        late.say(
                ClientFrame.newBuilder()
                        .setLogin(Samples.login(server.hello(late), "Ana", Company.key("phone"))));
        server.settle();
        company.ask(adam, about("ban { user_id: %d }"));
        server.checkProofs();
        server.settle();
        assertEquals(Optional.of(CloseReason.LOGIN_REFUSED), late.closeReason());
    }

    // What others said
    // ----------------------------------------------------------------------------------------------

    @Test
    void moderatorsTakeAwayWhatOthersSaidButNotInDirectMessages() {
        enter("general", mo, ana);
        long den = company.den(ana, Map.of("Mo", mo));
        for (long room : List.of(GENERAL, den)) {
            long seq = company.say(ana, room, "rude");
            assertEquals("event", company.post(mo, room, "delete { target_seq: " + seq + " }"));
            long edited = company.say(ana, room, "rude");
            assertEquals(
                    "FORBIDDEN?",
                    company.post(mo, room, "edit { target_seq: " + edited + " text: 'nice' }"));
        }
        long direct = company.direct(ana, "Mo");
        company.resume(mo, direct);
        long seq = company.say(ana, direct, "rude");
        String delete = "delete { target_seq: " + seq + " }";
        assertEquals("FORBIDDEN?", company.post(mo, direct, delete));
        company.role("Mo", Role.ADMIN);
        assertEquals("FORBIDDEN?", company.post(mo, direct, delete));
    }

    @Test
    void theOwnerOfARoomKeepsOrderInItAndNowhereElse() {
        long hall = enter("hall", bo, ana, mo);
        enter("general", bo, ana);
        long seq = company.say(ana, hall, "rude");
        long elsewhere = company.say(ana, GENERAL, "rude");
        assertEquals("event", company.post(bo, hall, "delete { target_seq: " + seq + " }"));
        assertEquals(
                "FORBIDDEN?",
                company.post(bo, GENERAL, "delete { target_seq: " + elsewhere + " }"));
        String inHall = "room_id: " + hall;
        assertEquals(
                "done",
                company.ask(bo, about("mute { user_id: %d duration_seconds: 9 " + inHall + " }")));
        assertEquals("done", company.ask(bo, about("kick { user_id: %d " + inHall + " }")));
        assertEquals("FORBIDDEN?", company.ask(bo, about("kick { user_id: %d room_id: 1 }")));
        assertEquals("FORBIDDEN?", company.ask(bo, about("kick { user_id: %d }")));
        assertEquals("FORBIDDEN?", company.ask(bo, about("ban { user_id: %d }")));
        String kickMo = "kick { user_id: %d %s }".formatted(id("Mo"), inHall);
        assertEquals("FORBIDDEN?", company.ask(bo, kickMo));
        assertEquals("event", company.post(bo, hall, "rename { name: 'lobby' }"));
    }

    @Test
    void nobodyKeepsOrderInDirectMessages() {
        long direct = company.direct(ana, "Mo");
        assertEquals(
                "FORBIDDEN?",
                company.ask(mo, about("kick { user_id: %d room_id: " + direct + " }")));
        assertEquals(
                "NOT_FOUND?",
                company.ask(adam, about("kick { user_id: %d room_id: " + direct + " }")));
    }

    // Who above whom
    // ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "MODERATOR, MEMBER,    done,       FORBIDDEN?",
        "MODERATOR, MODERATOR, FORBIDDEN?, FORBIDDEN?",
        "MODERATOR, ADMIN,     FORBIDDEN?, FORBIDDEN?",
        "ADMIN,     MEMBER,    done,       done",
        "ADMIN,     MODERATOR, done,       done",
        "ADMIN,     ADMIN,     FORBIDDEN?, FORBIDDEN?",
        "MEMBER,    MEMBER,    FORBIDDEN?, FORBIDDEN?",
    })
    void nobodyActsOnEqualsOrThoseAbove(Role actor, Role target, String order, String ban) {
        company.role("Bo", actor);
        company.role("Ana", target);
        for (String act :
                List.of("mute { user_id: %d duration_seconds: 9 }", "kick { user_id: %d }")) {
            assertEquals(order, company.ask(bo, about(act)), act);
        }
        assertEquals(ban, company.ask(bo, about("ban { user_id: %d }")));
        assertEquals(ban, company.ask(bo, about("unban { user_id: %d }")));
        String self = "kick { user_id: " + id("Bo") + " }";
        assertEquals("INVALID?", company.ask(bo, self));
    }

    @Test
    void theLastAdministratorStaysOne() {
        String demote = "set_role { user_id: %d role: ROLE_MODERATOR }";
        assertEquals("FORBIDDEN?", company.ask(adam, demote.formatted(id("Adam"))));
        assertEquals(
                "done",
                company.ask(adam, "set_role { user_id: %d role: ROLE_ADMIN }".formatted(id("Mo"))));
        assertEquals("done", company.ask(mo, demote.formatted(id("Adam"))));
        assertEquals("FORBIDDEN?", company.ask(adam, demote.formatted(id("Mo"))));
        assertEquals("FORBIDDEN?", company.ask(mo, demote.formatted(id("Mo"))));
        assertEquals(1, server.register.accounts().admins());
    }

    @Test
    void aRoleIsOneOfThree() {
        assertEquals("INVALID?", company.ask(adam, about("set_role { user_id: %d }")));
        assertEquals("INVALID?", company.ask(adam, about("set_role { user_id: %d role: 9 }")));
        assertEquals("NOT_FOUND?", company.ask(adam, "set_role { user_id: 99 role: ROLE_ADMIN }"));
    }

    @ParameterizedTest
    @CsvSource({"256, done", "257, INVALID?"})
    void aReasonHasItsLength(int bytes, String answer) {
        String reason = "x".repeat(bytes - 2) + "\u00e9";
        for (String act :
                List.of("mute { user_id: %d", "ban { user_id: %d", "kick { user_id: %d")) {
            String frame = about(act) + " reason: '" + reason + "' }";
            assertEquals(answer, company.ask(adam, frame), act);
        }
        assertEquals(answer.equals("done"), ana.closeReason().isPresent());
    }

    private long enter(String name, TurnPeer... peers) {
        long room = 0;
        for (TurnPeer peer : peers) {
            room = company.join(peer, name);
        }
        return room;
    }

    private long id(String name) {
        return company.id(name);
    }

    /// A request about Ana.
    private String about(String request) {
        return request.formatted(id("Ana"));
    }

    private void assertEnded(CloseReason reason) {
        server.settle();
        for (TurnPeer device : List.of(ana, phone)) {
            assertEquals(Optional.of(reason), device.closeReason());
            assertTrue(
                    company.heard(device).stream()
                            .anyMatch(frame -> Company.word(frame).equals(reason + "!")));
        }
        assertEquals("pong", company.ask(bo, "ping {}"));
    }

    private RoomLeft onlyLeft(TurnPeer peer) {
        List<RoomLeft> left =
                company.heard(peer).stream()
                        .filter(ServerFrame::hasRoomLeft)
                        .map(ServerFrame::getRoomLeft)
                        .toList();
        assertEquals(1, left.size());
        return left.getFirst();
    }

    private Error refusedLogin() {
        TurnPeer peer = server.connect();
        return company.request(
                        peer,
                        ClientFrame.newBuilder()
                                .setLogin(
                                        Samples.login(
                                                server.hello(peer), "Ana", Company.key("Ana"))))
                .getError();
    }
}
