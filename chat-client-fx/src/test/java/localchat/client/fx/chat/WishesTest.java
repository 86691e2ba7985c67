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
import java.util.Optional;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.SessionEvent;
import localchat.core.model.Person;
import localchat.core.model.RoomInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which room is shown when one comes that was asked for, and when one goes.
final class WishesTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final RoomInfo GENERAL = room(1, "general", 1);

    private static final RoomInfo LUNCH = room(2, "lunch", 1);

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
    void joinsARoomAndShowsItOnceItIsEntered() {
        assertEquals(Optional.empty(), model.roomCommands().join(" #Lunch "));
        assertEquals(List.of("Lunch"), session.joined);
        session.tellEntered(LUNCH, 1);
        assertEquals("lunch", current().nameProperty().get());
    }

    @Test
    void staysWhereThePersonWritesWhenAWishedRoomComes() {
        model.roomCommands().join("Lunch");
        type("by the way");
        session.tellEntered(LUNCH, 1);
        assertEquals("general", current().nameProperty().get());
        model.roomCommands().openDirect(2);
        type("by the way, you");
        session.tellEntered(FakeSession.direct(40, ANA), 1);
        session.madeRoom.complete(FakeSession.direct(40, ANA));
        assertEquals("general", current().nameProperty().get());
    }

    @Test
    void staysWhereThePersonWentWhenAWishedRoomComes() {
        session.tellEntered(LUNCH, 1);
        model.roomCommands().join("plans");
        model.showNeighbour(1);
        session.tellEntered(room(7, "plans", 1), 1);
        assertEquals("lunch", current().nameProperty().get());
    }

    @Test
    void forgetsAWishedRoomWithTheConnection() {
        model.roomCommands().join("Lunch");
        session.tellLost();
        session.tellConnected();
        session.tellEntered(GENERAL, 1);
        session.tellEntered(LUNCH, 1);
        assertEquals("general", current().nameProperty().get());
    }

    @Test
    void keepsWhatIsWrittenInARoomThatThePersonIsTakenOutOf() {
        session.tellEntered(FakeSession.privateRoom(11, "small", 2), 1);
        model.show(roomModel("small"));
        type("for the few of us");
        session.tell(new SessionEvent.RoomLeft(11));
        assertEquals("for the few of us", model.composer().textProperty().get());
        model.messages().send();
        assertEquals(List.of(), session.posted);
        assertEquals(
                Optional.of(Phrase.of("notice.takenOut", "small")),
                model.notices().noticeProperty().get());
        session.tellEntered(LUNCH, 1);
        assertEquals(Optional.empty(), model.rooms().currentProperty().get());
        model.show(roomModel("general"));
        assertEquals("for the few of us", model.composer().textProperty().get());
    }

    @Test
    void takesNoPrivateRoomForThePublicOneThatThePersonAskedFor() {
        model.roomCommands().join("lunch");
        session.tellEntered(FakeSession.privateRoom(11, "lunch", 2), 1);
        assertEquals("general", current().nameProperty().get());
        session.tellEntered(LUNCH, 1);
        assertEquals(2, current().roomId());
        model.show(roomModel("general"));
        model.roomCommands().join("lunch");
        assertEquals(2, current().roomId());
    }

    private void type(String text) {
        model.composer().textProperty().set(text);
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
}
