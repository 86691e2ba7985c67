package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AllowancesTest {
    private static final long REFILL = 1_000;

    private final Allowances<String> allowances = new Allowances<>(3, REFILL, 2);

    @Test
    void givesTheBurstAndThenOneAfterEachRefill() {
        takeAll("ana", 0);
        assertEquals(REFILL, allowances.take("ana", 0));
        assertEquals(1, allowances.take("ana", REFILL - 1));
        assertEquals(0, allowances.take("ana", REFILL));
        assertEquals(REFILL, allowances.take("ana", REFILL));
    }

    @Test
    void whoDidNothingForLongHasTheBurstAndNoMore() {
        takeAll("ana", 0);
        takeAll("ana", 100 * REFILL);
        assertEquals(REFILL, allowances.take("ana", 100 * REFILL));
    }

    @Test
    void countsEachByItself() {
        takeAll("ana", 0);
        takeAll("bo", 0);
        assertEquals(REFILL, allowances.take("ana", 0));
    }

    @Test
    void forgetsTheOneSeenLongestAgo() {
        takeAll("ana", 0);
        takeAll("bo", 0);
        takeAll("cy", 0);
        assertEquals(REFILL, allowances.take("bo", 0));
        takeAll("ana", 0);
    }

    @Test
    void aBurstOfNothingIsNoLimit() {
        Allowances<String> unlimited = new Allowances<>(0, REFILL, 2);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, unlimited.take("ana", 0));
        }
    }

    @Test
    void millisecondsAreRoundedUp() {
        assertEquals(0, Allowances.millis(0));
        assertEquals(1, Allowances.millis(1));
        assertEquals(1, Allowances.millis(1_000_000));
        assertEquals(2, Allowances.millis(1_000_001));
        assertEquals(Integer.MAX_VALUE, Allowances.millis(Long.MAX_VALUE / 2));
    }

    private void takeAll(String who, long nowNanos) {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, allowances.take(who, nowNanos));
        }
    }
}
