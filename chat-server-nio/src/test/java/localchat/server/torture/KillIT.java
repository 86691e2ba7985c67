package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is ended with `kill -9` while people chat.
class KillIT {
    private static final int POSTS_PER_SECOND = 200;

    /// Time from the start of the process to listening, in milliseconds; in half of the rounds at
    /// least, for the machine has other things to do.
    private static final long RESTART_MILLIS_MAX = 3_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path folder;

    /// T1.
    @Test
    void losesAndDoublesNothingWhenKilledMidLoad() throws Exception {
        long seed = Rounds.seed("T1");
        int rounds = Rounds.of(3);
        Random random = new Random(seed);
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        try (Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            load.awaitLive(PATIENCE);
            long[] restarts = new long[rounds];
            for (int round = 1; round <= rounds; round++) {
                load.pace(POSTS_PER_SECOND);
                Await.pass(random.nextInt(500, Rounds.isTorture() ? 5_000 : 2_500));
                server.kill();
                server = server.restart();
                restarts[round - 1] = server.listeningMillis();
                load.awaitLive(PATIENCE);
                int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                System.out.printf(
                        "T1 round %d: listening after %d ms, %d events, %s%n",
                        round, server.listeningMillis(), stored, load.figures());
            }
            Arrays.sort(restarts);
            System.out.printf(
                    "T1: listening after %d ms, p50, %d ms, slowest%n",
                    restarts[rounds / 2], restarts[rounds - 1]);
            assertTrue(restarts[rounds / 2] < RESTART_MILLIS_MAX, Arrays.toString(restarts));
            assertTrue(load.figures().acknowledged() > 0, "something was acknowledged");
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        } finally {
            server.close();
        }
    }
}
