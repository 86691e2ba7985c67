package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Id128;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestPeer;
import localchat.server.oracle.StoreContent;
import localchat.server.oracle.StoreContent.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files of the server were changed while it was not running.
class DamageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ROOMS = List.of("general", "workshop");

    @TempDir private Path folder;

    private enum Found {
        REFUSED_TO_START,
        REFUSED_TO_READ,
        HARMLESS
    }

    /// T11.
    @Test
    void aFlippedByteIsNeverServedAsSomebodysWords() throws Exception {
        long seed = Rounds.seed("T11");
        Random random = new Random(seed);
        ServerLaunch launch = ServerLaunch.on(folder.resolve("data"));
        StoreContent whole;
        try (DurableServer server = launch.start();
                Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            load.awaitLive(PATIENCE);
            load.pace(800);
            Await.pass(2_000);
            whole = Verdict.settleAndJudge(load, server);
            assertEquals(0, server.terminate());
        }
        List<Found> found = new ArrayList<>();
        for (int round = 1; round <= Rounds.size(20, 100); round++) {
            Path copy = Files.createDirectory(folder.resolve("copy-" + round));
            Files.copy(Databases.file(launch.data()), Databases.file(copy));
            Files.copy(launch.data().resolve("head"), copy.resolve("head"));
            String where = flip(Databases.file(copy), random);
            try {
                found.add(look(launch.withData(copy), whole));
            } catch (AssertionError e) {
                throw new AssertionError("with " + where + ": " + e.getMessage(), e);
            }
        }
        for (Found kind : Found.values()) {
            System.out.printf("T11 %s: %d%n", kind, found.stream().filter(kind::equals).count());
        }
    }

    private static String flip(Path file, Random random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = random.nextLong(bytes.length());
            bytes.seek(at);
            int before = bytes.read();
            int bit = 1 << random.nextInt(8);
            bytes.seek(at);
            bytes.write(before ^ bit);
            return "bit %02x of byte %d of %d".formatted(bit, at, bytes.length());
        }
    }

    private static Found look(ServerLaunch launch, StoreContent whole) throws Exception {
        try (DurableServer server = launch.launch()) {
            try {
                server.awaitListening();
            } catch (DurableServer.EndedException e) {
                assertEquals(1, server.awaitExit(PATIENCE));
                assertEquals(1, server.said("chat-server: ").size(), server.said().toString());
                return Found.REFUSED_TO_START;
            }
            boolean whileReading = false;
            try {
                assertPart(whole, StoredHistory.read(server.address(), ROOMS));
            } catch (StoredHistory.RefusedException e) {
                whileReading = true;
                assertEquals(ErrorCode.STORAGE_FAILED, e.code());
                assertFalse(server.said("damaged").isEmpty(), "the operator is told");
                assertEquals(ErrorCode.READ_ONLY, post(server), "nothing new is taken");
            }
            return whileReading ? Found.REFUSED_TO_READ : Found.HARMLESS;
        }
    }

    private static void assertPart(StoreContent whole, StoreContent read) {
        assertEquals(Verdict.stored(whole), Verdict.stored(read), "all of it");
        read.rooms()
                .forEach((room, events) -> {
                    List<Stored> before = whole.rooms().getOrDefault(room, List.of());
                    for (int i = 0; i < events.size(); i++) {
                        assertEquals(before.get(i), events.get(i), "room " + room);
                    }
                });
    }

    private static ErrorCode post(DurableServer server) throws Exception {
        try (TestPeer peer = TestPeer.connect(server.address(), DeviceKey.generate())) {
            peer.login("writer");
            long room = peer.join("general").getRoom().getRoomId();
            peer.say(room, "is anybody there?");
            ServerFrame answer = peer.await(frame -> frame.hasEvent() || frame.hasError());
            return answer.getError().getCode();
        }
    }

    enum Loss {
        WAL_TRUNCATED,
        WAL_REMOVED,
        SHM_REMOVED
    }

    /// T12.
    @ParameterizedTest
    @EnumSource(Loss.class)
    void aLostEndOfTheDatabaseBeginsANewEpochThatClientsFollow(Loss loss) throws Exception {
        long seed = Rounds.seed("T12 " + loss);
        Random random = new Random(seed);
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        try (Load load = Load.start(LoadPlan.standard(server.address(), seed))) {
            for (int round = 1; round <= Rounds.of(1); round++) {
                load.awaitLive(PATIENCE);
                load.pace(300);
                Await.pass(500);
                load.awaitSettled(PATIENCE);
                Await.pass(2_500); // An idle server's checkpoint: the rooms are in the database.
                load.pace(300);
                Await.pass(1_000);
                server.kill();
                load.pace(0);
                lose(loss, server.data(), random);
                Id128 before = load.call(() -> load.clients().getFirst().epoch());
                StoreContent left;
                try (DurableServer elsewhere = server.launch().onAnotherPort().start()) {
                    left = StoredHistory.read(elsewhere.address(), ROOMS);
                    elsewhere.kill();
                }
                boolean cutOff = Verdict.isCutOff(load, left);
                boolean isNew = !left.epoch().equals(before);
                assertTrue(isNew || !cutOff, "a history that lost its end has a new epoch");
                assertTrue(isNew || loss != Loss.WAL_REMOVED, "the loss was noticed");
                assertFalse(isNew && loss == Loss.SHM_REMOVED, "nothing was lost");
                server = server.restart();
                load.awaitLive(PATIENCE);
                int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                System.out.printf(
                        "T12 %s round %d: %d events left, cut off %s, new epoch %s, then %d, %s%n",
                        loss, round, Verdict.stored(left), cutOff, isNew, stored, load.figures());
            }
        } finally {
            server.close();
        }
    }

    private static void lose(Loss loss, Path data, Random random) throws IOException {
        Path log = data.resolve("chat.db-wal");
        switch (loss) {
            case WAL_TRUNCATED -> {
                try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
                    bytes.setLength(random.nextLong(bytes.length()));
                }
            }
            case WAL_REMOVED -> Files.delete(log);
            case SHM_REMOVED -> Files.delete(data.resolve("chat.db-shm"));
        }
    }
}
