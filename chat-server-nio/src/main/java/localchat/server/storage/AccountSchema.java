package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import localchat.core.model.UserName;
import localchat.server.account.AccountRecord;

/// What schema 2 adds: people have roles, devices and names of their own, and what was decided
/// about them is kept. `device` is older and numbers the devices of posts; theirs are in
/// `account_device`.
///
/// People of schema 1 become members whose first device nobody knows, and their names theirs.
final class AccountSchema {
    private static final List<String> TABLES =
            List.of(
                    "ALTER TABLE person ADD COLUMN role INTEGER NOT NULL DEFAULT "
                            + AccountTables.MEMBER,
                    "ALTER TABLE person ADD COLUMN first_device BLOB NOT NULL DEFAULT x'"
                            + AccountRecord.Person.UNKNOWN_DEVICE
                            + "'",
                    "ALTER TABLE person ADD COLUMN recovery_code BLOB",
                    "CREATE TABLE account_name (folded TEXT PRIMARY KEY, name TEXT NOT NULL,"
                            + " user_id INTEGER NOT NULL, since_ms INTEGER NOT NULL)"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE INDEX account_name_person ON account_name (user_id)",
                    "CREATE TABLE account_device (device_id BLOB PRIMARY KEY,"
                            + " user_id INTEGER NOT NULL, device_name TEXT NOT NULL,"
                            + " client_name TEXT NOT NULL, first_seen_ms INTEGER NOT NULL,"
                            + " last_seen_ms INTEGER NOT NULL, revoked INTEGER NOT NULL)"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE INDEX account_device_person ON account_device (user_id)",
                    "CREATE TABLE invite (invite_id TEXT PRIMARY KEY, code BLOB NOT NULL,"
                            + " uses_left INTEGER NOT NULL, expires_ms INTEGER NOT NULL,"
                            + " created_by INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
                            + " revoked INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    "CREATE TABLE ban (user_id INTEGER PRIMARY KEY, until_ms INTEGER NOT NULL,"
                            + " reason TEXT NOT NULL, banned_by INTEGER NOT NULL) STRICT",
                    "CREATE TABLE mute (user_id INTEGER NOT NULL, room_id INTEGER NOT NULL,"
                            + " until_ms INTEGER NOT NULL, PRIMARY KEY (user_id, room_id))"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE block (user_id INTEGER NOT NULL, blocked_id INTEGER NOT NULL,"
                            + " PRIMARY KEY (user_id, blocked_id)) STRICT, WITHOUT ROWID",
                    "CREATE INDEX block_blocked ON block (blocked_id)");

    private AccountSchema() {}

    static void create(Sql sql) throws SQLException {
        for (String table : TABLES) {
            sql.run(table);
        }
        try (ResultSet row = sql.query("SELECT user_id, name FROM person ORDER BY user_id")) {
            while (row.next()) {
                AccountTables.giveName(sql, row.getLong(1), new UserName(row.getString(2)));
            }
        }
    }
}
