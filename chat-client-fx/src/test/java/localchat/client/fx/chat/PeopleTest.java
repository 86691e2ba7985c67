package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.person;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import localchat.client.fx.FakeSession;
import localchat.core.client.SessionEvent;
import localchat.core.model.Availability;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.UserName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is in a room, and who types there.
final class PeopleTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final RoomInfo GENERAL = room(1, "general", 1);

    private final List<Runnable> later = new ArrayList<>();
    private final List<ChatViewModel> listening = new ArrayList<>();
    private final FakeSession session =
            new FakeSession(event -> listening.forEach(model -> model.onSessionEvent(event)));
    private final ChatViewModel model =
            new ChatViewModel(
                    session,
                    SELF.name(),
                    "box:7667",
                    new ChatViewModel.Surroundings(CLOCK, Runnable::run, later::add));

    @BeforeEach
    void enterGeneral() {
        listening.add(model);
        session.tellConnected();
        session.tellEntered(GENERAL, 1);
    }

    @Test
    void showsPeopleComingAndGoing() {
        tellPresence(ANA, PresenceKind.CAME, 2);
        assertEquals(List.of("Ana", "Marina Costa"), people());
        tellPresence(ANA, PresenceKind.WENT, 1);
        assertEquals(List.of("Marina Costa", "Ana"), people());
        assertEquals(Availability.OFFLINE, current().people().rows().getLast().availability());
        assertEquals(1, current().onlineProperty().get());
    }

    @Test
    void forgetsWhoTypesWhenTheirMessageComes() {
        tellTyping("Ana", "Bo");
        session.tellReceived(message(1, 1, "there"));
        assertEquals(List.of("Bo"), current().typingProperty().get());
    }

    @Test
    void forgetsWhoTypesWithTheConnection() {
        tellTyping("Ana");
        session.tellLost();
        assertEquals(List.of(), current().typingProperty().get());
        tellTyping("Ana");
        session.tellEntered(GENERAL, 1);
        assertEquals(List.of(), current().typingProperty().get());
    }

    @Test
    void forgetsWhoTypesAfterAMinuteWithoutNews() {
        tellTyping("Ana");
        for (int i = 0; i < 59; i++) {
            aSecondLater();
        }
        tellTyping("Ana", "Bo");
        for (int i = 0; i < 59; i++) {
            aSecondLater();
        }
        assertEquals(List.of("Ana", "Bo"), current().typingProperty().get());
        aSecondLater();
        assertEquals(List.of(), current().typingProperty().get());
        aSecondLater();
        assertEquals(List.of(), later, "nobody types, nothing is waited for");
    }

    @Test
    void forgetsWhoWasTakenOutOfAPrivateRoom() {
        session.people.put(1L, List.of(ANA, SELF));
        session.tell(new SessionEvent.PresenceChanged(1, 2, List.of(), true));
        session.people.put(11L, List.of(ANA, SELF));
        session.tellEntered(FakeSession.privateRoom(11, "small", 1), 1);
        RoomModel small = roomModel("small");
        tellPresence(11, ANA, PresenceKind.WENT, 1);
        assertEquals(2, small.people().rows().size(), "a member who is not there");
        session.people.put(11L, List.of(SELF));
        session.tellReceived(
                session.event(
                        11,
                        1,
                        SELF,
                        0,
                        new EventBody.Membership(2, ANA.name(), MembershipChange.REMOVED)));
        tellPresence(11, ANA, PresenceKind.WENT, 1);
        assertEquals(1, small.people().rows().size());
        assertEquals(
                List.of("Ana"),
                model.roomCommands().strangers(small).stream().map(PersonRow::name).toList());
    }

    @Test
    void asksForTheListWhenPresenceIsIncomplete() {
        session.people.put(1L, List.of(ANA, SELF));
        session.tell(new SessionEvent.PresenceChanged(1, 2, List.of(), true));
        assertEquals(List.of("Ana", "Marina Costa"), people());
    }

    private void tellTyping(String... names) {
        List<UserName> people = List.of(names).stream().map(UserName::new).toList();
        session.tell(new SessionEvent.TypingChanged(1, people));
    }

    private void tellPresence(Person person, PresenceKind kind, int online) {
        tellPresence(1, person, kind, online);
    }

    private void tellPresence(long roomId, Person person, PresenceKind kind, int online) {
        session.tell(
                new SessionEvent.PresenceChanged(
                        roomId, online, List.of(new PresenceChange(person, kind)), false));
    }

    private void aSecondLater() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
    }

    private RoomEvent message(long roomId, long seq, String text) {
        return session.message(roomId, seq, ANA, CLOCK.millis(), text);
    }

    private RoomModel current() {
        return model.rooms().currentProperty().get().orElseThrow();
    }

    private RoomModel roomModel(String name) {
        return model.rooms().joined().stream()
                .filter(room -> room.nameProperty().get().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> people() {
        return current().people().rows().stream().map(PersonRow::name).toList();
    }
}
