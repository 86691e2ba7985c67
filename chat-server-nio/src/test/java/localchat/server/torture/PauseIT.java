package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
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
            load.awaitLive(PATIENCE);
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
        Path faketime = faketime();
        Path offset = Files.writeString(folder.resolve("offset"), "+0");
        ServerLaunch launch =
                ServerLaunch.on(folder.resolve("data"))
                        .withEnvironment("LD_PRELOAD", faketime.toString())
                        .withEnvironment("FAKETIME_TIMESTAMP_FILE", offset.toString())
                        .withEnvironment("FAKETIME_NO_CACHE", "1")
                        .withEnvironment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        try (DurableServer server = launch.start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            load.awaitLive(PATIENCE);
            load.pace(100);
            for (String jump : List.of("+1d", "-1d", "+1h", "-1h", "+0")) {
                // Whole at once: a file that is half written would be another jump.
                Files.move(
                        Files.writeString(folder.resolve("next"), jump),
                        offset,
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
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
                                    server.data(), "SELECT max(time_ms) - min(time_ms) FROM event"));
            assertTrue(span > Duration.ofHours(40).toMillis(), "the clock jumped: " + span);
        }
    }

    private static Path faketime() throws IOException {
        for (Path base : List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))) {
            if (Files.isDirectory(base)) {
                try (Stream<Path> files = Files.find(base, 3, PauseIT::isFaketime)) {
                    var found = files.findFirst();
                    if (found.isPresent()) {
                        return found.get();
                    }
                }
            }
        }
        return Assumptions.abort("needs the library libfaketime");
    }

    private static boolean isFaketime(Path path, Object attributes) {
        return path.endsWith("libfaketimeMT.so.1");
    }
}
