package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.CloseReason;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Role;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.ModerationBody;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import localchat.server.room.Rooms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What moderators and administrators did stands in the audit room, whose members are they.
class AuditRoomTest {
    private final Company company = new Company();
    private final TurnServer server = company.server;
    private final TurnPeer adam = company.login("Adam", Role.ADMIN);
    private final TurnPeer mo = company.login("Mo", Role.MODERATOR);
    private final TurnPeer ana = company.login("Ana");

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    @Test
    void itIsMadeAtTheFirstActAndToldToThoseWithARole() {
        assertTrue(server.rooms.audit().isEmpty());
        assertEquals(List.of(), company.rooms(adam, RoomKind.ROOM_AUDIT));
        company.forget(adam, mo, ana);
        mute();
        for (TurnPeer peer : List.of(adam, mo)) {
            assertEquals(1, told(peer).size());
            assertEquals(1, company.rooms(peer, RoomKind.ROOM_AUDIT).size());
        }
        assertEquals(List.of(), told(ana));
        assertEquals(List.of(), company.rooms(ana, RoomKind.ROOM_AUDIT));
        assertEquals("NOT_FOUND?", Company.word(company.request(ana, Samples.resume(audit()))));
        mute();
        assertEquals(1, company.rooms(mo, RoomKind.ROOM_AUDIT).size());
    }

    @Test
    void anActThatIsRefusedIsNotInIt() {
        company.ask(ana, "kick { user_id: " + company.id("Mo") + " }");
        company.ask(mo, "ban { user_id: " + company.id("Ana") + " }");
        company.ask(mo, "kick { user_id: 99 }");
        assertTrue(server.rooms.audit().isEmpty());
    }

    @Test
    void eachActIsAnEventWithAllThatBelongsToIt() {
        long den = company.den(ana, Map.of("Mo", mo));
        long anas = company.id("Ana");
        long minute = server.clock.epochMillis() + 60_000;
        byte[] phone = Company.key("phone").deviceId().bytes();
        company.further("Ana", "phone");
        Map<String, String> acts = new LinkedHashMap<>();
        acts.put(
                "mute { user_id: %d duration_seconds: 60 reason: 'noise' }".formatted(anas),
                "mute %d Ana noise %d 0".formatted(anas, minute));
        acts.put(
                "mute { user_id: %d room_id: 1 duration_seconds: 60 }".formatted(anas),
                "mute %d Ana  %d 1".formatted(anas, minute));
        acts.put("mute { user_id: %d }".formatted(anas), "unmute %d Ana  0 0".formatted(anas));
        acts.put(
                "set_role { user_id: %d role: ROLE_MODERATOR }".formatted(anas),
                "role %d Ana moderator 0 0".formatted(anas));
        acts.put(
                "set_role { user_id: %d role: ROLE_MEMBER }".formatted(anas),
                "role %d Ana member 0 0".formatted(anas));
        acts.put(
                "revoke_device { device_id: '%s' }".formatted(Company.escaped(phone)),
                "revoke_device %d Ana  0 0".formatted(anas));
        acts.put(
                "kick { user_id: %d room_id: %d reason: 'go' }".formatted(company.id("Mo"), den),
                "NOT_FOUND?");
        acts.put(
                "kick { user_id: %d reason: 'go' }".formatted(anas),
                "kick %d Ana go 0 0".formatted(anas));
        acts.put(
                "ban { user_id: %d reason: 'enough' duration_seconds: 60 }".formatted(anas),
                "ban %d Ana enough %d 0".formatted(anas, minute));
        acts.put("ban { user_id: %d }".formatted(anas), "ban %d Ana  0 0".formatted(anas));
        acts.put("unban { user_id: %d }".formatted(anas), "unban %d Ana  0 0".formatted(anas));
        acts.put("release_name { name: 'ANA' }", "release_name %d ANA  0 0".formatted(anas));
        List<String> wanted = new ArrayList<>();
        acts.forEach((request, entry) -> {
            String answer = company.ask(adam, request);
            assertEquals(entry.endsWith("?") ? entry : "done", answer, request);
            if (!entry.endsWith("?")) {
                wanted.add(entry);
            }
        });
        assertEquals(wanted, acts(adam));
        for (Event event : entries(adam)) {
            assertEquals(company.id("Adam"), event.getSenderUserId());
            assertEquals("Adam", event.getSenderName());
            assertEquals(server.clock.epochMillis(), event.getTimeMs());
        }
    }

