package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private long now = Long.MAX_VALUE - 10;
    private final Patience patience = new Patience(() -> now, Duration.ofNanos(100));

    @Test
    void isEndlessWhileNothingIsWaitedFor() {
        now += 1_000;
        assertFalse(patience.isOver());
        patience.update(false, 1);
        now += 1_000;
        assertFalse(patience.isOver());
    }

    @Test
    void runsOutAfterTheTimeout() {
        patience.update(true, 0);
        now += 99;
        assertEquals(1, patience.nanosLeft());
        assertFalse(patience.isOver());
        now += 1;
        assertTrue(patience.isOver());
    }

    @Test
    void beginsAnewWithEachStepForward() {
        patience.update(true, 0);
        now += 99;
        patience.update(true, 1);
        now += 99;
        patience.update(true, 1);
        assertEquals(1, patience.nanosLeft());
    }

    @Test
    void beginsAnewWithEachWait() {
        patience.update(true, 0);
        now += 99;
        patience.update(false, 0);
        patience.update(true, 0);
        assertEquals(100, patience.nanosLeft());
    }
}
