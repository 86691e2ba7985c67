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
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Measures, in pixels, where rows stand.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class FlowMessageListTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = FakeSession.person(2, "Ana");

    private final Stage stage = new Stage();
    private final Timeline timeline = new Timeline(SELF.userId(), ZoneOffset.UTC);
    private final Random random = new Random(11);
    private int topReached;
    private FlowMessageList list;

    @BeforeEach
    void show() {
        Look.apply(Theme.LIGHT);
        Texts texts = Texts.of(Language.ENGLISH);
        TimeWords times = new TimeWords(texts, CLOCK);
        MessageCell.Actions none =
                new MessageCell.Actions() {
                    @Override
                    public void retry(MessageRow row) {}

                    @Override
                    public void discard(MessageRow row) {}
                };
        list = new FlowMessageList(() -> new MessageCell(texts, times, none), () -> topReached++);
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
        Author author = new Author(1, "Me", true);
        MessageRow.Placement alone = new MessageRow.Placement(true, true);
        Delivery sent = new Delivery.Sent();
        timeline.addPending(new MessageRow(id, author, "mine", false, 0, sent, alone));
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
        List<RoomEvent> page = new ArrayList<>();
        for (int seq = 101; seq <= 200; seq++) {
            page.add(event(seq));
        }
        timeline.receiveAll(page);
        FxExtension.pulses(3);
        assertEquals(before, top(shown(words)), 1.0);
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
