package localchat.client.fx;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import localchat.client.FakePeople;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.login.Destination;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.Admittance;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.Person;
import localchat.core.model.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Codes, devices and what is done about people, under real keys and clicks.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class PeopleSceneTest {
    private static final Settings FILLED =
            new Settings("Marina Costa", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);
    private static final Person ANA = FakeSession.person(2, "Ana");

    private final List<FakeSession> sessions = new ArrayList<>();
    private final List<Destination> destinations = new ArrayList<>();
    private Window window;

    @BeforeEach
    void open() {
        window =
                new Window(
                        (destination, name, listener) -> {
                            destinations.add(destination);
                            FakeSession session = new FakeSession(listener);
                            session.people.put(1L, List.of(ANA, SELF));
                            sessions.add(session);
                            return session;
                        },
                        FILLED);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private FakeSession connect() {
        int before = sessions.size();
        window.press(KeyCode.ENTER);
        FxExtension.await("started", () -> sessions.size() > before && sessions.getLast().started);
        return sessions.getLast();
    }

    private FakeSession logIn(Role role) {
        FakeSession session = connect();
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        session.tell(
                new SessionEvent.SelfChanged(
                        new Person(SELF.userId(), SELF.name(), role, SELF.availability())));
        FxExtension.await("the people", () -> people().getItems().size() == 2);
        return session;
    }

    private ListView<?> people() {
        return (ListView<?>) window.node("people");
    }

    @Test
    void asksForACodeInTheFormAndTriesAgainWithIt() {
        assertFalse(window.isShown("login-code"));
        connect().tellEnded(Failure.NAME_TAKEN);
        FxExtension.await("the code", () -> window.isShown("login-code"));
        assertFalse(window.isShown("login-error"));
        assertTrue(window.text("login-code-reason").contains("enter a code"));
        assertTrue(window.text("login-code-help").contains("My devices"));
        assertTrue(window.node("login-code").isFocused());
        window.type("7kq2m-9xw4t");
        connect();
        assertEquals(new Admittance.DeviceCode("7kq2m-9xw4t"), destinations.getLast().admittance());
    }

    @Test
    void opensThePlaceForACodeByAClick() {
        window.click("login-code-toggle");
        FxExtension.await("the code", () -> window.isShown("login-code"));
        window.click("login-code-toggle");
        FxExtension.await("no code", () -> !window.isShown("login-code"));
    }

    @Test
    void makesACodeForAnotherDeviceAndForgetsItWithTheSheet() {
        FakeSession session = logIn(Role.MEMBER);
        session.askedPeople.devices.add(FakePeople.device(1, "desk", true));
        session.askedPeople.devices.add(FakePeople.device(2, "phone", false));
        window.choose("menu", "my-devices");
        FxExtension.await("the devices", () -> window.isShown("device-out-1"));
        assertFalse(window.isShown("device-out-0"));
        window.click("account-device-code");
        FxExtension.await("the code", () -> window.text("account-code").equals("7KQ2M-9XW4T"));
        window.click("account-recovery-code");
        FxExtension.await("the code", () -> window.text("account-code").equals("BC3ZD-H8RPN"));
        assertTrue(window.text("account-code-help").startsWith("Write it down"));
        window.click("device-out-1");
        FxExtension.await("one device", () -> !window.isShown("device-out-1"));
        window.press(KeyCode.ESCAPE);
        FxExtension.await("no sheet", () -> !window.isShown("sheet"));
        window.choose("menu", "my-devices");
        FxExtension.await("the sheet", () -> window.isShown("sheet"));
        assertFalse(window.isShown("account-code"));
    }

    @Test
    void changesTheName() {
        FakeSession session = logIn(Role.MEMBER);
        window.choose("menu", "change-name");
        FxExtension.await("the sheet", () -> window.isShown("sheet-line"));
        window.fillFocused("Anna");
        window.press(KeyCode.ENTER);
        FxExtension.await("the wish", () -> session.askedPeople.calls.contains("name Anna"));
    }

    private void askAbout(int row) {
        people().getSelectionModel().select(row);
        people().fireEvent(
                        new ContextMenuEvent(
                                ContextMenuEvent.CONTEXT_MENU_REQUESTED,
                                5,
                                5,
                                300,
                                300,
                                true,
                                null));
        FxExtension.pulses(3);
    }

    @Test
    void offersAMemberOnlyToBlock() {
        FakeSession session = logIn(Role.MEMBER);
        askAbout(0);
        assertEquals(
                List.of("person-direct", "person-BLOCK"),
                window.openMenu().getItems().stream().map(MenuItem::getId).toList());
        window.openMenu().getItems().getLast().fire();
        assertEquals(List.of("block 2"), session.askedPeople.calls);
    }

    @Test
    void bansWithAReasonAndForAsLongAsIsChosen() {
        FakeSession session = logIn(Role.ADMIN);
        askAbout(0);
        window.openMenu().getItems().stream()
                .filter(item -> "person-BAN".equals(item.getId()))
                .forEach(MenuItem::fire);
        window.openMenu().hide();
        FxExtension.await("the sheet", () -> window.isShown("person-reason"));
        assertEquals("Keep Ana and all their devices out?", window.text("sheet-title"));
        window.fill("person-reason", "spam");
        window.press(KeyCode.ENTER);
        FxExtension.await(
                "the ban", () -> session.askedPeople.calls.contains("ban 2 PT24H [spam]"));
    }

    @Test
    void saysCalmlyThatThePersonWasSentAway() {
        FakeSession session = logIn(Role.MEMBER);
        session.tell(new SessionEvent.Ended(Failure.KICKED, "loud", 60_000));
        FxExtension.await("the way back", () -> window.isShown("sign-in-again"));
        assertEquals(
                "A moderator sent you away. You can come back in a while. Wait 60 seconds before the"
                        + " next attempt.",
                window.text("connection-banner"));
    }
}