    @Test
    void whatIsDoneToInvitesStandsInItAndTheCodeDoesNot() {
        var made = company.request(adam, "create_invite { uses: 3 valid_seconds: 60 }").getCode();
        assertEquals(
                "done",
                company.ask(adam, "revoke_invite { invite_id: '" + made.getInviteId() + "' }"));
        long expires = server.clock.epochMillis() + 60_000;
        assertEquals(
                List.of(
                        "create_invite 0 %s  %d 0".formatted(made.getInviteId(), expires),
                        "revoke_invite 0 %s  %d 0".formatted(made.getInviteId(), expires)),
                acts(adam));
        assertFalse(entries(adam).toString().contains(made.getCode()));
    }

    @Test
    void theFirstAdministratorStandsInIt() {
        String code = server.admissions.newAdminCode(new Random(2));
        TurnPeer eve = company.login("Eve", "Eve", login -> login.setAdminCode(code));
        assertEquals(List.of("role %d Eve admin 0 0".formatted(company.id("Eve"))), acts(eve));
        assertEquals(Role.ADMIN, company.account("Eve").role());
        assertEquals(
                "CODE_INVALID?",
                company.tryLogin(
                        server.connect(), "Fay", "Fay", login -> login.setAdminCode(code)));
    }

    // Its members
    // ----------------------------------------------------------------------------------------------

    @Test
    void itsMembersFollowTheRoles() {
        mute();
        server.pass(1);
        company.forget(ana);
        setRole("Ana", "ROLE_MODERATOR");
        assertEquals(1, told(ana).size());
        company.resume(ana, audit());
        assertEquals("event", company.post(ana, audit(), "message { text: 'hello' }"));
        company.forget(ana);
        setRole("Ana", "ROLE_ADMIN");
        assertFalse(company.heard(ana).stream().anyMatch(ServerFrame::hasRoomLeft));
        setRole("Ana", "ROLE_MEMBER");
        assertTrue(company.heard(ana).stream().anyMatch(ServerFrame::hasRoomLeft));
        assertEquals("NOT_IN_ROOM?", company.post(ana, audit(), "message { text: 'x' }"));
        assertEquals("NOT_FOUND?", Company.word(company.request(ana, Samples.resume(audit()))));
        List<String> changes =
                events(adam).stream()
                        .filter(Event::hasMembership)
                        .map(event ->
                                event.getMembership().getChange()
                                        + " "
                                        + event.getMembership().getUserName())
                        .toList();
        assertEquals(List.of("ADDED Ana", "REMOVED Ana"), changes);
    }

    @Test
    void aRoleThatIsTakenBackInTheSameMomentLeavesNoMember() {
        mute();
        for (String role : List.of("ROLE_MODERATOR", "ROLE_MEMBER")) {
            adam.say(
                    Samples.frame(
                            "set_role { user_id: %d role: %s }"
                                    .formatted(company.id("Ana"), role)));
        }
        server.log.holdDecisions();
        server.settle();
        server.log.decideAll();
        server.settle();
        assertEquals("NOT_FOUND?", Company.word(company.request(ana, Samples.resume(audit()))));
        for (String role : List.of("ROLE_MODERATOR", "ROLE_MEMBER", "ROLE_ADMIN")) {
            adam.say(
                    Samples.frame(
                            "set_role { user_id: %d role: %s }"
                                    .formatted(company.id("Ana"), role)));
        }
        server.settle();
        company.resume(ana, audit());
    }

    @Test
    void nobodyChangesIt() {
        mute();
        company.resume(adam, audit());
        company.resume(mo, audit());
        long said = company.say(mo, audit(), "hello");
        long moment = headSeq();
        for (String body :
                List.of(
                        "rename { name: 'x' }",
                        "topic { topic: 'x' }",
                        "membership { user_id: %d change: ADDED }".formatted(company.id("Ana")),
                        "membership { user_id: %d change: REMOVED }".formatted(company.id("Mo")),
                        "membership { user_id: %d change: LEFT }".formatted(company.id("Adam")),
                        "membership { user_id: %d change: OWNER }".formatted(company.id("Adam")),
                        "delete { target_seq: " + said + " }",
                        "edit { target_seq: " + said + " text: 'x' }")) {
            assertEquals("FORBIDDEN?", company.post(adam, audit(), body), body);
        }
        assertEquals("NOT_FOUND?", company.post(adam, audit(), "delete { target_seq: 1 }"));
        String set = "set_room { room_id: %d retention_days: 1 }".formatted(audit());
        assertEquals("FORBIDDEN?", company.ask(adam, set));
        String kick = "kick { user_id: %d room_id: %d }".formatted(company.id("Mo"), audit());
        assertEquals("FORBIDDEN?", company.ask(adam, kick));
        assertEquals(moment, headSeq());
        assertEquals("event", company.post(mo, audit(), "delete { target_seq: " + said + " }"));
    }

    @Test
    void itOutlivesTheServer() {
        mute();
        Rooms next =
                new Rooms(server.log, server.log, server.counters, server.clock::nanos, 256 * 1024);
        assertEquals(audit(), next.audit().orElseThrow().id());
        assertEquals(2, next.audit().orElseThrow().state().members().size());
    }

