package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import localchat.client.fx.FakeSession;
import localchat.client.fx.TurnedClock;
import org.junit.jupiter.api.Test;

/// When the window looks at the calendar.
final class TodayTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);

    private final TurnedClock clock = new TurnedClock(Instant.parse("2026-11-20T23:50:00Z"));
    private final ChatViewModel model =
            new ChatViewModel(
                    new FakeSession(event -> {}),
                    SELF.name(),
                    "box:7667",
                    new ChatViewModel.Surroundings(clock, Runnable::run, Runnable::run));

    @Test
    void looksWhenThePersonComesBack() {
        model.reading().setFocused(false);
        assertEquals(FIRST, model.todayProperty().get());
        clock.now = Instant.parse("2026-11-21T08:00:00Z");
        model.reading().setFocused(true);
        assertEquals(FIRST.plusDays(1), model.todayProperty().get());
    }
}
