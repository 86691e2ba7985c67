package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"FULL, 2", "NORMAL, 1", "OFF, 0"})
    void syncsAsItIsTold(Durability durability, int synchronous) throws Exception {
        try (Sql sql = Database.openWriter(folder.resolve("db"), durability)) {
            assertEquals(synchronous, sql.number(-1, "PRAGMA synchronous"));
            assertEquals(0, sql.number(-1, "PRAGMA wal_autocheckpoint"));
            assertEquals(2, sql.number(-1, "PRAGMA secure_delete"));
        }
    }

    @Test
    void readsAndDoesNotWrite() throws Exception {
        Path file = folder.resolve("db");
        try (Sql writer = Database.openWriter(file, Durability.OFF)) {
            writer.run("CREATE TABLE a (x)");
            try (Sql reader = Database.openReader(file)) {
                assertEquals(0, reader.number(-1, "SELECT count(*) FROM a"));
                assertThrows(SQLException.class, () -> reader.run("INSERT INTO a VALUES (1)"));
            }
        }
    }
}
