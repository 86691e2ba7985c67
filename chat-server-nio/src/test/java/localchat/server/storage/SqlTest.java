package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlTest {
    private static final String INSERT = "INSERT INTO a VALUES (zeroblob(100000))";

    @TempDir Path folder;
    private Sql sql;

    @BeforeEach
    void open() throws Exception {
        sql = Database.openWriter(folder.resolve("db"), Durability.OFF);
        sql.run("CREATE TABLE a (x)");
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private long rows() throws SQLException {
        return sql.number(-1, "SELECT count(*) FROM a");
    }

    /// The file may not grow: that is a full disk. The driver closes a statement that meets it.
    @Test
    void worksAgainAfterAFullDisk() throws SQLException {
        sql.update(INSERT);
        long pages = sql.number(0, "PRAGMA page_count");
        sql.run("PRAGMA max_page_count = " + pages);
        for (int i = 0; i < 2; i++) {
            sql.run("BEGIN IMMEDIATE");
            SQLException full = assertThrows(SQLException.class, () -> sql.update(INSERT));
            assertEquals(StorageFault.FULL, StorageFault.of(full, false));
            sql.rollback();
            assertEquals(1, rows());
        }
        sql.run("PRAGMA max_page_count = " + 2 * pages);
        sql.run("BEGIN IMMEDIATE");
        sql.update(INSERT);
        sql.run("COMMIT");
        assertEquals(2, rows());
    }

    @Test
    void rollsBackWhatWasBegunAndNothingElse() throws SQLException {
        sql.rollback();
        sql.run("BEGIN IMMEDIATE");
        sql.update(INSERT);
        sql.rollback();
        sql.rollback();
        assertEquals(0, rows());
    }

    @Test
    void bindsWhatIsGiven() throws SQLException {
        sql.run("CREATE TABLE b (a, b, c, d)");
        assertEquals(
                1, sql.update("INSERT INTO b VALUES (?, ?, ?, ?)", 1L, 2, "x", new byte[] {7}));
        assertEquals(
                1,
                sql.number(
                        0,
                        "SELECT count(*) FROM b WHERE a = ? AND b = ? AND c = ? AND d = ?",
                        1L,
                        2,
                        "x",
                        new byte[] {7}));
        assertEquals(5, sql.number(5, "SELECT a FROM b WHERE a = ?", 9));
    }
}
