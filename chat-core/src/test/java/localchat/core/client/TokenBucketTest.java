package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private final TokenBucket bucket = new TokenBucket();

    private int takeAll(long nowNanos) {
        int taken = 0;
        while (taken < 100_000 && bucket.tryTake(nowNanos)) {
            taken++;
        }
        return taken;
    }

    @Test
    void isEndlessWithoutALimit() {
        assertEquals(100_000, takeAll(0));
        assertEquals(0, bucket.nanosToNext(0));
        bucket.limitTo(0, 10, 0);
        assertEquals(100_000, takeAll(0));
    }

    @Test
    void staysALittleBelowTheServersBurstAndRate() {
        bucket.limitTo(50, 2_000, 0);
        assertEquals(1_900, takeAll(0));
        assertEquals(475, takeAll(10 * SECOND));
        assertEquals(1_900, takeAll(1_000 * SECOND));
    }

    @Test
    void saysWhenTheNextPostMayGo() {
        bucket.limitTo(10, 1, 0);
        assertTrue(bucket.tryTake(0));
        long wait = bucket.nanosToNext(0);
        assertTrue(wait > SECOND / 10, "below the server's rate");
        assertFalse(bucket.tryTake(wait - 1_000));
        assertTrue(bucket.tryTake(wait + 1));
    }

    @Test
    void isNotFilledByAReconnect() {
        bucket.limitTo(50, 2_000, 0);
        takeAll(0);
        bucket.limitTo(50, 2_000, 0);
        assertFalse(bucket.tryTake(0));
    }

    @Test
    void takesOverALimitThatChanged() {
        bucket.limitTo(50, 100, 0);
        assertEquals(95, takeAll(0));
        bucket.limitTo(50, 200, 0);
        assertEquals(95, takeAll(0));
        bucket.limitTo(1, 1, 10 * SECOND);
        assertEquals(1, takeAll(10 * SECOND));
    }

    @Test
    void countsOneSecondsWorthWhenThereIsNoBurst() {
        bucket.limitTo(20, 0, 0);
        assertEquals(19, takeAll(0));
    }

    @Test
    void canBeEmptied() {
        bucket.limitTo(50, 2_000, 0);
        bucket.empty(SECOND);
        assertFalse(bucket.tryTake(SECOND));
        assertTrue(bucket.tryTake(2 * SECOND));
    }

    @Test
    void neverEarnsMoreThanTheServerGives() {
        bucket.limitTo(50, 100, 0);
        int taken = 0;
        for (long now = 0; now < 100 * SECOND; now += 7_777_777) {
            taken += takeAll(now);
        }
        assertTrue(taken <= 100 + 50 * 100, () -> "not too many");
        assertTrue(taken >= 0.94 * 50 * 100, () -> "not too few");
    }
}
