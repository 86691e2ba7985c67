package localchat.client.terminal;

import static localchat.client.terminal.FakeSession.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.client.FakePeople;
import localchat.core.client.InviteInfo;
import localchat.core.client.SessionEvent;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.Role;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person does at a terminal about themselves and about others.
class DialoguePeopleTest {
    private final DialogueRun run = DialogueRun.entered();
    private final FakePeople asked = run.session().askedPeople;

    private static Person person(Person like, String name, Role role) {
        return new Person(like.userId(), new UserName(name), role, like.availability());
    }

    private static EventBody.Moderation done(ModerationAct act, String reason, long until) {
        return new EventBody.Moderation(act, 9, "cy", reason, until, 0);
    }

    @Test
    void changesTheNameAndSaysItOnceTheServerDid() {
        assertEquals(List.of(), run.type("/nick Anna"));
        assertEquals(List.of("name Anna"), asked.calls);
        run.session()
                .tell(new SessionEvent.SelfChanged(person(FakeSession.ANA, "Anna", Role.MEMBER)));
        assertEquals(List.of("      You are called Anna now."), run.shown());
        assertTrue(run.type("/nick a\u200bb").getFirst().startsWith("      Not a name: "));
        assertEquals(1, asked.calls.size());
    }

    @Test
    void saysThatTheRoleIsAnother() {
        run.session()
                .tell(new SessionEvent.SelfChanged(person(FakeSession.ANA, "ana", Role.MODERATOR)));
        assertEquals(List.of("      You are moderator now."), run.shown());
    }

    @Test
    void listsDevicesAndSignsOneOutByItsNumber() {
        asked.devices.add(FakePeople.device(1, "desk, Linux", true));
        asked.devices.add(FakePeople.device(2, "", false));
        assertEquals(
                List.of("      There is no device of that number. /devices lists them."),
                run.type("/revoke 2"));
        assertEquals(
                List.of(
                        "      Your devices (2):",
                        "      1  desk, Linux  chat-term 1.0, this one",
                        "      2  device  chat-term 1.0, last here 2026-11-20 00:00",
                        "      /revoke N signs one out, /signout all but this one."),
                run.type("/devices"));
        assertTrue(run.type("/revoke 1").getFirst().startsWith("      That is this device."));
        assertTrue(run.type("/revoke 3").getFirst().startsWith("      There is no device"));
        assertEquals(List.of("      Signed out: device"), run.type("/revoke 2"));
        assertEquals(List.of("devices", "revoke 2"), asked.calls);
        assertEquals(List.of("      All your other devices are signed out."), run.type("/signout"));
    }

    @Test
    void showsTheCodesThatWereMade() {
        String device = String.join(" ", run.type("/device-code"));
        assertTrue(device.contains("--device-code 7KQ2M-9XW4T"), device);
        assertTrue(device.contains("10:25"), device);
        String recovery = String.join(" ", run.type("/recovery-code"));
        assertTrue(recovery.contains("BC3ZD-H8RPN"), recovery);
    }

    @Test
    void saysWhyTheServerDidNot() {
        asked.refusal = Optional.of(ErrorCode.FORBIDDEN);
        assertEquals(List.of("      The server refused: no: FORBIDDEN"), run.type("/kick bob"));
    }

    @ParameterizedTest
    @CsvSource({
        "/kick bob, kick 2 0 []",
        "/kick @bob far too loud, kick 2 0 [far too loud]",
        "/mute bob, mute 2 0 PT10M []",
        "/mute bob 2h, mute 2 0 PT2H []",
        "/mute bob 2h too loud, mute 2 0 PT2H [too loud]",
        "/mute bob too loud, mute 2 0 PT10M [too loud]",
        "/unmute bob, unmute 2 0",
        "/ban bob, ban 2 PT0S []",
        "/ban bob 7d spam, ban 2 PT168H [spam]",
        "/unban bob, unban 2",
        "/unban id:42, unban 42",
        "/block bob, block 2",
        "/unblock bob, unblock 2",
        "/role bob Moderator, role 2 MODERATOR",
        "/release bob, release bob"
    })
    void asksTheServerForWhatIsTyped(String line, String call) {
        run.type(line);
        assertEquals(List.of(call), asked.calls);
    }

    @Test
    void meansThePrivateRoomInFrontWhenThereIsOne() {
        run.session().enterFrom(1, FakeSession.room(12, "board", RoomKind.PRIVATE));
        run.shown();
        run.type("/join board");
        run.session().opened.complete(FakeSession.room(12, "board", RoomKind.PRIVATE));
        run.type("/private board");
        run.type("/kick bob");
        run.type("/mute bob");
        assertEquals(List.of("kick 2 12 []", "mute 2 12 PT10M []"), asked.calls);
        run.type("/owner bob");
        assertEquals(
                "Membership[userId=2, userName=bob, change=OWNER]",
                run.session().posts.remove().body().toString());
    }

