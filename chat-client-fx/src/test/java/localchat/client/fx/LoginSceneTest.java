package localchat.client.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.SessionEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The login scene under real keys and clicks.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class LoginSceneTest {
    private static final Settings FILLED =
            new Settings("Ana", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);

    private final List<FakeSession> sessions = new ArrayList<>();
    private Window window;

    @BeforeEach
    void open() {
        window = open(Window.FRESH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void beginsWithTheNameAndNoFaults() {
        assertTrue(window.node("login-name").isFocused());
        assertEquals("", window.text("login-name-fault"));
        assertEquals("7667", window.text("login-port"));
    }

    @Test
    void tellsTheFaultBesideTheFieldAsItIsTyped() {
        window.fill("login-name", "Ana");
        window.fill("login-host", "999.1.1.1");
        window.fill("login-port", "70000");
        assertEquals("", window.text("login-name-fault"));
        assertTrue(window.text("login-host-fault").contains("999.1.1.1"));
        assertEquals("1 to 65535.", window.text("login-port-fault"));
    }

    @Test
    void leadsToTheFirstFaultInsteadOfConnecting() {
        window.fill("login-name", "Ana");
        window.press(KeyCode.ENTER);
        assertTrue(window.node("login-host").isFocused());
        assertTrue(window.text("login-host-fault").startsWith("Enter the server"));
        assertTrue(sessions.isEmpty());
    }

    @Test
    void goesThroughTheFieldsByTab() {
        window.press(KeyCode.TAB);
        assertTrue(window.node("login-host").isFocused());
        window.press(KeyCode.TAB);
        assertTrue(window.node("login-port").isFocused());
        window.press(KeyCode.TAB);
        assertTrue(window.node("login-connect").isFocused());
    }

    @Test
    void connectsByEnterAndShowsProgress() {
        connect();
        assertEquals("Connecting to localhost:7667 …", window.text("login-progress"));
        assertFalse(window.isShown("login-connect"));
    }

    @Test
    void canBeCancelledByAClick() {
        connect();
        window.click("login-cancel");
        FxExtension.await("the form is back", () -> window.isShown("login-connect"));
        assertTrue(sessions.getFirst().closed);
    }

    @Test
    void canBeCancelledByEscape() {
        connect();
        window.press(KeyCode.ESCAPE);
        FxExtension.await("the form is back", () -> window.isShown("login-connect"));
    }

    @Test
    void saysWhatToDoWhenItFailed() {
        connect();
        sessions.getFirst().tellEnded(SessionEvent.Failure.REFUSED);
        FxExtension.await("the error", () -> window.isShown("login-error"));
        assertEquals(
                "Nothing answers at localhost:7667. Check the port, and that the server is running.",
                window.text("login-error"));
    }

    @Test
    void takesAJoinLinkForTheAddress() {
        window.close();
        String link = "localchat://box:7777,[::1]:7667/?key=" + "A".repeat(42) + "E";
        window = open(new Settings("Ana", link, "", Language.ENGLISH, Theme.LIGHT));
        window.press(KeyCode.ENTER);
        FxExtension.await("the progress", () -> window.isShown("login-progress"));
        assertEquals("Connecting to box:7777 …", window.text("login-progress"));
    }

    @Test
    void saysWhenALinkIsNotWhole() {
        window.close();
        window =
                open(
                        new Settings(
                                "Ana",
                                "localchat://box/?key=AAAA",
                                "",
                                Language.ENGLISH,
                                Theme.LIGHT));
        window.press(KeyCode.ENTER);
        FxExtension.await("the fault", () -> window.isShown("login-host-fault"));
        assertEquals(
                "The link is not whole. Copy it again, to its end.",
                window.text("login-host-fault"));
    }

    @Test
    void remembersWhatWorked() {
        connect();
        sessions.getFirst().tellConnected();
        FxExtension.await("the chat", () -> window.isShown("composer"));
        Settings last = window.remembered.getLast();
        assertEquals("localhost", last.host());
        assertEquals("Marina Costa", last.name());
    }

    @Test
    void changesTheLanguageAndKeepsWhatWasTyped() {
        window.fill("login-name", "Ana");
        window.click("language");
        window.press(KeyCode.DOWN);
        window.press(KeyCode.DOWN);
        window.press(KeyCode.ENTER);
        FxExtension.await(
                "the prompt", () -> prompt("login-host").equals("Link, nome ou endereço"));
        assertEquals("Ana", window.text("login-name"));
        assertEquals(Language.PORTUGUESE, window.remembered.getLast().language());
    }

    @Test
    void changesTheThemeByAClick() {
        window.click("theme");
        assertEquals(Theme.DARK, window.remembered.getLast().theme());
        window.click("theme");
        assertEquals(Theme.LIGHT, window.remembered.getLast().theme());
    }

    private void connect() {
        window.close();
        window = open(FILLED);
        window.press(KeyCode.ENTER);
        FxExtension.await(
                "the session is started", () -> !sessions.isEmpty() && sessions.getFirst().started);
    }

    private String prompt(String id) {
        Node node = window.find(id);
        return node instanceof TextField field ? field.getPromptText() : "";
    }

    private Window open(Settings settings) {
        return new Window(
                (server, name, listener) -> {
                    FakeSession session = new FakeSession(listener);
                    sessions.add(session);
                    return session;
                },
                settings);
    }
}
