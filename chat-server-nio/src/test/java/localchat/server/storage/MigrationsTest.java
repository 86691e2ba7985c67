package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class MigrationsTest {
    private static final Migrations.Step FIRST = sql -> sql.run("CREATE TABLE a (x)");
    private static final Migrations.Step SECOND = sql -> sql.run("CREATE TABLE b (x)");

    @TempDir Path folder;
    private Sql sql;

    @BeforeEach
    void open() throws Exception {
        sql = Database.openWriter(folder.resolve("db"), Durability.OFF);
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private void migrate(Migrations.Step... steps) throws SQLException, IOException {
        Migrations.run(sql, List.of(steps), StoragePoints.NONE);
    }

    private long schema() throws SQLException {
        return sql.number(-1, "PRAGMA user_version");
    }

    private long tables() throws SQLException {
        return sql.number(-1, "SELECT count(*) FROM sqlite_schema");
    }

    @Test
    void makesEachStepOnce() throws Exception {
        migrate(FIRST);
        assertEquals(1, schema());
        migrate(FIRST, SECOND);
        assertEquals(2, schema());
        migrate(FIRST, SECOND);
        assertEquals(2, tables());
    }

    @Test
    void refusesANewerSchema() throws Exception {
        migrate(FIRST, SECOND);
        IOException refused = assertThrows(IOException.class, () -> migrate(FIRST));
        assertTrue(refused.getMessage().contains("schema 2"));
        assertTrue(refused.getMessage().contains("up to 1"));
        assertEquals(2, schema());
    }

    @Test
    void leavesNothingOfAStepThatFails() throws Exception {
        Migrations.Step half =
                s -> {
                    SECOND.apply(s);
                    s.run("CREATE TABLE a (x)");
                };
        assertThrows(SQLException.class, () -> migrate(FIRST, half));
        assertEquals(1, schema());
        assertEquals(1, tables());
        migrate(FIRST, SECOND);
        assertEquals(2, tables());
    }

    @Test
    void leavesNothingOfAStepThatIsInterrupted() throws Exception {
        StoragePoints interrupted =
                point -> {
                    assertEquals(StoragePoints.Point.MID_MIGRATION, point);
                    throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL);
                };
        assertThrows(SQLException.class, () -> Migrations.run(sql, List.of(FIRST), interrupted));
        assertEquals(0, schema());
        assertEquals(0, tables());
    }
}
