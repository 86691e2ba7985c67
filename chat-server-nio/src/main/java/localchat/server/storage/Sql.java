package localchat.server.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection with the statements prepared on it. Belongs to one thread at a time.
///
/// After a fault all of them are prepared anew: the driver closes a statement on some faults and
/// not on others.
///
/// Transactions are begun and ended by SQL, never through JDBC: on a full disk SQLite rolls back by
/// itself, and JDBC's `rollback()` and `commit()` then both throw.
final class Sql implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /// Runs a statement without parameters that gives no rows.
    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Changes rows; returns how many.
    ///
    /// @param values `Long`, `Integer`, `String`, `byte[]` or null
    int update(String sql, @Nullable Object... values) throws SQLException {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            forgetStatements();
            throw e;
        }
    }

    /// Reads rows. To be closed by the caller.
    ///
    /// @param values as above
    ResultSet query(String sql, @Nullable Object... values) throws SQLException {
        try {
            return bound(sql, values).executeQuery();
        } catch (SQLException e) {
            forgetStatements();
            throw e;
        }
    }

    /// The number in the first column of the first row.
    ///
    /// @param values as above
    /// @return `otherwise` when there is no row
    long number(long otherwise, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet row = query(sql, values)) {
            return row.next() ? row.getLong(1) : otherwise;
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private void forgetStatements() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException closedAlready) {
                // That is what was wanted.
            }
        }
        prepared.clear();
    }

    /// Ends a transaction that failed, whether SQLite has ended it already or not.
    void rollback() {
        forgetStatements();
        try {
            run("ROLLBACK");
        } catch (SQLException noTransactionIsLeft) {
            // What SQLite rolled back by itself needs no more.
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
