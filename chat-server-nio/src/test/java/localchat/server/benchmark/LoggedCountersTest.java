package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import org.junit.jupiter.api.Test;

/// What is read from the end of a server's log.
class LoggedCountersTest {
    private static final String HEAD = "2026-11-21T14:13:17.123Z INFO  ";

    @Test
    void readsWhatTheServerWrites() {
        Counters counted = new Counters();
        counted.add(Counter.COMMITS, 40);
        counted.add(Counter.COMMIT_POSTS, 1_000);
        counted.max(Counter.COMMIT_GROUP_MAX, 256);
        counted.max(Counter.COMMIT_LONGEST_NANOS, 12_345_678_901L);
        counted.publish();
        List<String> log = new ArrayList<>();
        log.add(HEAD + "listening address=127.0.0.1:40001");
        // Short lines, so that there are several.
        counted.publishedLines(40).forEach(line -> log.add(HEAD + "counters " + line));
        assertTrue(log.size() > 2, log.toString());

        LoggedCounters counters = LoggedCounters.read(log);

        assertEquals(40, counters.get(Counter.COMMITS));
        assertEquals(1_000, counters.get(Counter.COMMIT_POSTS));
        assertEquals(256, counters.get(Counter.COMMIT_GROUP_MAX));
        assertEquals(12_345_678_901.0, counters.get(Counter.COMMIT_LONGEST_NANOS));
    }

    @Test
    void takesCounterThatIsNotNamedForZero() {
        LoggedCounters counters = LoggedCounters.read(List.of(HEAD + "counters commits=1"));

        assertEquals(0, counters.get(Counter.EVENTS));
    }

    @Test
    void knowsNothingOfServerThatDidNotSay() {
        LoggedCounters counters =
                LoggedCounters.read(
                        List.of(
                                HEAD + "stopped commits=3",
                                HEAD + "a room is named counters commits=4",
                                "2026-11-21T14:13:17.123Z WARN  counters commits=5"));

        assertTrue(Double.isNaN(counters.get(Counter.COMMITS)));
    }
}
