package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.person;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localchat.client.FakePeople;
import localchat.client.fx.FakeSession;
import localchat.client.fx.chat.PersonCommands.Act;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.SessionEvent;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Person;
import localchat.core.model.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the person does about others and about their own devices, and what the chat makes of it.
class PersonCommandsTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");

    private final List<ChatViewModel> listening = new ArrayList<>();
    private final FakeSession session =
            new FakeSession(event -> listening.forEach(model -> model.onSessionEvent(event)));
    private final FakePeople asked = session.askedPeople;
    private final ChatViewModel model =
            new ChatViewModel(
                    session,
                    SELF.name(),
                    "box:7667",
                    new ChatViewModel.Surroundings(CLOCK, Runnable::run, task -> {}));

    @BeforeEach
    void enterGeneral() {
        listening.add(model);
        session.tellConnected();
        session.tellEntered(FakeSession.room(1, "general", 2), 1);
    }

    private void beOf(Role role) {
        session.tell(
                new SessionEvent.SelfChanged(
                        new Person(SELF.userId(), SELF.name(), role, SELF.availability())));
    }

    private static PersonRow row(Role role) {
        return new PersonRow(2, "Ana", Availability.ONLINE, false, role);
    }

    private List<Act> acts(Role own, Role other) {
        beOf(own);
        return model.personCommands().actsOn(row(other));
    }

    @Test
    void offersWhatTheOwnRoleAllows() {
        assertEquals(List.of(Act.BLOCK), acts(Role.MEMBER, Role.MEMBER));
        assertEquals(
                List.of(Act.BLOCK, Act.MUTE, Act.UNMUTE, Act.KICK),
                acts(Role.MODERATOR, Role.MEMBER));
        assertEquals(List.of(Act.BLOCK), acts(Role.MODERATOR, Role.ADMIN));
        assertEquals(
                List.of(
                        Act.BLOCK,
                        Act.MUTE,
                        Act.UNMUTE,
                        Act.KICK,
                        Act.BAN,
                        Act.MAKE_MEMBER,
                        Act.MAKE_ADMIN),
                acts(Role.ADMIN, Role.MODERATOR));
    }

    @Test
    void offersNothingAboutOneself() {
        beOf(Role.ADMIN);
        PersonRow self = new PersonRow(1, "Marina Costa", Availability.ONLINE, true, Role.ADMIN);
        assertEquals(List.of(), model.personCommands().actsOn(self));
    }

    @Test
    void asksTheServer() {
        PersonCommands commands = model.personCommands();
        for (Act act :
                List.of(
                        Act.BLOCK,
                        Act.UNBLOCK,
                        Act.UNMUTE,
                        Act.MAKE_MEMBER,
                        Act.MAKE_MODERATOR,
                        Act.MAKE_ADMIN)) {
            commands.act(act, row(Role.MEMBER));
        }
        assertEquals(Optional.empty(), commands.kick(row(Role.MEMBER), " loud "));
        commands.mute(row(Role.MEMBER), Duration.ofMinutes(10), "");
        commands.ban(row(Role.MEMBER), Duration.ZERO, "spam");
        assertEquals(
                List.of(
                        "block 2",
                        "unblock 2",
                        "unmute 2 0",
                        "role 2 MEMBER",
                        "role 2 MODERATOR",
                        "role 2 ADMIN",
                        "kick 2 0 [loud]",
                        "mute 2 0 PT10M []",
                        "ban 2 PT0S [spam]"),
                asked.calls);
    }

    @ParameterizedTest
    @EnumSource(names = {"KICK", "MUTE", "BAN"})
    void actsNotWithoutTheWordsThatAreNeeded(Act act) {
        assertThrows(
                IllegalArgumentException.class,
                () -> model.personCommands().act(act, row(Role.MEMBER)));
    }

    @Test
    void findsAReasonThatIsTooLong() {
        String longest = "x".repeat(EventBody.Moderation.REASON_BYTES_MAX);
        assertEquals(Optional.empty(), model.personCommands().kick(row(Role.MEMBER), longest));
        assertEquals(
                Optional.of(Phrase.of("fault.reason")),
                model.personCommands().ban(row(Role.MEMBER), Duration.ZERO, longest + "x"));
        assertEquals(1, asked.calls.size());
    }

    @Test
    void tellsWhyTheServerDidNot() {
        asked.refusal = Optional.of(ErrorCode.FORBIDDEN);
        model.personCommands().act(Act.MAKE_ADMIN, row(Role.MEMBER));
        assertEquals(
                Optional.of(Phrase.of("refusal.FORBIDDEN")),
                model.notices().noticeProperty().get());
    }

    @Test
    void showsOfTheBlockedOnlyThatTheySaidSomething() {
        session.tellReceived(session.message(1, 1, ANA, 1_000, "hello"));
        session.tell(new SessionEvent.BlockedChanged(Set.of(2L)));
        session.tellReceived(session.message(1, 2, ANA, 2_000, "again"));
        assertEquals(
                List.of("message.blocked", "message.blocked"),
                rows().stream()
                        .map(each ->
                                assertInstanceOf(MessageRow.Content.Note.class, each.content())
                                        .words()
                                        .key())
                        .toList());
        assertEquals(List.of(Act.UNBLOCK), model.personCommands().actsOn(row(Role.MEMBER)));
        session.tell(new SessionEvent.BlockedChanged(Set.of()));
        assertEquals(List.of("hello", "again"), rows().stream().map(MessageRow::text).toList());
    }

    private List<MessageRow> rows() {
        return model.rooms().currentProperty().get().orElseThrow().timeline().rows();
    }

    @Test
    void writesDownWhatModeratorsDid() {
        EventBody ban = new EventBody.Moderation(ModerationAct.BAN, 9, "Cy", "spam", 0, 0);
        session.tellReceived(session.event(1, 1, ANA, 1_000, ban));
        assertEquals(
                new MessageRow.Content.Note(
                        Phrase.of("audit.because", Phrase.of("audit.ban", "Ana", "Cy"), "spam")),
                rows().getLast().content());
    }

    @Test
    void saysThatThePersonWasSentOutOfARoom() {
        session.tell(new SessionEvent.RoomLeft(1, true));
        assertEquals(
                Optional.of(Phrase.of("notice.sentOut", "general")),
                model.notices().noticeProperty().get());
    }

    @Test
    void keepsDevicesAndCodesUntilTheyWereSeen() {
        Account account = model.account();
        asked.devices.add(FakePeople.device(1, "desk", true));
        asked.devices.add(FakePeople.device(2, "phone", false));
        account.refresh();
        assertEquals(2, account.devices().size());
        account.revoke(account.devices().get(1));
        assertEquals(List.of("desk"), account.devices().stream().map(d -> d.name()).toList());
        account.makeDeviceCode();
        assertEquals(
                Optional.of(new Account.ShownCode.ForDevice("7KQ2M-9XW4T", FakePeople.EXPIRES)),
                account.codeProperty().get());
        account.makeRecoveryCode();
        assertEquals(
                Optional.of(new Account.ShownCode.ForRecovery("BC3ZD-H8RPN")),
                account.codeProperty().get());
        account.forget();
        assertEquals(Optional.empty(), account.codeProperty().get());
        account.signOutOthers();
        assertTrue(asked.calls.contains("sign out others"));
    }

    @Test
    void saysWhatIsWrongWithANameAndWhatTheServerThinksOfIt() {
        List<Phrase> refused = new ArrayList<>();
        assertEquals(
                Optional.of(Phrase.of("fault.name.other")),
                model.account().changeName(" ", refused::add));
        assertEquals(Optional.empty(), model.account().changeName("Anna", refused::add));
        assertEquals(List.of(), refused);
        asked.refusal = Optional.of(ErrorCode.NAME_TAKEN);
        model.account().changeName("Bo", refused::add);
        assertEquals(List.of(Phrase.of("refusal.NAME_TAKEN")), refused);
    }
}
