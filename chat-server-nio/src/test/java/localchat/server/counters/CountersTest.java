package localchat.server.counters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import localchat.core.model.CloseReason;
import org.junit.jupiter.api.Test;

class CountersTest {
    private final Counters counters = new Counters();

    @Test
    void othersSeeAValueOnceItWasPublished() {
        counters.add(Counter.EVENTS, 3);
        counters.closed(CloseReason.SLOW_READER);
        assertEquals(0, counters.published(Counter.EVENTS));
        assertEquals(0, counters.published(CloseReason.SLOW_READER));
        counters.publish();
        assertEquals(3, counters.published(Counter.EVENTS));
        assertEquals(1, counters.published(CloseReason.SLOW_READER));
        counters.add(Counter.EVENTS, -1);
        counters.publish();
        assertEquals(2, counters.published(Counter.EVENTS));
    }

    @Test
    void keepsEachCounterAndEachReasonApart() {
        long value = 1;
        for (Counter counter : Counter.values()) {
            counters.add(counter, value++);
        }
        for (CloseReason reason : CloseReason.values()) {
            counters.closed(reason);
            counters.closed(reason);
        }
        counters.publish();
        value = 1;
        for (Counter counter : Counter.values()) {
            assertEquals(value++, counters.get(counter), counter.label());
        }
        for (CloseReason reason : CloseReason.values()) {
            assertEquals(2, counters.published(reason), reason.name());
        }
    }

    @Test
    void aMaximumOnlyRises() {
        counters.max(Counter.TURN_LONGEST_NANOS, 7);
        counters.max(Counter.TURN_LONGEST_NANOS, 5);
        assertEquals(7, counters.get(Counter.TURN_LONGEST_NANOS));
    }

    @Test
    void theLinesNameWhatIsNotZero() {
        assertEquals(List.of(), counters.publishedLines(100));
        counters.add(Counter.LOGINS, 2);
        counters.closed(CloseReason.PEER_RESET);
        counters.publish();
        assertEquals(List.of("logins=2 closed_PEER_RESET=1"), counters.publishedLines(28));
        assertEquals(List.of("logins=2", "closed_PEER_RESET=1"), counters.publishedLines(27));
    }

    @Test
    void labelsAreDistinctLowerCaseWords() {
        assertEquals(
                Counter.values().length,
                Arrays.stream(Counter.values())
                        .map(Counter::label)
                        .collect(Collectors.toSet())
                        .size());
        for (Counter counter : Counter.values()) {
            assertTrue(counter.label().matches("[a-z]+(_[a-z]+)*"), counter.label());
            assertTrue(counter.meaning().endsWith("."), counter.label());
        }
    }
}
