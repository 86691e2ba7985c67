package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import localchat.server.storage.TorturePoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The server ends, as if killed, at the moments of a commit at which most can go wrong.
class KillPointIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A schema that no server knows yet.
    private static final int NEWER_SCHEMA = 99;

    @TempDir private Path folder;

    /// T2. The last columns: at which of the times that the point is reached, at least and at most.
    /// The first few dozen store who came, and the rooms.
    @ParameterizedTest
    @CsvSource({
        "AFTER_BEGIN, 200, 80, 160",
        "AFTER_INSERTS, 200, 80, 160",
        "BEFORE_COMMIT, 200, 80, 160",
        "AFTER_COMMIT, 200, 80, 160",
        "MID_CHECKPOINT, 1500, 1, 2"
    })
    void losesAndDoublesNothingWhenKilledAt(
            String point, int postsPerSecond, int hitMin, int hitMax) throws Exception {
        long seed = Rounds.seed("T2 " + point);
        Random random = new Random(seed);
        ServerLaunch plain = ServerLaunch.on(folder.resolve("data"));
        try (Load load = Load.start(LoadPlan.standard(plain.address(), seed))) {
            for (int round = 1; round <= Rounds.of(1); round++) {
                int hit = random.nextInt(hitMin, hitMax + 1);
                try (DurableServer doomed =
                        plain.withMain(PointMain.class, "point=" + point, "hit=" + hit).start()) {
                    load.pace(postsPerSecond);
                    assertEquals(TorturePoints.KILLED, doomed.awaitExit(PATIENCE));
                }
                try (DurableServer server = plain.start()) {
                    load.awaitLive(PATIENCE);
                    int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                    System.out.printf(
                            "T2 %s at hit %d, round %d: %d events, %s%n",
                            point, hit, round, stored, load.figures());
                    server.kill();
                }
            }
            assertEquals(load.figures().posts(), load.figures().acknowledged());
        }
    }

    /// T2: acknowledgements are on their way to people who read slowly, and cut in the middle of a
    /// frame.
    @Test
    void losesAndDoublesNothingWhenKilledInTheMiddleOfAnAcknowledgement() throws Exception {
        long seed = Rounds.seed("T2 mid-ack");
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        LoadPlan plan = LoadPlan.standard(server.address(), seed).withReceiveBufferBytes(4_096);
        try (Load load = Load.start(plan)) {
            load.awaitLive(PATIENCE);
            for (int round = 1; round <= Rounds.of(1); round++) {
                long cutBefore = load.figures().cutFrames();
                load.reading(false);
                load.pace(1_500);
                Await.pass(2_500);
                server.kill();
                load.pace(0);
                load.reading(true);
                server = server.restart();
                load.awaitLive(PATIENCE);
                int stored = Verdict.stored(Verdict.settleAndJudge(load, server));
                LoadFigures figures = load.figures();
                System.out.printf("T2 mid-ack round %d: %d events, %s%n", round, stored, figures);
                assertTrue(figures.cutFrames() > cutBefore, "a frame was cut");
            }
        } finally {
            server.close();
        }
    }

    /// T17.
    @Test
    void aMigrationThatIsKilledHasNotHappened() throws Exception {
        for (int round = 1; round <= Rounds.of(2); round++) {
            ServerLaunch plain = ServerLaunch.on(folder.resolve("data-" + round));
            try (DurableServer doomed =
                    plain.withMain(PointMain.class, "point=MID_MIGRATION", "hit=1").launch()) {
                assertEquals(TorturePoints.KILLED, doomed.awaitExit(PATIENCE));
            }
            assertEquals("0", Databases.text(plain.data(), "PRAGMA user_version"));
            try (DurableServer server = plain.start()) {
                assertEquals(
                        0,
                        Verdict.stored(StoredHistory.read(server.address(), List.of("general"))));
                assertEquals(0, server.terminate());
            }
            assertEquals("ok", Databases.integrity(plain.data()));
        }
    }

    /// T17.
    @Test
    void aNewerSchemaIsRefusedInOneClearLine() throws Exception {
        ServerLaunch plain = ServerLaunch.on(folder.resolve("data"));
        try (DurableServer server = plain.start()) {
            assertEquals(0, server.terminate());
        }
        Databases.run(plain.data(), "PRAGMA user_version = " + NEWER_SCHEMA);
        try (DurableServer refused = plain.launch()) {
            assertThrows(DurableServer.EndedException.class, refused::awaitListening);
            assertEquals(1, refused.awaitExit(PATIENCE));
            assertEquals(
                    1, refused.said("schema " + NEWER_SCHEMA).size(), refused.said().toString());
            assertEquals(1, refused.said().size(), refused.said().toString());
        }
        assertEquals(
                String.valueOf(NEWER_SCHEMA), Databases.text(plain.data(), "PRAGMA user_version"));
    }
}