    // While nothing can be stored
    // ------------------------------------------------------------------------------

    @Test
    void anActThatCannotBeStoredIsInForceAndWrittenLater() {
        mute();
        server.log.full(true);
        String kick = "kick { user_id: " + company.id("Ana") + " }";
        assertEquals("STORAGE_FAILED?", company.ask(adam, kick));
        assertEquals(Optional.of(CloseReason.KICKED), ana.closeReason());
        server.pass(3);
        assertEquals(1, headSeq());
        server.log.full(false);
        server.pass(1);
        server.pass(1);
        assertEquals(2, headSeq());
        assertEquals("kick", entries(adam).getLast().getModeration().getAct());
    }

    @Test
    void anActThatFailsToBeStoredIsInForceAndWrittenLater() {
        mute();
        server.log.failing(true);
        server.log.holdDecisions();
        adam.say(Samples.frame("kick { user_id: " + company.id("Ana") + " }").setRequestId(9));
        server.settle();
        assertEquals(Optional.of(CloseReason.KICKED), ana.closeReason());
        assertEquals(Reaction.NOTHING, Reaction.of(adam, 9));
        server.log.decideAll();
        server.settle();
        assertEquals("STORAGE_FAILED?", Reaction.of(adam, 9));
        server.log.failing(false);
        server.pass(1);
        assertEquals(Reaction.NOTHING, Reaction.of(adam, 9));
        assertEquals(2, headSeq());
    }

    @Test
    void whatWaitsIsWrittenBeforeWhatComesLater() {
        mute();
        server.log.full(true);
        String mute = "mute { user_id: %d duration_seconds: 9 reason: '%s' }";
        company.ask(adam, mute.formatted(company.id("Ana"), "one"));
        company.ask(adam, mute.formatted(company.id("Ana"), "two"));
        server.log.full(false);
        assertEquals("done", company.ask(adam, mute.formatted(company.id("Ana"), "three")));
        server.pass(1);
        assertEquals(
                List.of("", "one", "two", "three"),
                entries(adam).stream().map(event -> event.getModeration().getReason()).toList());
    }

    @Test
    void aThousandActsWaitAndOneMoreIsOnlyLogged() {
        mute();
        server.log.full(true);
        var member = ((SessionState.LoggedIn) server.session(adam).state()).member();
        for (int i = 0; i <= AuditTrail.WAITING_MAX; i++) {
            server.audit.record(
                    member, new EventBody.Moderation(ModerationAct.UNBAN, 3, "Ana", "" + i, 0, 0));
        }
        server.log.full(false);
        server.pass(1);
        assertEquals(1 + AuditTrail.WAITING_MAX, headSeq());
    }

    @Test
    void aRoleTakenBackWhileNothingCanBeStoredLeavesNoMember() {
        mute();
        server.log.full(true);
        setRole("Ana", "ROLE_MODERATOR");
        setRole("Ana", "ROLE_MEMBER");
        server.log.full(false);
        server.pass(2);
        assertEquals("NOT_FOUND?", Company.word(company.request(ana, Samples.resume(audit()))));
    }

    private void mute() {
        String mute = "mute { user_id: %d duration_seconds: 1 }".formatted(company.id("Ana"));
        assertEquals("done", company.ask(adam, mute));
    }

    private void setRole(String name, String role) {
        company.ask(adam, "set_role { user_id: %d role: %s }".formatted(company.id(name), role));
    }

    private long audit() {
        return server.rooms.audit().orElseThrow().id();
    }

    private long headSeq() {
        return server.rooms.audit().orElseThrow().headSeq();
    }

    private List<Room> told(TurnPeer peer) {
        return company.heard(peer).stream()
                .filter(ServerFrame::hasRoomChanged)
                .map(frame -> frame.getRoomChanged().getRoom())
                .filter(room -> room.getKind() == RoomKind.ROOM_AUDIT)
                .toList();
    }

    private List<Event> events(TurnPeer peer) {
        company.resume(peer, audit());
        return company.request(peer, "fetch_events { room_id: " + audit() + " from_seq: 1 }")
                .getEventPage()
                .getEventsList();
    }

    private List<Event> entries(TurnPeer peer) {
        return events(peer).stream().filter(Event::hasModeration).toList();
    }

    private List<String> acts(TurnPeer peer) {
        List<String> acts = new ArrayList<>();
        for (Event event : entries(peer)) {
            ModerationBody body = event.getModeration();
            acts.add(
                    "%s %d %s %s %d %d"
                            .formatted(
                                    body.getAct(),
                                    body.getUserId(),
                                    body.getUserName(),
                                    body.getReason(),
                                    body.getUntilMs(),
                                    body.getRoomId()));
        }
        return acts;
    }
}
