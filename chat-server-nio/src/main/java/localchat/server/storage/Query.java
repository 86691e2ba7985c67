package localchat.server.storage;

import java.sql.SQLException;

/// Something to be read, within one short transaction. Runs on a reader's thread.
@FunctionalInterface
interface Query<T> {
    T read(Sql sql) throws SQLException;
}
