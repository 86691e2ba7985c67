package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void allowsTheBurstAndNotOneMore() {
        RateLimit limit = new RateLimit(2, 3, 0);
        assertTrue(limit.take(0));
        assertTrue(limit.take(0));
        assertTrue(limit.take(0));
        assertFalse(limit.take(0));
    }

    @Test
    void refillsAtItsRate() {
        RateLimit limit = new RateLimit(2, 1, 0);
        assertTrue(limit.take(0));
        assertEquals(500, limit.millisToNext());
        assertFalse(limit.take(SECOND / 2 - 1));
        assertTrue(limit.take(SECOND / 2 + 1));
    }

    @Test
    void neverHoldsMoreThanTheBurst() {
        RateLimit limit = new RateLimit(100, 2, 0);
        long later = 1_000 * SECOND;
        assertTrue(limit.take(later));
        assertTrue(limit.take(later));
        assertFalse(limit.take(later));
    }

    @Test
    void isOffAtZero() {
        RateLimit limit = new RateLimit(0, 1, 0);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(limit.take(0));
        }
    }
}
