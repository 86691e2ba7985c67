package localchat.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localchat.core.model.Id128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    private static final Schema SCHEMA =
            new Schema(7, 1, List.of("CREATE TABLE t (n INTEGER, bytes BLOB) STRICT"));
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("t.db");
    }

    private Database open() throws StoreException {
        return Database.open(file(), Database.Durability.DISK, SCHEMA, 1L << 30);
    }

    private static void insert(Database database, int bytes) throws StoreException {
        database.transaction(
                () -> database.update("INSERT INTO t VALUES (1, ?)", (Object) new byte[bytes]));
    }

    @Test
    void emptiesTheLogItself() throws Exception {
        try (Database database = open()) {
            assertEquals(0, database.number("PRAGMA wal_autocheckpoint"));
            for (int i = 0; i < 12; i++) {
                insert(database, 1 << 20);
                assertTrue(
                        Files.size(folder.resolve("t.db-wal"))
                                <= Database.LOG_BYTES_MAX + (2 << 20));
            }
        }
        assertFalse(Files.exists(folder.resolve("t.db-wal")));
        try (Database database = open()) {
            assertEquals(12, database.number("SELECT count(*) FROM t"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "PRAGMA wal_checkpoint"})
    void leavesAFileAloneThatTheDiskDidNotConfirm(String failing) throws Exception {
        open().close();
        FaultyConnection faulty = new FaultyConnection(file());
        Database database = new Database(faulty.connection(), file());
        assertEquals("wal", database.list("PRAGMA journal_mode", r -> r.getString(1)).getFirst());
        faulty.failing = failing;
        int bytes = (int) Database.LOG_BYTES_MAX + (1 << 20);
        if (failing.equals("COMMIT")) {
            assertThrows(StoreException.class, () -> insert(database, bytes));
        } else {
            insert(database, bytes);
        }
        faulty.failing = "-";
        StoreException refusal = assertThrows(StoreException.class, () -> insert(database, 1));
        assertEquals(StoreException.Kind.UNCONFIRMED, refusal.kind());
        database.close();
        assertFalse(faulty.closed);
    }

    @Test
    void closesACacheThatCannotKeepWhatWasWritten() throws Exception {
        CacheFile.open(folder).close();
        FaultyConnection faulty = new FaultyConnection(folder.resolve(CacheFile.NAME));
        CacheFile cache =
                new CacheFile(
                        new Database(faulty.connection(), folder.resolve(CacheFile.NAME)),
                        CacheFile.Limits.STANDARD);
        Id128 id = new Id128(1, 1);
        cache.addRoom(id, new CacheFile.Room(id, 1, ByteString.EMPTY, 0, 0, 0, 0, 0, ""));
        faulty.failing = "COMMIT";
        faulty.code = org.sqlite.SQLiteErrorCode.SQLITE_FULL;
        assertThrows(StoreException.class, cache::close);
        assertTrue(faulty.closed);
    }

    @Test
    void deletesLibrariesThatAKilledRunLeft() throws Exception {
        String before = System.getProperty(NATIVE_FOLDER);
        System.clearProperty(NATIVE_FOLDER);
        try {
            Path libraries = Files.createDirectory(folder.resolve("native"));
            Files.writeString(libraries.resolve("sqlite-1-abc-libsqlitejdbc.so"), "library");
            Files.writeString(libraries.resolve("sqlite-1-abc-libsqlitejdbc.so.lck"), "");
            Files.writeString(libraries.resolve("notes"), "somebody's");
            open().close();
            assertFalse(Files.exists(libraries.resolve("sqlite-1-abc-libsqlitejdbc.so")));
            assertFalse(Files.exists(libraries.resolve("sqlite-1-abc-libsqlitejdbc.so.lck")));
            assertTrue(Files.exists(libraries.resolve("notes")));
        } finally {
            if (before == null) {
                System.clearProperty(NATIVE_FOLDER);
            } else {
                System.setProperty(NATIVE_FOLDER, before);
            }
        }
    }
}
