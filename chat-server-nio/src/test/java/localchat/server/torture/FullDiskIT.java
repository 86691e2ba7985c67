package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No space is left where the server keeps its messages.
class FullDiskIT {
    private static final int DISK_MEGABYTES = 64;
    private static final long LEFT_BYTES = 1024L * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Posts are stored again so soon after there is space.
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    /// A server that cannot start has said so by then.
    private static final Duration REFUSAL = Duration.ofSeconds(5);

    @TempDir private Path folder;

    /// T5.
    @Test
    void aFullDiskRefusesPostsServesReadersAndForgetsNothing() throws Exception {
        long seed = Rounds.seed("T5");
        try (TestDisk disk = TestDisk.memory(folder, DISK_MEGABYTES);
                DurableServer server = ServerLaunch.on(disk.folder().resolve("data")).start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            Verdict.begin(List.of(load), server);
            load.pace(500);
            for (int round = 1; round <= Rounds.of(1); round++) {
                Path filler = disk.fillUp(LEFT_BYTES);
                long before = load.figures().refusals(ErrorCode.STORAGE_FULL);
                Await.until(
                        PATIENCE,
                        "posts to be refused",
                        () -> load.figures().refusals(ErrorCode.STORAGE_FULL) > before);
                assertReads(server);
                Await.pass(1_000);
                long acknowledged = load.figures().acknowledged();
                Files.delete(filler);
                long millis =
                        Await.until(
                                RECOVERY,
                                "posts to be stored again",
                                () -> load.figures().acknowledged() > acknowledged);
                System.out.printf("T5 round %d: recovered after %d ms%n", round, millis);
            }
            int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
            System.out.printf("T5: %d events, %s; %s%n", stored, load.figures(), server.trouble());
            assertEquals(load.figures().posts(), load.figures().acknowledged());
            assertTrue(!server.said("the disk is full").isEmpty(), "the operator is told");
            assertEquals(0, server.terminate());
            assertEquals("ok", Databases.integrity(server.data()));
        }
    }

    private static void assertReads(DurableServer server) throws Exception {
        try (TestPeer reader = TestPeer.connect(server.address(), DeviceKey.generate())) {
            reader.login("reader");
            long room = reader.join("general").getRoom().getRoomId();
            ServerFrame page =
                    reader.request(
                            ClientFrame.newBuilder()
                                    .setFetchHistory(FetchHistory.newBuilder().setRoomId(room)));
            assertTrue(page.getHistoryPage().getMessagesCount() > 0, page.toString());
        }
    }

    /// T6.
    @Test
    void aServerOnAFullDiskDoesNotStartSaysSoAndDamagesNothing() throws Exception {
        long seed = Rounds.seed("T6");
        try (TestDisk disk = TestDisk.memory(folder, DISK_MEGABYTES)) {
            ServerLaunch launch = ServerLaunch.on(disk.folder().resolve("data"));
            int stored;
            try (DurableServer server = launch.start();
                    Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
                load.awaitLive(PATIENCE);
                load.pace(200);
                Await.pass(1_000);
                stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                server.kill();
            }
            Path filler = disk.fillUp(0);
            assertRefused(launch);
            // The first attempt took away what the server before had unpacked.
            Path more = Files.move(filler, filler.resolveSibling("filler-1"));
            filler = disk.fillUp(0);
            assertRefused(launch.withData(disk.folder().resolve("new")));
            Files.delete(filler);
            Files.delete(more);
            assertEquals("ok", Databases.integrity(launch.data()));
            try (DurableServer server = launch.start()) {
                List<String> rooms = LoadPlan.standard(server.address(), seed).rooms();
                assertEquals(stored, Verdict.stored(StoredHistory.read(server.address(), rooms)));
            }
        }
    }

    private static void assertRefused(ServerLaunch launch) throws Exception {
        try (DurableServer refused = launch.launch()) {
            assertThrows(DurableServer.EndedException.class, refused::awaitListening);
            assertEquals(1, refused.awaitExit(REFUSAL));
            System.out.println("T6: " + refused.said());
            List<String> plain = refused.said("chat-server: ");
            assertEquals(1, plain.size(), refused.said().toString());
            assertTrue(plain.getFirst().contains("the disk is full"), plain.toString());
        }
    }
}
