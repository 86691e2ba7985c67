package localchat.client.fx;

import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.identity.KeyWords;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The chat scene under real keys and clicks, over a fake session.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class ChatSceneTest {
    private static final Settings FILLED =
            new Settings("Ana", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);
    private static final Person ANA = FakeSession.person(2, "Ana");

    private FakeSession session = new FakeSession(event -> {});
    private Window window;

    @BeforeEach
    void logIn() {
        window =
                new Window(
                        (server, name, listener) -> {
                            session = new FakeSession(listener);
                            return session;
                        },
                        FILLED);
        window.press(KeyCode.ENTER);
        FxExtension.await("started", () -> session.started);
        session.listed.add(room(9, "workshop", 2));
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        session.tellEntered(room(2, "lunch", 1), 1);
        FxExtension.await("two rooms", () -> rooms().getItems().size() == 2);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void beginsInTheComposer() {
        assertTrue(window.node("composer").isFocused());
        assertEquals("# general", window.text("room-name"));
    }

    @Test
    void sendsByEnterAndShowsTheMessage() {
        window.type("hello");
        window.press(KeyCode.ENTER);
        assertEquals("hello", session.posted.getFirst().text());
        assertEquals("", window.text("composer"));
        assertEquals(List.of("hello"), window.messages());
    }

    @Test
    void beginsANewLineByShiftEnterAndGrows() {
        window.type("one");
        double before = composer().getHeight();
        window.press(KeyCode.SHIFT, KeyCode.ENTER);
        window.type("two");
        FxExtension.pulses(3);
        assertEquals("one\ntwo", window.text("composer"));
        assertTrue(session.posted.isEmpty());
        assertTrue(composer().getHeight() > before + 10, before + " -> " + composer().getHeight());
    }

    @Test
    void sendsByTheButton() {
        window.type("hello");
        window.click("send");
        assertEquals(1, session.posted.size());
        assertTrue(window.node("composer").isFocused());
    }

    @Test
    void showsWhatComesIn() {
        session.tellReceived(session.message(1, 1, ANA, 0, "good morning"));
        FxExtension.await("the message", () -> window.messages().equals(List.of("good morning")));
    }

    @Test
    void switchesRoomByAltAndArrow() {
        window.press(KeyCode.ALT, KeyCode.DOWN);
        assertEquals("# lunch", window.text("room-name"));
        window.press(KeyCode.ALT, KeyCode.UP);
        assertEquals("# general", window.text("room-name"));
    }

    @Test
    void switchesRoomByAClickAndWritesThere() {
        window.clickCell("rooms", 1);
        assertEquals("# lunch", window.text("room-name"));
        window.type("hi");
        window.press(KeyCode.ENTER);
        assertEquals(2, session.posted.getFirst().roomId());
    }

    @Test
    void countsUnreadInTheTitleWithoutAnyTextOfPeople() {
        session.tellReceived(session.message(2, 1, ANA, 0, "lunch?"));
        FxExtension.await("the title", () -> window.stage().getTitle().equals("(1) Local Chat"));
        window.press(KeyCode.ALT, KeyCode.DOWN);
        assertEquals("Local Chat", window.stage().getTitle());
    }

    @Test
    void joinsAListedRoomByAClick() {
        window.clickCell("joinable-rooms", 0);
        assertEquals(List.of("workshop"), session.joined);
    }

    @Test
    void makesARoomByKeyboard() {
        window.click("new-room");
        window.press(KeyCode.ENTER);
        assertEquals("Enter a name for the room.", window.text("new-room-fault"));
        window.type("plans");
        window.press(KeyCode.ENTER);
        assertEquals(List.of("plans"), session.joined);
        assertFalse(window.isShown("new-room-name"));
        assertTrue(window.node("composer").isFocused());
    }

    @Test
    void leavesTheRoomThatIsShown() {
        window.choose("room-menu", "leave-room");
        assertEquals("Leave #general?", window.text("sheet-title"));
        window.click("sheet-confirm");
        assertEquals(List.of(1L), session.left);
        session.tell(new SessionEvent.RoomLeft(1));
        FxExtension.await("the other room", () -> window.text("room-name").equals("# lunch"));
    }

    @Test
    void staysInTheRoomUnlessLeavingIsConfirmed() {
        window.choose("room-menu", "leave-room");
        assertTrue(window.node("sheet-cancel").isFocused());
        window.press(KeyCode.SPACE);
        assertFalse(window.isShown("sheet"));
        assertTrue(window.node("composer").isFocused());
        window.choose("room-menu", "leave-room");
        window.press(KeyCode.ESCAPE);
        assertFalse(window.isShown("sheet"));
        assertTrue(session.left.isEmpty());
    }

    @Test
    void leavesTheComposerByTabAndShowsWhereTheFocusIs() {
        window.type("hi");
        window.press(KeyCode.TAB);
        assertTrue(window.node("send").isFocusVisible());
        assertFalse(((Button) window.node("send")).getBorder().isEmpty());
        window.node("composer").requestFocus();
        window.press(KeyCode.SHIFT, KeyCode.TAB);
        assertFalse(window.node("composer").isFocused());
        assertEquals("hi", window.text("composer"));
        window.node("composer").requestFocus();
        composer().end();
        window.press(KeyCode.CONTROL, KeyCode.TAB);
        assertEquals("hi\t", window.text("composer"));
    }

    @Test
    void keepsThePeopleReachableInANarrowWindow() {
        window.stage().setWidth(600);
        FxExtension.await("the people give way", () -> !window.isShown("people"));
        double side = window.node("rooms").getLayoutBounds().getWidth();
        window.click("people-toggle");
        assertTrue(window.isShown("people"));
        FxExtension.pulses(2);
        assertTrue(window.node("rooms").getLayoutBounds().getWidth() < side);
        window.stage().setWidth(980);
        FxExtension.await("the people are back", () -> window.isShown("people"));
    }

    @Test
    void saysThatTheConnectionIsNotEncrypted() {
        assertEquals("Not encrypted", window.text("safety"));
        assertFalse(window.isShown("server-key"));
    }

    @Test
    void asksToCompareTheWordsOfAServerThatNobodyVouchesFor() {
        Digest32 key = new Digest32(new byte[32]);
        session.tell(new SessionEvent.ServerKeyShown(key, false, true));
        FxExtension.await("the words", () -> window.isShown("server-key"));
        String words = String.join(" ", KeyWords.of(key));
        assertTrue(window.text("server-key").endsWith(words), window.text("server-key"));
        assertEquals("Encrypted, not verified", window.text("safety"));
        window.click("server-key-same");
        FxExtension.await("the person's word", () -> session.vouched == 1);
        session.tell(new SessionEvent.ServerKeyShown(key, true, false));
        FxExtension.await("the words are gone", () -> !window.isShown("server-key"));
        assertEquals("Encrypted, verified", window.text("safety"));
    }

    @Test
    void letsThePersonCompareTheWordsLater() {
        session.tell(new SessionEvent.ServerKeyShown(new Digest32(new byte[32]), false, true));
        FxExtension.await("the words", () -> window.isShown("server-key"));
        window.click("server-key-dismiss");
        FxExtension.await("the words are gone", () -> !window.isShown("server-key"));
        assertEquals(0, session.vouched);
        assertEquals("Encrypted, not verified", window.text("safety"));
    }

    @Test
    void keepsTheDraftAndSaysSoWhenTheConnectionIsLost() {
        window.type("half a sen");
        session.tellLost();
        FxExtension.await("the banner", () -> window.isShown("connection-banner"));
        window.type("tence");
        assertEquals("half a sentence", window.text("composer"));
        window.press(KeyCode.ENTER);
        session.tellPost(session.posted.getFirst(), PostState.WAITING);
        FxExtension.await(
                "waiting", () -> !window.scene().getRoot().lookupAll(".message-waiting").isEmpty());
        session.tellConnected();
        FxExtension.await("no banner", () -> !window.isShown("connection-banner"));
    }

    @Test
    void offersToTryAFailedMessageAgain() {
        window.type("hello");
        window.press(KeyCode.ENTER);
        session.tellFailed(session.posted.getFirst(), ErrorCode.MUTED);
        FxExtension.await("the reason", () -> window.isStyleShown(".message-failure"));
        window.clickStyle(".message-retry");
        assertEquals(List.of(session.posted.getFirst().id()), session.retried);
        session.tellFailed(session.posted.getLast(), ErrorCode.MUTED);
        FxExtension.await("the reason", () -> window.isStyleShown(".message-failure"));
        window.clickStyle(".message-discard");
        assertEquals(List.of(), window.messages());
    }

    @Test
    void warnsBeforeTheLimitAndRefusesPastIt() {
        composer().setText("x".repeat(4090));
        FxExtension.pulses(2);
        assertEquals("6 bytes left", window.text("composer-counter"));
        composer().setText("x".repeat(4100));
        window.press(KeyCode.ENTER);
        assertEquals("4 bytes too long", window.text("composer-counter"));
        assertTrue(session.posted.isEmpty());
        assertEquals(4100, composer().getLength());
    }

    @Test
    void goesRoundTheRegionsByF6() {
        window.press(KeyCode.F6);
        assertTrue(window.node("people").isFocused());
        window.press(KeyCode.F6);
        assertTrue(window.node("rooms").isFocused());
        window.press(KeyCode.F6);
        assertTrue(window.node("messages").isFocused());
        window.press(KeyCode.F6);
        assertTrue(window.node("composer").isFocused());
    }

    @Test
    void leadsBackToTheLoginWhenTheSessionIsOver() {
        session.tellEnded(SessionEvent.Failure.REPLACED);
        window.click("sign-in-again");
        FxExtension.await("the login", () -> window.isShown("login-connect"));
        assertEquals("Marina Costa", window.text("login-name"));
    }

    @Test
    void keepsWhatIsWrittenWhenTheSessionIsOverForTheNextOne() {
        window.type("half a sen");
        session.tellEnded(SessionEvent.Failure.REPLACED);
        FxExtension.await("over", () -> window.isShown("sign-in-again"));
        window.type("tence");
        FakeSession before = session;
        window.click("sign-in-again");
        FxExtension.await("the login", () -> window.isShown("login-connect"));
        window.click("login-connect");
        FxExtension.await("started", () -> session != before && session.started);
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        FxExtension.await("general", () -> window.text("room-name").equals("# general"));
        assertEquals("half a sentence", window.text("composer"));
        assertEquals("half a sentence", session.drafts.get(1L));
    }

    @Test
    void keepsNothingThatIsWrittenForSomebodyElse() {
        window.type("secret");
        session.tellEnded(SessionEvent.Failure.REPLACED);
        FakeSession before = session;
        window.click("sign-in-again");
        FxExtension.await("the login", () -> window.isShown("login-connect"));
        window.fill("login-name", "Bo");
        window.click("login-connect");
        FxExtension.await("started", () -> session != before && session.started);
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        FxExtension.await("general", () -> window.text("room-name").equals("# general"));
        assertEquals("", window.text("composer"));
    }

    @Test
    void changesTheLanguageAndKeepsWhatWasTyped() {
        window.type("hello");
        window.chooseLanguage(Language.PORTUGUESE);
        FxExtension.await(
                "Portuguese", () -> composer().getPromptText().equals("Mensagem em #general"));
        assertEquals("hello", window.text("composer"));
        session.tellReceived(session.message(1, 1, ANA, 0, "bom dia"));
        FxExtension.await("the message", () -> window.messages().equals(List.of("bom dia")));
    }

    @Test
    void showsThousandsOfMessagesThatComeAtOnceInOrder() {
        for (int seq = 1; seq <= 5_000; seq++) {
            session.tellReceived(session.message(1, seq, ANA, seq, "m" + seq));
        }
        FxExtension.await("the last message", () -> window.messages().contains("m5000"));
    }

    private TextArea composer() {
        return (TextArea) window.node("composer");
    }

    private ListView<?> rooms() {
        return (ListView<?>) window.node("rooms");
    }
}
