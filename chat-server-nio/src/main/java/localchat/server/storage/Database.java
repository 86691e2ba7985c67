package localchat.server.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/// Opens connections to a database's file and sees to it that they work as they must.
final class Database {
    /// How long a statement waits for another process's lock, in milliseconds. Reason: short enough
    /// to notice that the server is to stop; whoever waits longer tries again.
    private static final int LOCK_WAIT_MILLIS = 500;

    /// What the write-ahead log's file is cut to when it starts anew, in bytes. Reason: what a busy
    /// server writes between checkpoints, so that it is not grown again each time.
    private static final long LOG_BYTES_KEPT = 16L * 1024 * 1024;

    /// Pages that the writer keeps in memory, in KiB: those of the table of posts are hit at
    /// random.
    private static final int WRITER_CACHE_KIB = 65_536;

    /// Pages that each reader keeps in memory, in KiB.
    private static final int READER_CACHE_KIB = 16_384;

    private Database() {}

    /// @param value what it is set to
    /// @param expected what it says of itself then
    private record Pragma(String name, String value, String expected) {
        Pragma(String name, String value) {
            this(name, value, value);
        }
    }

    /// The one connection that writes. Makes the file when there is none.
    ///
    /// @throws IOException when the database does not do what it is asked to; the message is one
    ///   line for a person
    static Sql openWriter(Path file, Durability durability) throws SQLException, IOException {
        Sql sql = open(file, false);
        List<Pragma> pragmas =
                List.of(
                        new Pragma("busy_timeout", String.valueOf(LOCK_WAIT_MILLIS)),
                        new Pragma("journal_mode", "wal"),
                        new Pragma("synchronous", String.valueOf(durability.synchronous())),
                        // Checkpoints are made by the storage thread, which must see their faults.
                        new Pragma("wal_autocheckpoint", "0"),
                        new Pragma("journal_size_limit", String.valueOf(LOG_BYTES_KEPT)),
                        new Pragma("cache_size", String.valueOf(-WRITER_CACHE_KIB)),
                        new Pragma("secure_delete", "FAST", "2"),
                        new Pragma("cell_size_check", "1"),
                        new Pragma("temp_store", "2"),
                        new Pragma("trusted_schema", "0"));
        return configured(sql, pragmas);
    }

    /// A connection that reads.
    ///
    /// @throws IOException as above
    static Sql openReader(Path file) throws SQLException, IOException {
        Sql sql = open(file, true);
        List<Pragma> pragmas =
                List.of(
                        new Pragma("busy_timeout", String.valueOf(LOCK_WAIT_MILLIS)),
                        new Pragma("query_only", "1"),
                        new Pragma("cache_size", String.valueOf(-READER_CACHE_KIB)),
                        new Pragma("cell_size_check", "1"),
                        new Pragma("temp_store", "2"),
                        new Pragma("trusted_schema", "0"));
        return configured(sql, pragmas);
    }

    /// A connection to a copy that no server uses yet; it leaves one file behind.
    static Sql openForRestore(Path file) throws SQLException, IOException {
        return configured(
                open(file, false),
                List.of(
                        new Pragma("journal_mode", "delete"),
                        new Pragma("synchronous", "2"),
                        new Pragma("cell_size_check", "1"),
                        new Pragma("trusted_schema", "0")));
    }

    private static Sql open(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        // Else each INSERT is followed by a query for the key it made, which nobody asks for here.
        config.setGetGeneratedKeys(false);
        return new Sql(DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties()));
    }

    private static Sql configured(Sql sql, List<Pragma> pragmas) throws SQLException, IOException {
        try {
            for (Pragma pragma : pragmas) {
                sql.run("PRAGMA " + pragma.name() + " = " + pragma.value());
            }
            for (Pragma pragma : pragmas) {
                require(sql, pragma);
            }
            return sql;
        } catch (SQLException | IOException e) {
            sql.close();
            throw e;
        }
    }

    /// SQLite ignores what it does not know and what the file system does not allow.
    private static void require(Sql sql, Pragma pragma) throws SQLException, IOException {
        try (ResultSet row = sql.query("PRAGMA " + pragma.name())) {
            String found = row.next() ? row.getString(1) : "nothing";
            if (!pragma.expected().equals(found)) {
                throw new IOException(
                        "the database does not keep to %s=%s, it says %s: it cannot be relied on"
                                        .formatted(pragma.name(), pragma.expected(), found)
                                + " on this disk");
            }
        }
    }
}
