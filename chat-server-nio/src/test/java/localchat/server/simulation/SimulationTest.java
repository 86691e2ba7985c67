package localchat.server.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.server.session.SessionLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/// A fixed set of seeds in every build. `-Dlocalchat.simulation.seconds=N` runs further seeds, new
/// ones each time, for so long; `-Dlocalchat.simulation.seed=S` runs that one again.
final class SimulationTest {
    private static final int FIXED_SEEDS = 40;

    /// Seeds in which a planted bug must be found; the first of them mostly is enough.
    private static final int SEEDS_PER_BUG = 40;

    private static Level level;

    @BeforeAll
    static void silenceTheLog() {
        // Thousands of logins are not news.
        Logger log = (Logger) LoggerFactory.getLogger(SessionLog.class);
        level = log.getEffectiveLevel();
        log.setLevel(Level.WARN);
    }

    @AfterAll
    static void giveTheLogItsVoiceBack() {
        ((Logger) LoggerFactory.getLogger(SessionLog.class)).setLevel(level);
    }

    @Test
    void keepsAllPromisesInAFixedSetOfSeedsAndMeetsEveryKindOfFault() {
        Optional<Long> again = Optional.ofNullable(Long.getLong("localchat.simulation.seed"));
        if (again.isPresent()) {
            Simulation.Outcome outcome = Simulation.run(again.get());
            System.out.printf(
                    "seed %d: trace %016x %s%n", again.get(), outcome.traceHash(), outcome.tally());
            return;
        }
        Tally all = new Tally();
        for (long seed = 1; seed <= FIXED_SEEDS; seed++) {
            all.add(Simulation.run(seed).tally());
        }
        List<Tally.Happening> missed =
                Stream.of(Tally.Happening.values()).filter(what -> all.of(what) == 0).toList();
        assertEquals(List.of(), missed);
    }

    @Test
    void bringsTheSameAboutFromTheSameSeed() {
        for (long seed = 1; seed <= 3; seed++) {
            assertEquals(Simulation.run(seed).traceHash(), Simulation.run(seed).traceHash());
        }
        assertNotEquals(Simulation.run(1).traceHash(), Simulation.run(2).traceHash());
    }

    @Test
    void findsAcknowledgementBeforeCommit() {
        int seed = 0;
        Optional<AssertionError> found = Optional.empty();
        while (found.isEmpty() && seed < SEEDS_PER_BUG) {
            found = brokenBy(++seed);
        }
        String text = found.map(Throwable::getMessage).orElse("nothing found");
        assertTrue(text.contains("V1: ") || text.contains("V6: "), text);
    }

    private static Optional<AssertionError> brokenBy(long seed) {
        try {
            Simulation.run(seed, true);
            return Optional.empty();
        } catch (AssertionError broken) {
            return Optional.of(broken);
        }
    }

    @Test
    @Timeout(86_400)
    void keepsAllPromisesForAsLongAsAsked() {
        int seconds = Integer.getInteger("localchat.simulation.seconds", 0);
        long first = Long.getLong("localchat.simulation.first", System.currentTimeMillis());
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        Tally all = new Tally();
        long seeds = 0;
        while (System.nanoTime() - end < 0) {
            all.add(Simulation.run(first + seeds++).tally());
        }
        if (seeds > 0) {
            System.out.printf("%d seeds from %d in %d s: %s%n", seeds, first, seconds, all);
        }
    }
}
