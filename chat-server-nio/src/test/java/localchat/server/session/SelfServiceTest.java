package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.CloseReason;
import localchat.core.model.Role;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Invite;
import localchat.core.protocol.wire.InvitePage;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.account.Accounts;
import localchat.server.account.Admissions;
import localchat.server.account.Invites;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names, blocks and invites, and how often one may do what costs others something.
class SelfServiceTest {
    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer adam = company.login("Adam", Role.ADMIN);
    private final TurnPeer ana = company.login("Ana");
    private final TurnPeer bo = company.login("Bo");

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    // Names
    // ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "Berta, done",
        "ANA, done",
        "Ana, done",
        "Bo, NAME_TAKEN?",
        "bO, NAME_TAKEN?",
        "'', NAME_INVALID?",
        "admin, NAME_INVALID?",
    })
    void aNameIsFreeOrOnesOwn(String name, String answer) {
        assertEquals(answer, company.ask(ana, "change_name { name: '" + name + "' }"));
    }

    @Test
    void namesOfOthersFromBeforeAndThoseThatLookAlikeAreTaken() {
        company.ask(ana, "change_name { name: 'Tom' }");
        assertEquals("NAME_TAKEN?", company.ask(bo, "change_name { name: 'Torn' }"));
        assertEquals("NAME_TAKEN?", company.ask(bo, "change_name { name: 'Ana' }"));
        assertEquals("done", company.ask(ana, "change_name { name: 'Ana' }"));
    }

    @Test
    void aSixthNameWaitsAndTheSameNameAgainCostsNothing() {
        for (int i = 1; i <= Admissions.NAME_CHANGES_BURST; i++) {
            for (int again = 0; again < 3; again++) {
                assertEquals("done", company.ask(ana, "change_name { name: 'Ana " + i + "' }"));
            }
        }
        Error error = company.request(ana, "change_name { name: 'Berta' }").getError();
        assertEquals(ErrorCode.RATE_LIMITED, error.getCode());
        assertEquals(600_000, error.getRetryAfterMs());
        assertEquals("NAME_TAKEN?", company.ask(ana, "change_name { name: 'Bo' }"));
        assertEquals("RATE_LIMITED?", company.tryLogin("Berta", "Ana"));
        server.clock.pass(Admissions.NAME_CHANGE_NANOS - 1);
        TurnPeer again = company.login("Ana");
        assertEquals("RATE_LIMITED?", company.ask(again, "change_name { name: 'Berta' }"));
        server.clock.pass(1);
        assertEquals("done", company.ask(again, "change_name { name: 'Berta' }"));
    }

    @Test
    void aReleasedNameSendsItsOwnerOutAndIsAnybodys() {
        assertEquals("done", company.ask(adam, "release_name { name: 'ana' }"));
        server.settle();
        assertEquals(Optional.of(CloseReason.KICKED), ana.closeReason());
        assertEquals("done", company.ask(bo, "change_name { name: 'Ana' }"));
        assertEquals("NAME_TAKEN?", company.tryLogin("Ana", "Ana"));
        assertEquals("welcome", company.tryLogin("Anita", "Ana"));
        assertEquals("NOT_FOUND?", company.ask(adam, "release_name { name: 'Nobody' }"));
        assertEquals("NAME_INVALID?", company.ask(adam, "release_name { name: '' }"));
    }

    @Test
    void aNameFromBeforeIsReleasedWithoutSendingAnybodyOut() {
        company.ask(ana, "change_name { name: 'Berta' }");
        assertEquals("done", company.ask(adam, "release_name { name: 'Ana' }"));
        assertEquals("pong", company.ask(ana, "ping {}"));
        assertEquals("done", company.ask(bo, "change_name { name: 'Ana' }"));
    }

    @Test
    void anAdministratorTakesTheOwnReleasedNameUpAgain() {
        assertEquals("done", company.ask(adam, "release_name { name: 'Adam' }"));
        assertEquals("pong", company.ask(adam, "ping {}"));
        assertEquals("done", company.ask(adam, "change_name { name: 'Adam' }"));
        assertEquals("NAME_TAKEN?", company.ask(bo, "change_name { name: 'Adam' }"));
    }

    // Blocks
    // ---------------------------------------------------------------------------------------------

    @Test
    void whoIsBlockedWritesNoDirectMessages() {
        long direct = company.direct(bo, "Ana");
        long said = company.say(bo, direct, "hello");
        company.resume(ana, direct);
        TurnPeer phone = company.further("Ana", "phone");
        company.forget(phone);
        String block = "block_person { user_id: " + company.id("Bo") + " }";
        ServerFrame answer = company.request(ana, block);
        assertEquals(List.of(company.id("Bo")), answer.getBlocked().getUserIdsList());
        ServerFrame told =
                company.heard(phone).stream()
                        .filter(ServerFrame::hasBlocked)
                        .findFirst()
                        .orElseThrow();
        assertEquals(0, told.getRequestId());
        assertEquals(answer.getBlocked(), told.getBlocked());
        assertFalse(company.heard(bo).stream().anyMatch(ServerFrame::hasBlocked));
        for (String body :
                List.of(
                        "message { text: 'x' }",
                        "edit { target_seq: " + said + " text: 'x' }",
                        "reaction { target_seq: " + said + " emoji: '+1' }")) {
            assertEquals("FORBIDDEN?", company.post(bo, direct, body), body);
        }
        String open = "open_direct { user_id: " + company.id("Ana") + " }";
        assertEquals("FORBIDDEN?", company.ask(bo, open));
        assertEquals("event", company.post(ana, direct, "message { text: 'I may' }"));
        Welcome welcome = welcome("Ana");
        assertEquals(List.of(company.id("Bo")), welcome.getBlockedUserIdsList());
        String unblock = "block_person { user_id: %d unblock: true }".formatted(company.id("Bo"));
        assertEquals("blocked", company.ask(phone, unblock));
        assertEquals("event", company.post(bo, direct, "message { text: 'x' }"));
    }

    @Test
    void whoIsBlockedTakesBackWhatWasSaidAndIsNotSeenTyping() {
        long direct = company.direct(bo, "Ana");
        long said = company.say(bo, direct, "sorry");
        company.resume(ana, direct);
        company.ask(ana, "block_person { user_id: " + company.id("Bo") + " }");
        company.forget(ana);
        company.ask(bo, "typing { room_id: " + direct + " active: true }");
        server.pass(1);
        assertFalse(company.heard(ana).stream().anyMatch(ServerFrame::hasTypingNotice));
        assertEquals("event", company.post(bo, direct, "delete { target_seq: " + said + " }"));
    }

    @Test
    void whoIsBlockedSpeaksInRoomsAllTheSame() {
        long general = company.join(ana, "general");
        company.join(bo, "general");
        company.ask(ana, "block_person { user_id: " + company.id("Bo") + " }");
        assertEquals("event", company.post(bo, general, "message { text: 'x' }"));
    }

    @Test
    void nobodyBlocksHimselfOrNobody() {
        assertEquals(
                "INVALID?",
                company.ask(ana, "block_person { user_id: %d }".formatted(company.id("Ana"))));
        assertEquals("NOT_FOUND?", company.ask(ana, "block_person { user_id: 99 }"));
        assertEquals("NOT_FOUND?", company.ask(ana, "block_person {}"));
    }

    // Invites
    // --------------------------------------------------------------------------------------------

    @Test
    void anInviteIsListedWithWhatIsLeftOfIt() {
        Company closed = new Company(true);
        String code = closed.server.admissions.newAdminCode(new Random(3));
        TurnPeer eve = closed.login("Eve", "Eve", login -> login.setAdminCode(code));
        Code two = closed.request(eve, "create_invite { uses: 2 valid_seconds: 60 }").getCode();
        Code any = closed.request(eve, "create_invite {}").getCode();
        Code many = closed.request(eve, "create_invite { uses: 4294967295 }").getCode();
        assertEquals(closed.server.clock.epochMillis() + 60_000, two.getExpiresMs());
        assertEquals(0, any.getExpiresMs());
        closed.login("Ana", "Ana", login -> login.setInviteCode(two.getCode()));
        closed.ask(eve, "revoke_invite { invite_id: '" + any.getInviteId() + "' }");
        List<Invite> invites =
                closed.request(eve, "list_invites {}").getInvitePage().getInvitesList();
        for (Invite invite : invites) {
            boolean isTwo = invite.getInviteId().equals(two.getInviteId());
            assertEquals(isTwo ? 1 : 0, invite.getUsesLeft());
            assertEquals(!isTwo, invite.getAnyNumber());
            assertEquals(invite.getInviteId().equals(any.getInviteId()), invite.getRevoked());
            assertEquals(closed.id("Eve"), invite.getCreatedByUserId());
        }
        assertEquals(3, invites.size());
        assertTrue(many.getInviteId().length() > 0);
        assertEquals("INVITE_REQUIRED?", closed.tryLogin("Bo", "Bo"));
        assertEquals("NOT_FOUND?", closed.ask(eve, "revoke_invite { invite_id: 'none' }"));
    }

    @Test
    void aListOfInvitesComesInPages() {
        Invites invites = server.register.invites();
        for (int i = 0; i < InviteRequests.PAGE_MAX; i++) {
            invites.create(1, 0, 0, server.clock.epochMillis() + i);
        }
        InvitePage all = company.request(adam, "list_invites {}").getInvitePage();
        assertEquals(InviteRequests.PAGE_MAX, all.getInvitesCount());
        assertEquals("", all.getNextPageToken());
        invites.create(1, 0, 0, server.clock.epochMillis() - 1);
        InvitePage first = company.request(adam, "list_invites {}").getInvitePage();
        assertEquals(InviteRequests.PAGE_MAX, first.getInvitesCount());
        String next = "list_invites { page_token: '" + first.getNextPageToken() + "' }";
        InvitePage last = company.request(adam, next).getInvitePage();
        assertEquals(1, last.getInvitesCount());
        assertEquals("", last.getNextPageToken());
        assertEquals(invites.list().getLast().id(), last.getInvites(0).getInviteId());
        assertEquals("INVALID?", company.ask(adam, "list_invites { page_token: 'none' }"));
    }

    @Test
    void ofFiftyWhoBringAnInviteForOneInTheSameMomentOneComesIn() {
        Company closed = new Company(true);
        String code =
                closed.server
                        .register
                        .invites()
                        .create(1, 0, 0, closed.server.clock.epochMillis())
                        .orElseThrow()
                        .code();
        List<TurnPeer> guests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            guests.add(closed.server.connect());
        }
        closed.server.holdProofs();
        for (int i = 0; i < 50; i++) {
            String name = "Guest " + i;
            guests.get(i)
                    .say(
                            ClientFrame.newBuilder()
                                    .setRequestId(1)
                                    .setLogin(
                                            Samples.login(
                                                            closed.server.hello(guests.get(i)),
                                                            name,
                                                            Company.key(name))
                                                    .setInviteCode(code)));
        }
        closed.server.settle();
        closed.server.checkProofs();
        closed.server.settle();
        List<String> answers =
                guests.stream().map(peer -> Reaction.of(peer, 1).split(" ", -1)[0]).toList();
        assertEquals(1, Collections.frequency(answers, "welcome"), answers::toString);
        assertEquals(
                49,
                Collections.frequency(answers, "CODE_INVALID?")
                        + Collections.frequency(answers, "RATE_LIMITED?"));
    }

    @ParameterizedTest
    @CsvSource({"0, CODE_INVALID?", "1, CODE_INVALID?"})
    void aCodeThatIsTooLongIsWrongAndCountsAsNoGuess(int over, String answer) {
        String code = "x".repeat(ProtocolLimits.CODE_BYTES_MAX + over);
        for (int i = 0; i < 20 * over; i++) {
            company.tryLogin(server.connect(), "Cy", "Cy", login -> login.setRecoveryCode(code));
        }
        assertEquals(
                answer,
                company.tryLogin(
                        server.connect(), "Cy", "Cy", login -> login.setRecoveryCode(code)));
    }

    // How often
    // ------------------------------------------------------------------------------------------

    @Test
    void roomsAreMadeOneByOneAfterTheFirstFifty() {
        TurnPeer maker = ana;
        for (int i = 0; i < Allowed.ROOMS_BURST; i++) {
            String kind = i % 2 == 0 ? "ROOM_PUBLIC" : "ROOM_PRIVATE";
            String create = "create_room { name: 'r%d' kind: %s }".formatted(i, kind);
            assertEquals("room_entered", company.ask(maker, create));
        }
        Error error = company.request(maker, "join_room { name: 'one more' }").getError();
        assertEquals(ErrorCode.RATE_LIMITED, error.getCode());
        assertEquals(180_000, error.getRetryAfterMs());
        assertEquals("room_entered", company.ask(maker, "join_room { name: 'general' }"));
        assertEquals("room_entered", company.ask(bo, "join_room { name: 'other' }"));
        server.clock.pass(Allowed.ROOM_NANOS);
        assertEquals("room_entered", company.ask(maker, "join_room { name: 'one more' }"));
    }

    @Test
    void typingNoticesPastTheAllowanceAreRefused() {
        company.join(ana, "general");
        for (int i = 0; i < Allowed.TYPING_BURST; i++) {
            assertEquals(Reaction.NOTHING, company.ask(ana, "typing { room_id: 1 active: true }"));
        }
        assertEquals("RATE_LIMITED?", company.ask(ana, "typing { room_id: 1 active: true }"));
        server.clock.pass(Allowed.TYPING_NANOS);
        assertEquals(Reaction.NOTHING, company.ask(ana, "typing { room_id: 1 active: false }"));
    }

    @Test
    void directMessagesAreBegunOneByOneAfterTheFirstTwoHundred() throws RequestRefused {
        Allowed allowed = new Allowed(true);
        for (int i = 0; i < Allowed.DIRECTS_BURST; i++) {
            allowed.takeDirect(1, 0);
        }
        RequestRefused refused = assertThrows(RequestRefused.class, () -> allowed.takeDirect(1, 0));
        assertEquals(20_000, refused.retryAfterMillis());
        allowed.takeDirect(2, 0);
        allowed.takeDirect(1, Allowed.DIRECT_NANOS);
        Allowed free = new Allowed(false);
        for (int i = 0; i <= Allowed.DIRECTS_BURST; i++) {
            free.takeDirect(1, 0);
            free.takeRoom(1, 0);
            free.takeTyping(1, 0);
        }
    }

    @Test
    void aDirectMessageThatWasBegunCostsNothing() {
        for (int i = 0; i <= Allowed.DIRECTS_BURST; i++) {
            server.pass(i % 40 == 0 ? 1 : 0);
            company.direct(ana, "Bo");
        }
    }

    @Test
    void theLimitsThatAreToldAreThoseInForce() {
        Limits limits = welcome("Ana").getLimits();
        assertEquals(Allowed.ROOMS_BURST, limits.getRoomsBurst());
        assertEquals(20, limits.getRoomsPerHour());
        assertEquals(Allowed.DIRECTS_BURST, limits.getDirectsBurst());
        assertEquals(180, limits.getDirectsPerHour());
        assertEquals(Allowed.TYPING_BURST, limits.getTypingBurst());
        assertEquals(5, limits.getTypingPerSecond());
        assertEquals(Admissions.NAME_CHANGES_BURST, limits.getNameChangesBurst());
        assertEquals(6, limits.getNameChangesPerHour());
        assertEquals(Admissions.NEWCOMERS_BURST, limits.getNewcomersBurst());
        assertEquals(1_200, limits.getNewcomersPerHour());
        assertEquals(Accounts.DEVICES_MAX, limits.getDevicesPerPersonMax());
        assertEquals(1_000, limits.getBlockedPeopleMax());
        for (FieldDescriptor field : Limits.getDescriptor().getFields()) {
            assertTrue(limits.hasField(field), field::getName);
        }
    }

    private Welcome welcome(String name) {
        TurnPeer peer = server.connect();
        return company.request(
                        peer,
                        ClientFrame.newBuilder()
                                .setLogin(
                                        Samples.login(server.hello(peer), name, Company.key(name))))
                .getWelcome();
    }
}
