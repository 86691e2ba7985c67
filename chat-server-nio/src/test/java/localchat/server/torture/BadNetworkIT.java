package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The network between server and clients is cut, in both directions or in one, or loses packets;
/// all of that at one time, to different people of one room.
class BadNetworkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Clients that hear nothing say so by then.
    private static final Duration OFFLINE_PATIENCE = Duration.ofSeconds(30);

    /// A server that hears nothing of somebody has let go by then.
    private static final Duration DROP_PATIENCE = Duration.ofSeconds(60);

    /// Share of packets lost, in each direction.
    private static final double LOSS = 0.05;

    private static final List<String> ENDINGS = List.of("PEER_SILENT", "SLOW_READER");

    @TempDir private Path folder;

    /// T38, T39 and T42.
    @Test
    void cutAndLossyLinksLoseAndDoubleNothing() throws Exception {
        long seed = Rounds.seed("T38");
        try (FarServer far = FarServer.create()) {
            ServerLaunch launch =
                    ServerLaunch.on(folder.resolve("data"))
                            .before(far.inside())
                            .withHost(far.serverAddress());
            try (DurableServer server = launch.start();
                    Load well = load(server, "well", far, 1, seed);
                    Load cut = load(server, "cut", far, 2, seed + 1);
                    Load deaf = load(server, "deaf", far, 3, seed + 2);
                    Load lossy = load(server, "lossy", far, 4, seed + 3)) {
                List<Load> all = List.of(well, cut, deaf, lossy);
                Verdict.begin(all, server);
                for (Load load : all) {
                    load.pace(20);
                }
                for (int round = 1; round <= Rounds.size(1, 5); round++) {
                    partition(far, server, cut, deaf);
                    for (Load load : all) {
                        load.awaitLive(PATIENCE);
                    }
                }
                int stored = Verdict.stored(Verdict.settleAndJudge(all, server));
                for (Load load : all) {
                    System.out.printf("T38/T39/T42 %s: %s%n", load.plan().prefix(), load.figures());
                    assertEquals(load.figures().posts(), load.figures().acknowledged());
                }
                System.out.printf("T38/T39/T42: %d events%n", stored);
                assertEquals(0, well.figures().drops(), "nobody else felt it");
                assertEquals(0, lossy.figures().drops(), "loss alone drops nobody");
            }
        }
    }

    private static void partition(FarServer far, DurableServer server, Load cut, Load deaf)
            throws Exception {
        Await.pass(1_000);
        int endingsBefore = endings(server);
        far.dropFrom(far.near(2), 1);
        far.dropTo(far.near(2), 1);
        far.dropTo(far.near(3), 1);
        far.dropFrom(far.near(4), LOSS);
        far.dropTo(far.near(4), LOSS);
        long offline =
                Await.until(
                        OFFLINE_PATIENCE,
                        "those cut off to notice",
                        () -> cut.live() + deaf.live() == 0);
        System.out.printf("T38/T39: offline after %d ms%n", offline);
        if (Rounds.isTorture()) {
            long dropped =
                    Await.until(
                            DROP_PATIENCE.minusMillis(offline),
                            "the server to notice",
                            () -> endings(server) - endingsBefore >= cut.plan().clients());
            System.out.printf("T38: dropped by the server after %d ms%n", offline + dropped);
        }
        far.heal();
    }

    private static int endings(DurableServer server) {
        return (int)
                server.said().stream()
                        .filter(line -> ENDINGS.stream().anyMatch(line::contains))
                        .count();
    }

    private static Load load(
            DurableServer server, String prefix, FarServer far, int near, long seed)
            throws Exception {
        return Load.start(
                LoadPlan.standard(server.address(), seed)
                        .withClients(5)
                        .withPrefix(prefix)
                        .withReconnectMillisMax(1_000)
                        .from(far.near(near)));
    }
}
