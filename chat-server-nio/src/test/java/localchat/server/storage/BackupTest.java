package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import localchat.core.model.Id128;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final long ROOM = 1;

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private final StoreUnderTest store = new StoreUnderTest();
    private final StoreFixture fixture = new StoreFixture(store);

    @BeforeEach
    void begin() throws IOException {
        fixture.open(folder);
        store.addPublicRoom(ROOM);
        store.say(ROOM, ANA, "one");
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private Path backup() throws IOException {
        Path file = elsewhere.resolve("backup.db");
        Backup.write(folder, file);
        return file;
    }

    @Test
    void comesBackInANewEpochOfTheSameServer() throws IOException {
        Path file = backup();
        Id128 epoch = store.log().epoch();
        Id128 serverId = fixture.log().serverId();
        store.say(ROOM, ANA, "after the backup");
        fixture.close();
        Path restored = elsewhere.resolve("restored");
        Backup.restore(file, restored);
        SqliteLog log = fixture.open(restored);
        assertEquals(serverId, log.serverId());
        assertNotEquals(epoch, log.epoch());
        assertEquals(1, store.events(ROOM, 1).size());
        assertEquals(text("one"), store.events(ROOM, 1).getFirst().body());
        assertEquals(2, store.say(ROOM, ANA, "goes on"));
        fixture.close();
        assertEquals(log.epoch(), fixture.open(restored).epoch());
    }

    /// Clients may still have the ids that were given away after the backup.
    @Test
    void givesNoIdAgainThatWasGivenAwayAfterIt() throws IOException {
        Path file = backup();
        Set<Long> rooms = new HashSet<>();
        Set<Long> people = new HashSet<>();
        giveAway(
                10 * StoreOpening.ROOM_IDS,
                rooms,
                fixture.log()::hasRoomId,
                store.directory()::newRoomId);
        giveAway(
                3 * StoreOpening.USER_IDS,
                people,
                fixture.log()::hasUserId,
                store.directory()::newUserId);
        fixture.close();
        Path restored = elsewhere.resolve("restored");
        Backup.restore(file, restored);
        fixture.open(restored);
        assertFalse(rooms.contains(store.directory().newRoomId()));
        assertFalse(people.contains(store.directory().newUserId()));
        assertTrue(store.directory().newRoomId() > Collections.max(rooms));
        assertTrue(store.directory().newUserId() > Collections.max(people));
    }

    private void giveAway(int count, Set<Long> given, BooleanSupplier hasNext, LongSupplier next) {
        for (int i = 0; i < count; i++) {
            store.runUntil(hasNext);
            assertTrue(given.add(next.getAsLong()));
        }
    }

    @Test
    void isWrittenOnce() throws IOException {
        backup();
        assertThrows(IOException.class, this::backup);
        assertThrows(
                IOException.class,
                () -> Backup.write(elsewhere.resolve("nothing"), elsewhere.resolve("b")));
        assertFalse(Files.exists(elsewhere.resolve("b")));
    }

    @Test
    void isNotRestoredOverADatabase() throws IOException {
        Path file = backup();
        fixture.close();
        IOException refused = assertThrows(IOException.class, () -> Backup.restore(file, folder));
        assertTrue(refused.getMessage().contains("restore into an empty folder"));
        fixture.open(folder);
        assertEquals(1, store.events(ROOM, 1).size());
    }

    @Test
    void isNotRestoredUnderARunningServer() throws IOException {
        Path file = backup();
        assertThrows(DataFolder.InUseException.class, () -> Backup.restore(file, folder));
    }

    @Test
    void isNotRestoredWhenItIsDamaged() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            store.offer(store.next(ROOM, ANA, text("message " + i)));
        }
        store.settle();
        Path file = backup();
        byte[] bytes = Files.readAllBytes(file);
        for (int round = 0; round < 20; round++) {
            byte[] damaged = bytes.clone();
            int at = 200 + round * ((bytes.length - 200) / 20);
            damaged[at] ^= 0x10;
            Path flipped = elsewhere.resolve("flipped" + round);
            Files.write(flipped, damaged);
            Path into = elsewhere.resolve("into" + round);
            if (isRestored(flipped, into)) {
                // The byte was one that nothing reads: all events must be there.
                fixture.close();
                fixture.open(into);
                assertEquals(2_001, store.events(ROOM, 1).size());
            } else {
                assertFalse(Files.exists(into.resolve("chat.db")));
                assertFalse(Files.exists(into.resolve("chat.db.part")));
            }
        }
    }

    private static boolean isRestored(Path file, Path into) {
        try {
            Backup.restore(file, into);
            return true;
        } catch (IOException damaged) {
            assertFalse(String.valueOf(damaged.getMessage()).contains("\n"));
            return false;
        }
    }

    @Test
    void isNothingButABackup() throws Exception {
        Path other = elsewhere.resolve("other.db");
        try (Sql sql = Database.openWriter(other, Durability.OFF)) {
            sql.run("CREATE TABLE a (x)");
        }
        IOException refused =
                assertThrows(
                        IOException.class, () -> Backup.restore(other, elsewhere.resolve("into")));
        assertTrue(refused.getMessage().contains("is no backup of this program"));
        assertThrows(
                IOException.class,
                () -> Backup.restore(elsewhere.resolve("none"), elsewhere.resolve("into")));
    }
}
