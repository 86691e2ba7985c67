package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import localchat.core.client.Liveness.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessTest {
    private final Liveness liveness = Liveness.of(SessionTimings.STANDARD);

    private static long nanos(long millis) {
        return millis < 0 ? Liveness.NOT_ASKED : millis * 1_000_000;
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, ALIVE, 10000",
        "9999, -1, ALIVE, 1",
        "10000, -1, ASK, 0",
        "60000, -1, ASK, 0",
        "10000, 0, ALIVE, 15000",
        "24999, 14999, ALIVE, 1",
        "25000, 15000, DEAD, 0",
        "60000, 0, ALIVE, 15000",
        "75000, 15000, DEAD, 0",
    })
    void asksAfterTenSecondsAndGivesUpAfterTwentyFiveIfItAsked(
            long silentMillis, long askedMillis, Verdict verdict, long nextMillis) {
        assertEquals(verdict, liveness.judge(nanos(silentMillis), nanos(askedMillis)));
        long next = liveness.nanosToNext(nanos(silentMillis), nanos(askedMillis));
        assertEquals(Math.max(1, nextMillis * 1_000_000), next);
    }
}
