package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import localchat.client.fx.FakeSession;
import localchat.client.fx.FxExtension;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Texts;
import localchat.client.fx.i18n.TimeWords;
import localchat.client.fx.look.Look;
import localchat.client.fx.settings.Theme;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.mockito.Mockito;

/// Measures, in pixels, where rows stand.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class FlowMessageListTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = FakeSession.person(2, "Ana");

    private final Stage stage = new Stage();
    private final Timeline timeline =
            new Timeline(new Self(SELF.userId(), SELF.name()), ZoneOffset.UTC);
    private final Random random = new Random(11);
    private int topReached;
    private int endReached;
    private FlowMessageList list;

    @BeforeEach
    void show() {
        Look.apply(Theme.LIGHT);
        Texts texts = Texts.of(Language.ENGLISH);
        TimeWords times = new TimeWords(texts, CLOCK);
        MessageActions none = Mockito.mock();
        Mockito.when(none.nameOf(Mockito.anyLong())).thenReturn("Ana");
        HoverBar hover = new HoverBar(texts, none);
        list =
                new FlowMessageList(
                        () -> new MessageCell(texts, times, none, hover),
                        new Edges(),
                        (event, cell, row) -> false);
        Scene scene = new Scene(new StackPane(list.root()), 500, 400);
        scene.getStylesheets().add(Look.stylesheet());
        stage.setScene(scene);
        stage.show();
        list.show(timeline.rows());
    }

    @AfterEach
    void hide() {
        list.detach();
        stage.close();
    }

    @Test
    void staysAtTheEndOver200Appends() {
        for (int seq = 1; seq <= 200; seq++) {
            timeline.receive(event(seq));
            FxExtension.pulses(2);
            if (seq >= 20) {
                assertEndShown("m" + seq + " ");
            }
        }
    }

    @Test
    void staysAtTheEndWhenTheLastRowGrows() {
        receive(1, 50);
        MessageId id = new MessageId(new Id128(9, 9));
        EventBody.Message mine = new EventBody.Message(new MessageText("mine"), 0, false);
        timeline.addPending(id, mine, 0, new Delivery.Sent());
        FxExtension.pulses(2);
        timeline.changed(id, new Delivery.Failed(ErrorCode.MUTED, ""), 0);
        FxExtension.pulses(3);
        Node failure = stage.getScene().getRoot().lookup(".message:failed .message-failure");
        assertTrue(failure instanceof Label && failure.isVisible());
        assertTrue(bottom(failure) <= listBottom() + 1, bottom(failure) + " below " + listBottom());
    }

    @Test
    void staysAtTheEndWhenTheWindowChangesItsSize() {
        receive(1, 50);
        for (int width = 700; width >= 320; width -= 95) {
            stage.setWidth(width);
            stage.setHeight(1000 - width);
            FxExtension.pulses(4);
            assertEndShown("m50 ");
        }
    }

    @Test
    void staysWhereOneReadsWhenMessagesCome() {
        receive(1, 100);
        list.scrollScreens(-4);
        FxExtension.pulses(3);
        assertFalse(list.pinnedProperty().get());
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        for (int seq = 101; seq <= 150; seq++) {
            timeline.receive(event(seq));
            FxExtension.pulses(1);
        }
        assertEquals(before, top(shown(words)), 1.0);
    }

    @Test
    void staysWhereOneReadsWhenOlderMessagesCome() {
        receive(201, 300);
        list.scrollScreens(-4);
        FxExtension.pulses(3);
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        older(101, 200);
        FxExtension.pulses(3);
        assertEquals(before, top(shown(words)), 1.0);
    }

    @Test
    void staysWhereOneReadsWhenOlderMessagesComeAtTheVeryTop() {
        receive(201, 300);
        list.root().requestFocus();
        list.scrollTo(0, 0);
        FxExtension.pulses(3);
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        older(101, 200);
        FxExtension.pulses(3);
        assertEquals(before, top(shown(words)), 1.0);
        older(1, 100);
        FxExtension.pulses(3);
        assertEquals(before, top(shown(words)), 1.0);
    }

    @Test
    void staysWhereOneReadsWhenRowsGrowAboveAndBelow() {
        receive(1, 100);
        list.scrollScreens(-4);
        FxExtension.pulses(3);
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        int at = Integer.parseInt(words.substring(1, words.indexOf(' ')));
        long seq = 101;
        for (int target = at - 8; target <= at + 8; target++) {
            // A row that is whole in sight above the one measured would push it down, rightly.
            if (target < firstWhole() || target > at) {
                change(seq, new EventBody.Reaction(target, new Emoji("👍"), false));
                change(
                        seq + 1,
                        new EventBody.Edit(target, new MessageText("grown " + "x ".repeat(99))));
                seq += 2;
                FxExtension.pulses(2);
                assertEquals(before, top(shown(words)), 1.0, "after a change of " + target);
            }
        }
    }

    @Test
    void staysWhereOneReadsWhenTheUnreadLineIsDrawnAbove() {
        receive(1, 100);
        list.scrollScreens(-4);
        FxExtension.pulses(3);
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        int above = firstWhole() - 1;
        while (timeline.rows().get(above - 1).author().self()) {
            above--;
        }
        timeline.setUnreadAfter(above - 1);
        assertEquals(above - 1, timeline.unreadIndex().orElseThrow());
        FxExtension.pulses(3);
        assertEquals(before, top(shown(words)), 1.0);
    }

    @Test
    void opensAtARowAndShowsItForAMoment() {
        receive(1, 100);
        list.scrollTo(40, 0.25);
        list.flash(40);
        FxExtension.pulses(4);
        Text row = shown("m41 ");
        double height = list.root().getHeight();
        assertTrue(top(row) > height * 0.2 && top(row) < height * 0.55, "at " + top(row));
        assertFalse(list.pinnedProperty().get());
        assertEquals(1, stage.getScene().getRoot().lookupAll(".message:flash").size());
    }

    @Test
    void doesNotStayAtTheEndWhenThereIsMoreBehindIt() {
        receive(1, 60);
        list.setEndOpen(true);
        endReached = 0;
        list.scrollToEnd();
        FxExtension.pulses(3);
        assertTrue(endReached > 0);
        assertFalse(list.pinnedProperty().get());
        Text read = anyShown();
        double before = top(read);
        String words = read.getText();
        receive(61, 120);
        assertEquals(before, top(shown(words)), 1.0);
    }

    @Test
    void movesTheCursorByArrowsAndKeepsItInSight() {
        receive(1, 100);
        list.root().requestFocus();
        for (int i = 0; i < 30; i++) {
            list.root().fireEvent(key(KeyCode.UP));
            FxExtension.pulses(1);
        }
        FxExtension.pulses(2);
        assertEquals(1, stage.getScene().getRoot().lookupAll(".message:current").size());
        Node current = stage.getScene().getRoot().lookup(".message:current");
        assertTrue(((Text) current.lookup(".message-text")).getText().startsWith("m71 "));
        assertTrue(top(current) >= -1, "at " + top(current));
        list.root().fireEvent(key(KeyCode.DOWN));
        FxExtension.pulses(2);
        current = stage.getScene().getRoot().lookup(".message:current");
        assertTrue(((Text) current.lookup(".message-text")).getText().startsWith("m72 "));
    }

    private static KeyEvent key(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
    }

    private void change(long seq, EventBody body) {
        timeline.receive(
                new RoomEvent(1, seq, seq, 2, ANA.name(), new MessageId(new Id128(2, seq)), body));
    }

    private void older(int from, int to) {
        List<ChatMessage> page = new ArrayList<>();
        for (int seq = from; seq <= to; seq++) {
            page.add(ChatMessage.of(event(seq)));
        }
        timeline.take(
                new HistoryMessages(1, page, 300, from > 1, true),
                new HistoryAnchor.Before(to + 1));
    }

    /// The number of the first message that is whole in sight.
    private int firstWhole() {
        return allShown().stream()
                .filter(text -> top(text.getParent().getParent().getParent().getParent()) >= 0)
                .map(text -> text.getText().substring(1, text.getText().indexOf(' ')))
                .filter(number -> number.matches("[0-9]+"))
                .mapToInt(Integer::parseInt)
                .min()
                .orElseThrow();
    }

    private final class Edges implements MessageList.Listener {
        @Override
        public void onNearTop() {
            topReached++;
        }

        @Override
        public void onNearEnd() {
            endReached++;
        }

        @Override
        public void onScrolled() {}
    }

    @Test
    void pinsAgainWhenOneGoesBackToTheEnd() {
        receive(1, 100);
        list.scrollScreens(-2);
        FxExtension.pulses(3);
        for (int i = 0; i < 4; i++) {
            list.scrollScreens(0.9);
            FxExtension.pulses(2);
        }
        assertTrue(list.pinnedProperty().get());
        timeline.receive(event(101));
        FxExtension.pulses(2);
        assertEndShown("m101 ");
    }

    @Test
    void asksForOlderMessagesNearTheTopOnly() {
        receive(1, 100);
        topReached = 0;
        FxExtension.pulses(3);
        assertEquals(0, topReached);
        list.scrollScreens(-40);
        FxExtension.pulses(3);
        assertTrue(topReached > 0);
    }

    private void receive(int from, int to) {
        for (int seq = from; seq <= to; seq++) {
            timeline.receive(event(seq));
        }
        FxExtension.pulses(4);
    }

    private RoomEvent event(int seq) {
        String words = "m" + seq + " " + "word ".repeat(random.nextInt(40));
        Person sender = random.nextBoolean() ? SELF : ANA;
        return FakeSession.message(
                new MessageId(new Id128(1, seq)),
                1,
                seq,
                sender,
                seq * 100_000L,
                words.strip() + " ");
    }

    private void assertEndShown(String beginning) {
        Text last = shown(beginning);
        assertTrue(
                bottom(last) <= listBottom(),
                beginning + "ends at " + bottom(last) + " of " + listBottom());
        assertTrue(
                bottom(last) > listBottom() - 40,
                beginning + "ends at " + bottom(last) + " of " + listBottom());
    }

    private List<Text> allShown() {
        return stage.getScene().getRoot().lookupAll(".message-text").stream()
                .map(node -> (Text) node)
                .filter(text -> text.getParent().getParent().isVisible() && text.getScene() != null)
                .toList();
    }

    private Text anyShown() {
        return allShown().stream()
                .filter(text -> top(text) > 50 && bottom(text) < listBottom() - 50)
                .findFirst()
                .orElseThrow();
    }

    private Text shown(String beginning) {
        return allShown().stream()
                .filter(text -> text.getText().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in sight: " + beginning));
    }

    private double listBottom() {
        Bounds bounds = list.root().localToScene(list.root().getLayoutBounds());
        return bounds.getMaxY();
    }

    private static double top(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMinY();
    }

    private static double bottom(Node node) {
        return node.localToScene(node.getLayoutBounds()).getMaxY();
    }
}
