package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time does what it should not: processes stand still, clocks jump.
class PauseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    /// T46: first the server stands still, then everybody else.
    @Test
    void whoeverStandsStillLosesNothing() throws Exception {
        long seed = Rounds.seed("T46");
        int millis = Rounds.size(6_000, 20_000);
        try (DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(200);
            Await.pass(500);
            server.signal("STOP");
            try {
                Await.pass(millis);
            } finally {
                server.signal("CONT");
            }
            load.awaitLive(PATIENCE);
            Await.pass(500);
            load.call(() -> {
                Await.pass(millis);
                return true;
            });
            load.awaitLive(PATIENCE);
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            System.out.printf("T46: %d events, %s%n", stored, load.figures());
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        }
    }

    /// T45.
    @Test
    void aClockThatJumpsChangesNothingButTheTimesShown() throws Exception {
        long seed = Rounds.seed("T45");
        try (JumpingClock clock = JumpingClock.create(folder);
                DurableServer server = clock.on(ServerLaunch.on(folder.resolve("data"))).start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(100);
            for (int hours : new int[] {24, -24, 1, -1, 0}) {
                clock.jumpTo(Duration.ofHours(hours));
                Await.pass(Rounds.size(700, 5_000));
            }
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            System.out.printf("T45: %d events, %s%n", stored, load.figures());
            assertEquals(load.figures().posts(), load.figures().acknowledged());
            assertEquals(0, load.figures().drops(), "nobody was dropped");
            assertEquals(0, server.terminate());
            long span =
                    Long.parseLong(
                            Databases.text(
                                    server.data(),
                                    "SELECT max(time_ms) - min(time_ms) FROM event"));
            assertTrue(span > Duration.ofHours(40).toMillis(), "the clock jumped: " + span);
        }
    }
}
