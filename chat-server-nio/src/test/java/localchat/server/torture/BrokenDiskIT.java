package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Ping;
import localchat.server.TestPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The disk under a server fails, stops taking anything, or is slow.
class BrokenDiskIT {
    private static final int DISK_MEGABYTES = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A server whose disk lied is gone by then.
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);

    private static final Duration RECOVERY = Duration.ofSeconds(5);

    /// Longest answer to nearly every ping while syncs take half a second, in milliseconds. Reason:
    /// the loop must not wait for the disk; a busy machine of two cores is allowed for.
    private static final double PING_MILLIS_MAX = 250;

    private static final int PINGS = 60;

    @TempDir private Path folder;

    /// T7.
    @Test
    void aFileSystemThatTurnsReadOnlyIsReadAndAcknowledgesNothing() throws Exception {
        long seed = Rounds.seed("T7");
        try (TestDisk disk = TestDisk.ext4(folder, DISK_MEGABYTES)) {
            DurableServer server = ServerLaunch.on(disk.folder().resolve("data")).start();
            try (Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
                load.awaitLive(PATIENCE);
                load.pace(200);
                Await.pass(500);
                load.awaitSettled(PATIENCE);
                Await.pass(2_500); // The checkpoint of an idle server: nothing is left to sync.
                disk.turnReadOnly();
                long acknowledged = load.figures().acknowledged();
                load.pace(200);
                Await.pass(3_000);
                System.out.printf("T7: %s; %s%n", load.figures(), server.trouble());
                assertEquals(
                        acknowledged, load.figures().acknowledged(), "nothing is acknowledged");
                assertTrue(load.figures().refusals() > 0, "posts are refused");
                assertTrue(!server.said("what is stored can be read").isEmpty(), "it is told");
                Verdict.judge(
                        List.of(load), StoredHistory.read(server.address(), load.plan().rooms()));
                load.pace(0);
                server.kill();
                disk.unmount();
                disk.mount();
                server = server.restart();
                load.awaitLive(PATIENCE);
                Verdict.settleAndJudge(load, server);
                assertEquals(load.figures().posts(), load.figures().acknowledged());
            } finally {
                server.close();
            }
        }
    }

    /// T8.
    @Test
    void aFailedSyncEndsTheServerAndIsNeverTriedAgain() throws Exception {
        Strace.assume();
        long seed = Rounds.seed("T8");
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        try (Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            load.awaitLive(PATIENCE);
            for (int round = 1; round <= Rounds.of(1); round++) {
                load.pace(200);
                Await.pass(1_000);
                Path log = folder.resolve("strace-" + round);
                try (Strace strace =
                        Strace.inject(server, "fdatasync,fsync", "error=EIO:when=1+", log)) {
                    assertEquals(1, server.awaitExit(END_PATIENCE));
                    assertEquals(1, strace.injected().size(), strace.injected().toString());
                }
                System.out.printf("T8 round %d: %s%n", round, server.trouble());
                assertEquals(
                        1, server.said("the server stops").size(), server.trouble().toString());
                server = server.restart();
                load.awaitLive(PATIENCE);
                Verdict.settleAndJudge(load, server);
            }
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        } finally {
            server.close();
        }
    }

    /// T9.
    @ParameterizedTest
    @CsvSource({"ENOSPC, STORAGE_FULL", "EIO, STORAGE_FAILED"})
    void oneFailedWriteRefusesOneGroupAndTheNextIsStored(String error, ErrorCode code)
            throws Exception {
        Strace.assume();
        long seed = Rounds.seed("T9 " + error);
        try (DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(200);
            Await.pass(500);
            Path log = folder.resolve("strace");
            try (Strace strace =
                    Strace.inject(
                            server,
                            "pwrite64",
                            "error=" + error + ":when=50",
                            log,
                            server.data().resolve("chat.db-wal"))) {
                Await.until(PATIENCE, "the write to fail", () -> strace.injected().size() == 1);
                Await.until(
                        PATIENCE, "posts to be refused", () -> load.figures().refusals(code) > 0);
                long acknowledged = load.figures().acknowledged();
                long millis =
                        Await.until(
                                RECOVERY,
                                "posts to be stored again",
                                () -> load.figures().acknowledged() > acknowledged);
                System.out.printf("T9 %s: stored again after %d ms%n", error, millis);
            }
            Verdict.settleAndJudge(load, server);
            System.out.printf("T9 %s: %s; %s%n", error, load.figures(), server.trouble());
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        }
    }

    /// T10.
    @Test
    void aSlowDiskDelaysPostsAndNothingElse() throws Exception {
        Strace.assume();
        long seed = Rounds.seed("T10");
        DurableServer server =
                ServerLaunch.on(folder.resolve("data"))
                        .withOptions("--posts-per-second", "0")
                        .start();
        try (Load load = Load.start(LoadPlan.standard(server.address(), seed).withClients(40));
                TestPeer peer = TestPeer.connect(server.address(), DeviceKey.generate())) {
            peer.login("pinger");
            Verdict.begin(List.of(load), server);
            double[] millis = new double[PINGS];
            try (Strace _ =
                    Strace.inject(
                            server,
                            "fdatasync,fsync",
                            "delay_exit=500000",
                            folder.resolve("strace"))) {
                load.pace(20_000);
                Await.until(
                        PATIENCE,
                        "the queue to be full",
                        () -> load.figures().refusals(ErrorCode.BUSY) > 0);
                load.pace(1_000);
                for (int i = 0; i < millis.length; i++) {
                    millis[i] = ping(peer);
                }
            }
            Arrays.sort(millis);
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            assertEquals(0, server.terminate());
            System.out.printf(
                    "T10: ping p50 %.1f ms, p98 %.1f ms, %d events, %s; %s%n",
                    millis[PINGS / 2],
                    millis[PINGS * 98 / 100],
                    stored,
                    load.figures(),
                    server.said("commit_group_max"));
            double nearlyAll = millis[PINGS * 98 / 100];
            assertTrue(nearlyAll < PING_MILLIS_MAX, "pings took " + nearlyAll + " ms");
            assertEquals(1, server.said("commit_group_max=256").size(), "groups grow");
        } finally {
            server.close();
        }
    }

    private static double ping(TestPeer peer) throws Exception {
        long begun = System.nanoTime();
        peer.request(ClientFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)));
        double millis = (System.nanoTime() - begun) / 1e6;
        Await.pass(20);
        return millis;
    }
}
