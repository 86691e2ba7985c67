package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.ServerKey;
import localchat.server.oracle.StoreContent;
import localchat.server.storage.Backup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Others use the data folder of a server that is running.
class SharedFolderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// What the write-ahead log may have.
    private static final long LOG_BYTES_MAX = 64L * 1024 * 1024;

    /// What it is cut to.
    private static final long LOG_BYTES_KEPT = 16L * 1024 * 1024;

    @TempDir private Path folder;

    /// T15.
    @Test
    void aSecondServerIsKeptOutAndAnothersLockIsNeverFelt() throws Exception {
        long seed = Rounds.seed("T15");
        try (DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(200);
            try (DurableServer second = server.launch().onAnotherPort().launch()) {
                assertThrows(DurableServer.EndedException.class, second::awaitListening);
                assertEquals(1, second.awaitExit(PATIENCE));
                assertEquals(1, second.said().size(), second.said().toString());
                assertEquals(1, second.said("in use").size(), second.said().toString());
            }
            Process other = LockMain.hold(server.data(), "BEGIN IMMEDIATE", 4_000);
            assertTrue(other.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            Verdict.settleAndJudge(load, server);
            System.out.printf("T15: %s%n", load.figures());
            assertEquals(0, load.figures().refusals(), "nobody felt it");
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        }
    }

    /// T13.
    @Test
    void theWriteAheadLogStaysShortUnderLoadAndReaders() throws Exception {
        long seed = Rounds.seed("T13");
        ServerLaunch launch =
                ServerLaunch.on(folder.resolve("data")).withOptions("--posts-per-second", "0");
        try (DurableServer server = launch.start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(1_000);
            long exporting = watch(server, Rounds.size(2_000, 60_000), true);
            Process reader = LockMain.hold(server.data(), "BEGIN", Rounds.size(3_000, 60_000));
            long held = watch(server, Rounds.size(2_500, 59_000), false);
            assertTrue(reader.waitFor(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            Await.until(
                    PATIENCE,
                    "the log to be short again",
                    () -> Files.size(log(server)) <= LOG_BYTES_KEPT);
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            System.out.printf(
                    "T13: log at most %,d bytes with exports, %,d with another program's reader,"
                            + " %,d after, %d events, %s%n",
                    exporting, held, Files.size(log(server)), stored, load.figures());
            assertTrue(exporting < LOG_BYTES_MAX, "the log grew to " + exporting);
        }
    }

    private static Path log(DurableServer server) {
        return server.data().resolve("chat.db-wal");
    }

    /// @return the longest that the log was
    private static long watch(DurableServer server, long millis, boolean exports) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long longest = 0;
        while (System.nanoTime() < end) {
            if (exports) {
                StoredHistory.read(server.address(), List.of("general", "workshop"));
            } else {
                Await.pass(50);
            }
            longest = Math.max(longest, Files.size(log(server)));
        }
        return longest;
    }

    /// T14.
    @Test
    void aBackupMadeUnderLoadIsAWholeHistoryWhereverItIsRestored() throws Exception {
        long seed = Rounds.seed("T14");
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        try (Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            load.awaitLive(PATIENCE);
            for (int round = 1; round <= Rounds.of(1); round++) {
                load.pace(300);
                Await.pass(1_000);
                Path backup = folder.resolve("backup-" + round);
                Backup.write(server.data(), backup);
                Await.pass(1_000);
                server.kill();
                load.pace(0);
                server = restored(server, backup, round, load);
                load.awaitLive(PATIENCE);
                int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                System.out.printf(
                        "T14 round %d: then %d events, %s%n", round, stored, load.figures());
                assertTrue(load.figures().cachesInvalid() > 0, "clients began anew");
            }
            assertEquals(0, server.terminate());
            assertEquals("ok", Databases.integrity(server.data()));
        } finally {
            server.close();
        }
    }

    private DurableServer restored(DurableServer server, Path backup, int round, Load load)
            throws Exception {
        Path elsewhere = folder.resolve("restored-" + round);
        Backup.restore(backup, elsewhere);
        // A backup has no key: whoever runs the server keeps it beside.
        Files.copy(
                server.data().resolve(ServerKey.FILE_NAME),
                elsewhere.resolve(ServerKey.FILE_NAME),
                StandardCopyOption.COPY_ATTRIBUTES);
        ServerLaunch launch = server.launch().withData(elsewhere);
        try (DurableServer look = launch.onAnotherPort().start()) {
            StoreContent content = StoredHistory.read(look.address(), load.plan().rooms());
            boolean cutOff = Verdict.isCutOff(load, content);
            System.out.printf("T14 round %d: %d events restored%n", round, Verdict.stored(content));
            assertTrue(cutOff, "what came after the backup is not in it");
            look.kill();
        } catch (IOException e) {
            throw new IOException("the restored folder cannot be used: " + e.getMessage(), e);
        }
        return launch.start();
    }
}