    @Test
    void makesNobodyOwnerOfAPublicRoom() {
        assertEquals(
                List.of("      #general is not a private room. /private ROOM makes one."),
                run.type("/owner bob"));
    }

    @Test
    void saysWhatARoleOrAReasonMayBe() {
        assertTrue(run.type("/role bob king").getFirst().contains("member|moderator|admin"));
        assertTrue(run.type("/role bob").getFirst().contains("member|moderator|admin"));
        String longest = "x".repeat(EventBody.Moderation.REASON_BYTES_MAX);
        run.type("/kick bob " + longest);
        assertEquals(1, asked.calls.size());
        assertTrue(run.type("/kick bob " + longest + "x").getFirst().contains("too long"));
        assertTrue(run.type("/ban bob " + longest + "x").getFirst().contains("too long"));
        assertTrue(run.type("/mute bob " + longest + "x").getFirst().contains("too long"));
        assertEquals(1, asked.calls.size());
    }

    @Test
    void knowsWhomTheAuditRoomToldOf() {
        assertTrue(run.type("/unban cy").getFirst().contains("Nobody of that name"));
        run.session().happens(BOB, done(ModerationAct.BAN, "", 0));
        run.shown();
        run.type("/unban cy");
        assertEquals(List.of("unban 9"), asked.calls);
    }

    @Test
    void tellsWhoSomebodyIs() {
        assertEquals(List.of("      bob: member (id:2)"), run.type("/whois bob"));
        assertTrue(run.type("/whois nobody").getFirst().contains("Nobody of that name"));
    }

    @Test
    void makesAndListsInvites() {
        String made = String.join(" ", run.type("/invite-code 5 2h"));
        assertTrue(made.contains("INVIT-ECODE"), made);
        assertTrue(made.contains("localchat://box/?invite=INVIT"), made);
        assertEquals(
                List.of("      There are no codes for newcomers. /invite-code makes one."),
                run.type("/invites"));
        asked.invites.add(new InviteInfo("i2", false, 3, FakePeople.EXPIRES, 1, false));
        asked.invites.add(new InviteInfo("i1", true, 0, 0, 1, false));
        asked.invites.add(new InviteInfo("i0", false, 1, 0, 1, true));
        assertEquals(
                List.of(
                        "      Codes for newcomers:",
                        "      i2  uses left: 3, until 2026-11-21 10:25",
                        "      i1  any number of uses",
                        "      i0  revoked"),
                run.type("/invites"));
        assertEquals(List.of("      Admits nobody any more: i1"), run.type("/revoke-invite i1"));
    }

    @Test
    void leavesOutWhatTheBlockedSayWithOneLineForAllOfIt() {
        run.session().tell(new SessionEvent.BlockedChanged(Set.of(BOB.userId())));
        run.session().hear("one");
        run.session().hear("two");
        assertEquals(List.of("      … messages of somebody you blocked"), shownWithoutDays());
        Person cy = FakeSession.person(9, "cy");
        run.session().hear(cy, "hello", false);
        run.session().hear("three");
        List<String> shown = shownWithoutDays();
        assertEquals(2, shown.size(), shown::toString);
        assertTrue(shown.getFirst().endsWith("cy: hello"), shown::toString);
        run.session().tell(new SessionEvent.BlockedChanged(Set.of()));
        run.session().hear("four");
        assertTrue(shownWithoutDays().getLast().endsWith("bob: four"));
    }

    private List<String> shownWithoutDays() {
        return run.shown().stream().filter(line -> !line.startsWith("──")).toList();
    }

    @Test
    void tellsWhatModeratorsDid() {
        run.session().happens(BOB, done(ModerationAct.KICK, "", 0));
        run.session().happens(BOB, done(ModerationAct.MUTE, "too loud", FakePeople.EXPIRES));
        run.session().happens(BOB, done(ModerationAct.BAN, "", 0));
        assertEquals(
                List.of(
                        "      bob sent cy away",
                        "      bob muted cy until 2026-11-21 10:25 too loud",
                        "      bob banned cy until further notice"),
                run.shown());
    }

    @Test
    void tellsOfOtherNamesAndRoles() {
        Person robert = person(BOB, "robert", Role.ADMIN);
        run.session()
                .tell(
                        new SessionEvent.PresenceChanged(
                                FakeSession.ROOM_ID,
                                2,
                                List.of(
                                        new PresenceChange(
                                                robert,
                                                PresenceKind.RENAMED,
                                                Optional.of(BOB.name())),
                                        new PresenceChange(robert, PresenceKind.ROLE_CHANGED)),
                                false));
        assertEquals(
                List.of("      bob is called robert now", "      robert is administrator now"),
                run.shown());
        assertTrue(run.completions().people().contains("robert"));
        assertFalse(run.completions().people().contains("bob"));
    }

    @Test
    void saysThatSomebodyElseEndedTheRoom() {
        run.session().tell(new SessionEvent.RoomLeft(FakeSession.ROOM_ID, true));
        assertEquals("      no longer in the room #general", run.shown().getFirst());
    }
}
