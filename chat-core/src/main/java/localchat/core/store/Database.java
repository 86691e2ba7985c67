package localchat.core.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One open SQLite file in WAL mode. Belongs to one thread at a time.
///
/// Transactions are written as SQL: on a full disk SQLite rolls back by itself, and JDBC's own
/// `commit` and `rollback` then both throw.
final class Database implements AutoCloseable {
    /// When a commit counts as done.
    enum Durability {
        /// When the disk has it: it survives a power cut. One `fdatasync` a commit.
        DISK("FULL", 2),
        /// When the system has it: it survives the end of the program; a power cut may take the
        /// newest commits, and never leaves half of one.
        SYSTEM("NORMAL", 1);

        private final String pragma;
        private final int level;

        Durability(String pragma, int level) {
            this.pragma = pragma;
            this.level = level;
        }
    }

    /// One row of an answer.
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// Work that belongs together: all of it is kept, or nothing.
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /// The system property that names the folder into which the driver unpacks its native library.
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    /// Size of the log beside the file, in bytes, past which it is brought into the file. Reason:
    /// about what SQLite does by itself.
    static final long LOG_BYTES_MAX = 4L * 1024 * 1024;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Path log;
    private boolean unconfirmed;

    /// @param file that the connection is to
    Database(Connection connection, Path file) {
        this.connection = connection;
        this.log = file.resolveSibling(file.getFileName() + "-wal");
    }

    /// Opens a file, making it when it is not there.
    ///
    /// @param bytesMax largest size; what does not fit is refused as on a full disk
    static Database open(Path file, Durability durability, Schema schema, long bytesMax)
            throws StoreException {
        unpackBeside(file);
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Database database = new Database(connection, file);
            try {
                database.prepareFile(durability, schema);
                database.limitTo(bytesMax);
                return database;
            } catch (SQLException | StoreException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// The library goes to the system's temporary folder otherwise, where others may write and
    /// where some systems run nothing.
    private static void unpackBeside(Path file) throws StoreException {
        if (System.getProperty(NATIVE_FOLDER) == null) {
            Path folder = file.resolveSibling("native").toAbsolutePath();
            try {
                Files.createDirectories(folder);
                deleteLeftovers(folder);
            } catch (IOException e) {
                throw new StoreException(StoreException.Kind.FAILED, e.toString(), e);
            }
            System.setProperty(NATIVE_FOLDER, folder.toString());
        }
    }

    /// The driver takes its library away when the program ends, unless that is killed. Nobody else
    /// uses the folder: the profile is locked.
    private static void deleteLeftovers(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path leftover : leftovers) {
                try {
                    Files.delete(leftover);
                } catch (IOException e) {
                    // One that this program may not delete, or that is in use, is left.
                }
            }
        }
    }

    /// The lock is kept as long as the file is open: there is one writer, and no second process has
    /// any business here.
    private void prepareFile(Durability durability, Schema schema)
            throws SQLException, StoreException {
        execute("PRAGMA locking_mode = EXCLUSIVE");
        requireOurs(schema);
        requirePragma("journal_mode = WAL", "journal_mode", "wal");
        requirePragma(
                "synchronous = " + durability.pragma,
                "synchronous",
                String.valueOf(durability.level));
        // SQLite's own says nothing when the disk does not confirm, and is done again on closing.
        requirePragma("wal_autocheckpoint = 0", "wal_autocheckpoint", "0");
        if (number("PRAGMA user_version") == 0) {
            transaction(() -> {
                for (String statement : schema.statements()) {
                    execute(statement);
                }
                execute("PRAGMA application_id = " + schema.applicationId());
                execute("PRAGMA user_version = " + schema.version());
            });
        }
    }

    /// Reads every page.
    ///
    /// @throws StoreException DAMAGED when one of them is
    void check() throws StoreException {
        try {
            String first = list("PRAGMA quick_check(1)", row -> row.getString(1)).getFirst();
            if (!first.equals("ok")) {
                throw new StoreException(StoreException.Kind.DAMAGED, first);
            }
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private void limitTo(long bytesMax) throws SQLException {
        long pages = Math.max(1, bytesMax / number("PRAGMA page_size"));
        execute("PRAGMA max_page_count = " + pages);
    }

    private void requireOurs(Schema schema) throws SQLException, StoreException {
        long version = number("PRAGMA user_version");
        long applicationId = number("PRAGMA application_id");
        boolean isEmpty = version == 0 && applicationId == 0;
        if (!isEmpty && applicationId != schema.applicationId()) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED, "the file belongs to another program");
        }
        if (version > schema.version()) {
            throw new StoreException(
                    StoreException.Kind.NEWER,
                    "the file has version %d, this program knows up to %d"
                            .formatted(version, schema.version()));
        }
    }

    private void requirePragma(String set, String name, String expected)
            throws SQLException, StoreException {
        execute("PRAGMA " + set);
        String now = list("PRAGMA " + name, row -> row.getString(1)).getFirst();
        if (!now.equals(expected)) {
            throw new StoreException(
                    StoreException.Kind.FAILED,
                    "%s is %s here, not %s".formatted(name, now, expected));
        }
    }

    /// A statement that is kept until the file is closed.
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /// Runs a prepared statement with these values for its question marks.
    void update(String sql, Object... values) throws SQLException {
        bind(sql, values).executeUpdate();
    }

    /// All rows of a prepared statement's answer.
    <T> List<T> list(String sql, Row<T> row, Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet answer = bind(sql, values).executeQuery()) {
            while (answer.next()) {
                found.add(read(row, answer));
            }
        }
        return found;
    }

    private static <T> T read(Row<T> row, ResultSet answer) throws SQLException {
        try {
            return row.read(answer);
        } catch (IllegalArgumentException e) {
            throw new SQLiteException(
                    "a row has what no version writes: " + e.getMessage(),
                    SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }

    /// The one number of an answer.
    long number(String sql, Object... values) throws SQLException {
        return list(sql, row -> row.getLong(1), values).getFirst();
    }

    private PreparedStatement bind(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Does all of this or nothing.
    void transaction(Work work) throws StoreException {
        begin();
        try {
            work.run();
        } catch (SQLException e) {
            rollBack();
            throw noted(e);
        }
        commit();
    }

    /// Begins what [#commit] ends.
    void begin() throws StoreException {
        if (unconfirmed) {
            throw new StoreException(
                    StoreException.Kind.UNCONFIRMED, "the disk did not confirm what was written");
        }
        try {
            execute("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// Keeps what was done since [#begin], or nothing of it when that fails.
    void commit() throws StoreException {
        try {
            execute("COMMIT");
        } catch (SQLException e) {
            rollBack();
            throw noted(e);
        }
        if (sizeOfLog() > LOG_BYTES_MAX) {
            emptyLog();
        }
    }

    private StoreException noted(SQLException e) {
        StoreException noted = StoreException.of(e);
        unconfirmed |= noted.kind() == StoreException.Kind.UNCONFIRMED;
        return noted;
    }

    private long sizeOfLog() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Brings the log into the file. What was committed is on disk already: when this fails it is
    /// tried again later, unless the disk did not confirm. Then the log alone is to be trusted, and
    /// must stay.
    private void emptyLog() {
        try {
            number("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            noted(e);
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // On a full disk SQLite has rolled back already and has nothing left to roll back.
        }
    }

    /// Nothing is closed where the disk did not confirm what was written: closing asks for the same
    /// again, and then says that all is on disk. The next start reads what is there.
    @Override
    public void close() throws StoreException {
        if (!unconfirmed) {
            emptyLog();
        }
        if (unconfirmed) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }
}
