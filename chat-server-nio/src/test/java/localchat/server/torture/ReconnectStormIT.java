package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everybody comes back at once.
class ReconnectStormIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Longest until everybody is back, from the moment the server listens, in milliseconds.
    private static final double BACK_MILLIS_MAX = 30_000;

    @TempDir private Path folder;

    /// T37.
    @Test
    void everybodyIsBackSoonAndHasEverything() throws Exception {
        long seed = Rounds.seed("T37");
        int clients = Rounds.size(300, 3_000);
        ServerLaunch launch = ServerLaunch.on(folder.resolve("data"));
        DurableServer server = launch.start();
        LoadPlan plan =
                LoadPlan.standard(server.address(), seed)
                        .withClients(clients)
                        .withRooms("general")
                        .withReconnectMillisMax(30_000);
        try (Load load = Load.start(plan)) {
            load.awaitLive(PATIENCE);
            int descriptors = server.descriptors();
            load.pace(10);
            Await.pass(1_500);
            server.kill();
            server = server.restart();
            long begun = System.nanoTime();
            load.awaitLive(PATIENCE);
            double[] back =
                    load.call(() ->
                            load.clients().stream()
                                    .mapToDouble(client ->
                                            (client.liveNanos() - begun)
                                                    / (double) TimeUnit.MILLISECONDS.toNanos(1))
                                    .sorted()
                                    .toArray());
            double last = back[clients - 1];
            System.out.printf(
                    "T37: %d clients back: first %.0f, p50 %.0f, p99 %.0f, last %.0f ms%n",
                    clients, back[0], back[clients / 2], back[clients * 99 / 100], last);
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            System.out.printf("T37: %d events, %s%n", stored, load.figures());
            assertTrue(last < BACK_MILLIS_MAX, "the last was back after " + last);
            assertTrue(last - back[0] > 300, "they come spread over time");
            assertEquals(load.figures().posts(), load.figures().acknowledged());
            assertTrue(server.descriptors() < descriptors * 1.1, "no descriptor is left open");
        } finally {
            server.close();
        }
    }
}
