package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void knowsPercentilesOfManyDurationsWithinOnePercent() {
        for (int micros = 1; micros <= 100_000; micros++) {
            histogram.record(micros * 1_000L);
        }

        assertEquals(50_000, histogram.percentileMicros(0.5), 500);
        assertEquals(99_000, histogram.percentileMicros(0.99), 990);
        assertEquals(99_900, histogram.percentileMicros(0.999), 999);
        assertEquals(100_000, histogram.maxMicros());
        assertEquals(100_000, histogram.total());
    }

    @Test
    void takesShortestAndLongestDurations() {
        histogram.record(-5);
        histogram.record(0);
        histogram.record(Long.MAX_VALUE);

        assertEquals(0, histogram.percentileMicros(0.5));
        assertEquals(Long.MAX_VALUE / 1e3, histogram.maxMicros());
    }

    @Test
    void neverTellsPercentileAboveTheLongest() {
        histogram.record(1_000_001);

        assertEquals(histogram.maxMicros(), histogram.percentileMicros(0.99));
    }

    @Test
    void tellsNothingOfNothing() {
        assertTrue(Double.isNaN(histogram.percentileMicros(0.5)));
    }
}
