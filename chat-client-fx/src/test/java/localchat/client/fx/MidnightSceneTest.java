package localchat.client.fx;

import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.model.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The list of messages over the end of a day.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class MidnightSceneTest {
    private static final Settings FILLED =
            new Settings("Marina Costa", "localhost", "7667", Language.ENGLISH, Theme.LIGHT);
    private static final Person ANA = FakeSession.person(2, "Ana");
    private static final Instant EVENING = Instant.parse("2026-11-20T23:50:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-11-21T00:10:00Z");

    private final TurnedClock clock = new TurnedClock(EVENING);
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
                        clock);
        window.press(KeyCode.ENTER);
        FxExtension.await("started", () -> session.started);
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        session.tellReceived(session.message(1, 1, ANA, EVENING.toEpochMilli(), "good night"));
        FxExtension.await("the message", () -> window.messages().size() == 1);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void callsOnlyOneDayToday() {
        FxExtension.await("the day", () -> days().equals(List.of("Today")));
        clock.now = NEXT_DAY;
        session.tellReceived(session.message(1, 2, ANA, NEXT_DAY.toEpochMilli(), "good morning"));
        FxExtension.await("the message", () -> window.messages().size() == 2);
        FxExtension.pulses(2);
        assertEquals(List.of("Yesterday", "Today"), days());
    }

    private List<String> days() {
        return window.scene().getRoot().lookupAll(".message-day .label").stream()
                .map(node -> ((Label) node).getText())
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
