package localchat.client.fx;

import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Messages under real keys and clicks: unread, pages, states, edits, replies, reactions, dates.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class MessagesSceneTest {
    private static final Settings FILLED =
            new Settings("Marina Costa", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = FakeSession.person(2, "Ana");
    private static final long HOUR = 3_600_000;

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
                        FILLED,
                        CLOCK);
        window.press(KeyCode.ENTER);
        FxExtension.await("started", () -> session.started);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void opensAtTheUnreadLineInTheTopThirdAndMarksReadAtTheEndOnly() {
        enter(80, 40);
        FxExtension.await("the line", () -> window.isStyleShown(".message-unread"));
        FxExtension.pulses(4);
        Bounds list = bounds(window.node("messages"));
        double line = bounds(shown(".message-unread")).getMinY();
        assertTrue(line > list.getMinY(), "line at " + line + " of " + list);
        assertTrue(line < list.getMinY() + list.getHeight() / 3, "line at " + line + " of " + list);
        assertEquals(List.of(), session.read);
        assertEquals("40 new messages", ((Button) window.node("jump-to-latest")).getText());
        window.click("jump-to-latest");
        FxExtension.await("marked", () -> !session.read.isEmpty());
        assertEquals(new FakeSession.Read(1, 80), session.read.getLast());
        assertFalse(window.isShown("jump-to-latest"));
    }

    @Test
    void loadsOlderPagesOnScrollingUpAndNewerOnesAfterAJump() {
        enter(500, 500);
        FxExtension.await("the end", () -> window.messages().contains("m500"));
        session.holdsHistory = true;
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.HOME);
        FxExtension.await("loading", () -> window.isShown("loading-older"));
        assertEquals(new HistoryAnchor.Before(401), session.historyAsked.getLast());
        session.answerHistory();
        FxExtension.await("loaded", () -> !window.isShown("loading-older"));
        session.holdsHistory = false;
        assertTrue(window.messages().contains("m401"), "stays where it was");
        window.press(KeyCode.CONTROL, KeyCode.END);
        FxExtension.await("the end", () -> window.messages().contains("m500"));
    }

    @Test
    void showsTheStatesOfAMessageAndDiscardsAWaitingOne() {
        enter(1, 1);
        session.tellLost();
        FxExtension.await("the banner", () -> window.isShown("connection-banner"));
        window.type("later");
        window.press(KeyCode.ENTER);
        FxExtension.await("it waits", () -> window.isStyleShown(".message-waiting"));
        window.clickStyle(".message-take-back");
        FxExtension.await("gone", () -> window.messages().equals(List.of("m1")));
        assertEquals(1, session.discarded.size());
        window.type("again");
        window.press(KeyCode.ENTER);
        session.tellFailed(session.posted.getLast(), ErrorCode.MUTED);
        FxExtension.await("the reason", () -> window.isStyleShown(".message-failure"));
        window.clickStyle(".message-retry");
        assertEquals(1, session.retried.size());
        session.tellOwn(session.posted.getLast(), 2, CLOCK.millis());
        FxExtension.await("stored", () -> !window.isStyleShown(".message:pending"));
        assertEquals(List.of("m1", "again"), window.messages());
    }

    @Test
    void editsTheLastOwnMessageByTheUpArrow() {
        enter(1, 1);
        session.tellReceived(own(2, "with a tpyo"));
        FxExtension.await("own", () -> window.messages().size() == 2);
        window.press(KeyCode.UP);
        assertTrue(window.isShown("composer-mode"));
        assertEquals("with a tpyo", window.text("composer"));
        window.press(KeyCode.ESCAPE);
        assertEquals("", window.text("composer"));
        window.press(KeyCode.UP);
        window.press(KeyCode.CONTROL, KeyCode.A);
        window.type("right");
        window.press(KeyCode.ENTER);
        assertEquals(
                new EventBody.Edit(2, new MessageText("right")), session.posted.getLast().body());
        session.tellOwn(session.posted.getLast(), 3, CLOCK.millis());
        FxExtension.await("edited", () -> window.isStyleShown(".message-edited"));
        assertEquals(List.of("m1", "right"), window.messages());
        assertFalse(window.isShown("composer-mode"));
    }

    @Test
    void writesNoShortcutIntoTheComposer() {
        enter(1, 1);
        session.tellReceived(own(2, "mine"));
        FxExtension.await("own", () -> window.messages().size() == 2);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.UP);
        window.press(KeyCode.E);
        assertEquals("mine", window.text("composer"), "edited by E");
        window.press(KeyCode.ESCAPE);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.R);
        assertTrue(window.isShown("composer-mode"));
        assertEquals("", window.text("composer"), "replied to by R");
        window.type("yes");
        assertEquals("yes", window.text("composer"));
    }

    @Test
    void writesNoBlankByChoosingInAMenuOfAMessage() {
        enter(1, 1);
        FxExtension.await("shown", () -> window.messages().size() == 1);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.UP);
        window.press(KeyCode.ENTER);
        window.openMenu();
        window.press(KeyCode.DOWN);
        window.press(KeyCode.SPACE);
        assertEquals("Reply to Ana", window.text("composer-mode"));
        assertEquals("", window.text("composer"));
    }

    @Test
    void deletesByKeyboardOnceItIsConfirmed() {
        enter(1, 1);
        session.tellReceived(own(2, "oops"));
        FxExtension.await("own", () -> window.messages().size() == 2);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.UP);
        window.press(KeyCode.DELETE);
        assertEquals("Delete this message for everyone?", window.text("sheet-title"));
        window.press(KeyCode.ENTER);
        assertEquals(List.of(), session.posted, "the focus is on Cancel");
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.DELETE);
        window.click("sheet-confirm");
        assertEquals(new EventBody.Delete(2), session.posted.getLast().body());
        session.tellOwn(session.posted.getLast(), 3, CLOCK.millis());
        FxExtension.await(
                "the tombstone",
                () -> window.messages().equals(List.of("m1", "This message was deleted.")));
    }

    @Test
    void repliesByTheBarOverTheMessageAndJumpsByTheQuote() {
        enter(300, 300);
        FxExtension.await("the end", () -> window.messages().contains("m300"));
        window.hoverText("m299");
        window.clickStyle(".hover-reply");
        assertEquals("Reply to Ana", window.text("composer-mode"));
        assertEquals("m299", window.text("composer-quote"));
        window.type("because");
        window.press(KeyCode.ENTER);
        assertEquals(299, ((EventBody.Message) session.posted.getLast().body()).replyToSeq());
        FxExtension.await("the quote", () -> window.isStyleShown(".message-quote"));
        EventBody old = new EventBody.Message(new MessageText("as I said"), 10, false);
        RoomEvent event = session.event(1, 301, ANA, CLOCK.millis(), old);
        session.history.get(1L).add(event);
        session.tellReceived(event);
        FxExtension.await("the quote", () -> quoteTexts().contains("m10"));
        window.clickNode(quote("m10"));
        FxExtension.await("the quoted message", () -> window.messages().contains("m10"));
        assertTrue(session.historyAsked.contains(new HistoryAnchor.Around(10)));
        FxExtension.await("it flashes", () -> window.isStyleShown(".message:flash"));
        window.click("jump-to-latest");
        FxExtension.await("the newest", () -> window.messages().contains("as I said"));
    }

    @Test
    void reactsByTheBarAndTogglesByTheChip() {
        enter(1, 1);
        FxExtension.await("shown", () -> window.messages().size() == 1);
        window.hoverText("m1");
        window.clickStyle(".reaction-thumbsUp");
        Emoji thumb = new Emoji("👍");
        assertEquals(new EventBody.Reaction(1, thumb, false), session.posted.getLast().body());
        session.tellOwn(session.posted.getLast(), 2, CLOCK.millis());
        FxExtension.await("the chip", () -> window.isStyleShown(".reaction:own"));
        assertEquals(
                "Marina Costa reacted with thumbs up",
                ((Button) shown(".button.reaction")).getTooltip().getText());
        window.clickNode(shown(".button.reaction"));
        assertEquals(new EventBody.Reaction(1, thumb, true), session.posted.getLast().body());
    }

    @Test
    void opensTheMenuOfAMessageByKeyboard() {
        enter(1, 1);
        FxExtension.await("shown", () -> window.messages().size() == 1);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.UP);
        assertTrue(window.isStyleShown(".message:current"));
        window.press(KeyCode.ENTER);
        assertEquals(
                List.of("menu-react", "menu-reply", "menu-copy"),
                window.openMenu().getItems().stream().map(item -> item.getId()).toList());
        window.openMenu().getItems().get(1).fire();
        FxExtension.pulses(2);
        assertEquals("Reply to Ana", window.text("composer-mode"));
        assertTrue(window.node("composer").isFocused());
    }

    @Test
    void closesTheMenuOfAMessageWithItsRoom() {
        enter(1, 1);
        session.tellEntered(room(2, "lunch", 1), 1);
        FxExtension.await("shown", () -> window.messages().size() == 1);
        window.press(KeyCode.SHIFT, KeyCode.F6);
        window.press(KeyCode.UP);
        window.press(KeyCode.ENTER);
        assertTrue(window.openMenu().isShowing());
        session.tell(new SessionEvent.RoomLeft(1));
        FxExtension.await("lunch", () -> window.text("room-name").equals("# lunch"));
        assertFalse(window.isMenuOpen());
    }

    @Test
    void staysWhereOneReadsWhenTheLanguageChanges() {
        enter(80, 40);
        FxExtension.await("the line", () -> window.isStyleShown(".message-unread"));
        FxExtension.pulses(4);
        double before = bounds(window.textNode("m41")).getMinY();
        window.chooseLanguage(Language.PORTUGUESE);
        FxExtension.await("the messages", () -> window.messages().contains("m41"));
        FxExtension.pulses(4);
        assertEquals(before, bounds(window.textNode("m41")).getMinY(), 3);
        assertEquals(List.of(), session.read);
        assertTrue(window.isShown("jump-to-latest"));
    }

    @Test
    void marksNothingReadByComingToARoomThatOpensAtItsUnreadLine() {
        enter(1, 1);
        List<RoomEvent> log = new ArrayList<>();
        for (int seq = 1; seq <= 80; seq++) {
            log.add(session.message(2, seq, ANA, CLOCK.millis() - HOUR + seq, "l" + seq));
        }
        session.history.put(2L, log);
        session.tell(new SessionEvent.ReadMarkerMoved(2, 40, 40, 0));
        session.tellEntered(room(2, "lunch", 2), 81);
        FxExtension.pulses(4);
        window.press(KeyCode.ALT, KeyCode.DOWN);
        FxExtension.await("lunch", () -> window.messages().contains("l41"));
        FxExtension.pulses(4);
        assertFalse(session.read.contains(new FakeSession.Read(2, 80)));
        assertEquals("40 new messages", ((Button) window.node("jump-to-latest")).getText());
    }

    @Test
    void goesToADate() {
        List<RoomEvent> log = new ArrayList<>();
        for (int i = 1; i <= 240; i++) {
            long time = CLOCK.millis() - (240 - i) * HOUR;
            log.add(session.message(1, i, ANA, time, "h" + i));
        }
        session.history.put(1L, log);
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 241);
        FxExtension.await("the end", () -> window.messages().contains("h240"));
        window.click("jump-to-date");
        window.fillFocused("nonsense");
        window.press(KeyCode.ENTER);
        assertEquals("This is not a date.", window.text("sheet-fault"));
        window.fillFocused("11/14/2026");
        window.press(KeyCode.ENTER);
        long midnight = Instant.parse("2026-11-14T00:00:00Z").toEpochMilli();
        FxExtension.await(
                "asked", () -> session.historyAsked.contains(new HistoryAnchor.FromTime(midnight)));
        int first = (int) (240 - (CLOCK.millis() - midnight) / HOUR);
        FxExtension.await("the day", () -> window.messages().contains("h" + first));
        FxExtension.pulses(3);
        double top = bounds(window.textNode("h" + first)).getMinY();
        double listTop = bounds(window.node("messages")).getMinY();
        assertTrue(top - listTop < 140, "the day begins at " + (top - listTop));
    }

    @Test
    void showsRoomsMessagesAndDraftsOfTheLastRunWhileConnecting() {
        session.tell(
                new SessionEvent.RoomRestored(
                        room(1, "general", 2),
                        2,
                        List.of(ChatMessage.of(message(1)), ChatMessage.of(message(2))),
                        false,
                        2,
                        "half a sen"));
        session.tell(
                new SessionEvent.PostRestored(
                        1,
                        MessageId.random(new java.util.Random(3)),
                        new EventBody.Message(new MessageText("unsent"), 0, false),
                        PostState.WAITING,
                        Optional.empty()));
        FxExtension.await(
                "yesterday", () -> window.messages().equals(List.of("m1", "m2", "unsent")));
        assertTrue(window.text("connection-banner").startsWith("Connecting"));
        assertEquals("half a sen", window.text("composer"));
        window.type("tence");
        assertTrue(window.node("composer").isFocused());
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 3);
        FxExtension.await("no banner", () -> !window.isShown("connection-banner"));
        assertEquals("half a sentence", window.text("composer"));
        assertEquals("Marina Costa", window.remembered.getLast().name());
    }

    @Test
    void keepsDraftsOverRoomsAndForTheNextStart() {
        enter(1, 1);
        session.tellEntered(room(2, "lunch", 1), 1);
        window.type("for general");
        window.press(KeyCode.ALT, KeyCode.DOWN);
        window.type("for lunch");
        window.press(KeyCode.ALT, KeyCode.UP);
        assertEquals("for general", window.text("composer"));
        assertEquals("for lunch", session.drafts.get(2L));
        assertEquals("for general", session.drafts.get(1L));
    }

    @Test
    void saysThatTheClockIsOff() {
        enter(1, 1);
        session.tell(new SessionEvent.ClockOff(-7 * 60_000));
        FxExtension.await("the notice", () -> window.isShown("clock-notice"));
        assertTrue(
                window.text("clock-notice")
                        .startsWith("This computer’s clock is 7 minutes off the server’s"));
        window.click("clock-notice-dismiss");
        assertFalse(window.isShown("clock-notice"));
    }

    /// Enters general with messages 1 to `last`, of which those up to `read` were read.
    private void enter(int last, int read) {
        List<RoomEvent> log = new ArrayList<>();
        for (int seq = 1; seq <= last; seq++) {
            log.add(message(seq));
        }
        session.history.put(1L, log);
        session.people.put(1L, List.of(ANA, FakeSession.SELF));
        session.tellConnected();
        if (read < last) {
            session.tell(new SessionEvent.ReadMarkerMoved(1, read, last - read, 0));
        }
        session.tellEntered(room(1, "general", 2), last + 1);
        FxExtension.await("the room", () -> window.text("room-name").equals("# general"));
        FxExtension.await("messages", () -> !window.messages().isEmpty());
    }

    private RoomEvent message(int seq) {
        return session.message(1, seq, ANA, CLOCK.millis() - HOUR + seq, "m" + seq);
    }

    private RoomEvent own(int seq, String text) {
        return session.message(1, seq, FakeSession.SELF, CLOCK.millis(), text);
    }

    private List<String> quoteTexts() {
        return window.scene().getRoot().lookupAll(".message .quote-text").stream()
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private Node quote(String text) {
        return window.scene().getRoot().lookupAll(".message .quote-text").stream()
                .filter(node -> ((Label) node).getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private Node shown(String selector) {
        return window.shownNode(selector);
    }

    private static Bounds bounds(Node node) {
        return node.localToScene(node.getLayoutBounds());
    }
}
