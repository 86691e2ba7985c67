package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource({"30s,30", "10m,600", "2h,7200", "7d,604800", "4w,2419200", "1s,1"})
    void readsANumberAndItsUnit(String word, long seconds) {
        assertEquals(Optional.of(Duration.ofSeconds(seconds)), Spans.of(word));
    }

    @Test
    void readsSixDigitsAtMost() {
        assertEquals(Optional.of(Duration.ofDays(999_999)), Spans.of("999999d"));
        assertEquals(Optional.empty(), Spans.of("1000000d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "0m", "01m", "10 m", "10M", "-1d", "1y", "10minutes"})
    void takesNothingElseForASpan(String word) {
        assertEquals(Optional.empty(), Spans.of(word));
    }
}
