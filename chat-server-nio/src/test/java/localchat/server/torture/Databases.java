package localchat.server.torture;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Looks into databases that no server uses at the moment.
final class Databases {
    private Databases() {}

    static Path file(Path data) {
        return data.resolve("chat.db");
    }

    static Connection open(Path data) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file(data));
    }

    /// What `PRAGMA integrity_check` says: "ok" when all is well.
    static String integrity(Path data) throws SQLException {
        return text(data, "PRAGMA integrity_check");
    }

    /// The first value that a query gives.
    static String text(Path data, String query) throws SQLException {
        try (Connection connection = open(data);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    static void run(Path data, String command) throws SQLException {
        try (Connection connection = open(data);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
