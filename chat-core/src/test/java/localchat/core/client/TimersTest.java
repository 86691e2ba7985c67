package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final ManualClock clock = new ManualClock();
    private final Timers timers = new Timers(clock);
    private final List<String> fired = new ArrayList<>();

    private Timers.Timer in(long nanos, String name) {
        return timers.in(nanos, () -> fired.add(name));
    }

    @Test
    void firesWhatIsDueTheEarliestFirst() {
        in(20, "second");
        in(10, "first");
        in(30, "third");
        assertEquals(10, timers.nanosToNext());
        timers.fireDue();
        assertEquals(List.of(), fired);
        clock.advance(Duration.ofNanos(25));
        assertEquals(0, timers.nanosToNext());
        timers.fireDue();
        assertEquals(List.of("first", "second"), fired);
        assertEquals(5, timers.nanosToNext());
    }

    @Test
    void forgetsWhatWasCancelled() {
        Timers.Timer first = in(10, "first");
        in(10, "second");
        first.cancel();
        first.cancel();
        clock.advance(Duration.ofNanos(10));
        timers.fireDue();
        assertEquals(List.of("second"), fired);
    }

    @Test
    void doesNotFireWhatAnEarlierOneCancels() {
        Timers.Timer[] second = new Timers.Timer[1];
        timers.in(10, () -> second[0].cancel());
        second[0] = in(20, "second");
        clock.advance(Duration.ofNanos(20));
        timers.fireDue();
        assertEquals(List.of(), fired);
    }

    @Test
    void leavesToTheNextCallWhatATimerAdds() {
        timers.in(10, () -> in(0, "added"));
        clock.advance(Duration.ofNanos(10));
        timers.fireDue();
        assertEquals(List.of(), fired);
        timers.fireDue();
        assertEquals(List.of("added"), fired);
    }
}
