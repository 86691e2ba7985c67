package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconnectPolicyTest {
    private static final double ALMOST_ONE = Math.nextDown(1.0);

    private final ReconnectPolicy policy =
            new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 2",
        "2, 4",
        "3, 8",
        "4, 16",
        "5, 30",
        "6, 30",
        "62, 30",
        "64, 30",
        "2147483647, 30"
    })
    void spreadsEachAttemptOverASpanThatDoublesUpToTheMost(int attempt, long seconds) {
        assertEquals(Duration.ZERO, policy.delay(attempt, 0, 0));
        assertEquals(Duration.ofSeconds(seconds).dividedBy(2), policy.delay(attempt, 0.5, 0));
        Duration longest = policy.delay(attempt, ALMOST_ONE, 0);
        assertTrue(longest.compareTo(Duration.ofSeconds(seconds)) <= 0, longest::toString);
    }

    @Test
    void waitsFirstForAsLongAsTheServerAsked() {
        assertEquals(Duration.ofSeconds(2), policy.delay(0, 0, 2_000));
        assertEquals(Duration.ofMillis(2_500), policy.delay(0, 0.5, 2_000));
    }

    @ParameterizedTest
    @ValueSource(longs = {300_000, 300_001, 0xFFFF_FFFFL})
    void isPatientForFiveMinutesAtMost(long retryAfterMillis) {
        assertEquals(Duration.ofMinutes(5), policy.delay(0, 0, retryAfterMillis));
    }
}
