package localchat.server.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final ManualClock clock = new ManualClock();
    private final Timers timers = new Timers(clock);
    private final List<String> ran = new ArrayList<>();
    private final List<RuntimeException> faults = new ArrayList<>();

    @Test
    void runsWhatIsDueAndNothingElse() {
        timers.after(10, () -> ran.add("ten"));
        timers.after(11, () -> ran.add("eleven"));
        pass(9);
        assertEquals(List.of(), ran);
        pass(1);
        assertEquals(List.of("ten"), ran);
    }

    @Test
    void runsInOrderOfDeadlineAndThenOfSetting() {
        timers.after(20, () -> ran.add("late"));
        timers.after(10, () -> ran.add("first"));
        timers.after(10, () -> ran.add("second"));
        pass(30);
        assertEquals(List.of("first", "second", "late"), ran);
    }

    @Test
    void runsNothingThatWasCancelled() {
        timers.after(10, () -> ran.add("no")).cancel();
        pass(10);
        assertEquals(List.of(), ran);
        assertEquals(Long.MAX_VALUE, timers.nanosToNext(clock.nanos()));
    }

    @Test
    void tellsTheTimeToTheNextDeadline() {
        timers.after(10, () -> {});
        clock.pass(4);
        assertEquals(6, timers.nanosToNext(clock.nanos()));
        clock.pass(100);
        assertEquals(0, timers.nanosToNext(clock.nanos()));
    }

    @Test
    void repeatsUntilTheEndEvenWhenItThrows() {
        timers.every(
                10,
                () -> {
                    ran.add("again");
                    throw new IllegalStateException("planted");
                });
        pass(10);
        pass(10);
        assertEquals(List.of("again", "again"), ran);
        assertEquals(2, faults.size());
    }

    @Test
    void leavesForTheNextTurnWhatIsSetForNow() {
        timers.after(0, () -> timers.after(0, () -> ran.add("next turn")));
        pass(0);
        assertEquals(List.of(), ran);
        pass(0);
        assertEquals(List.of("next turn"), ran);
    }

    private void pass(long nanos) {
        clock.pass(nanos);
        timers.fire(clock.nanos(), faults::add);
    }
}
