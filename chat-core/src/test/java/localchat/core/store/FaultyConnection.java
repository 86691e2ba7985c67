package localchat.core.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A connection to a real file whose statements fail where a test wants them to.
final class FaultyConnection {
    private final Connection real;

    /// Statements that begin like this fail; nothing does while it is "-".
    String failing = "-";

    SQLiteErrorCode code = SQLiteErrorCode.SQLITE_IOERR_FSYNC;

    boolean closed;

    FaultyConnection(Path file) throws SQLException {
        this.real = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    Connection connection() {
        return wrap(Connection.class, real);
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            boolean fails =
                                    arguments != null
                                            && Arrays.stream(arguments)
                                                    .anyMatch(each ->
                                                            each instanceof String sql
                                                                    && sql.startsWith(failing));
                            if (fails) {
                                throw new SQLiteException("no", code);
                            }
                            closed |=
                                    type.equals(Connection.class)
                                            && method.getName().equals("close");
                            try {
                                Object result = method.invoke(target, arguments);
                                return method.getName().equals("createStatement")
                                        ? wrap(Statement.class, (Statement) result)
                                        : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
