package localchat.server.storage;

import java.sql.SQLException;
import java.util.List;

/// The tables, as schema 1 makes them; what came later is in [AccountSchema].
///
/// An event's key is [EventKey]; kinds are those of [EventKind]. What later events did to a message
/// lies beside it (`fold`, `tally`, `reaction`, `mention`), sparse: most messages have none of it.
/// `post` names every post that was ever stored, for ever. Numbers of a room that change with every
/// event stand in its row, so that nothing has to be counted at the start.
final class Schema {
    /// In the header of the file: what it is. "LChs".
    static final int APPLICATION_ID = 0x4C436873;

    private static final List<String> TABLES =
            List.of(
                    "PRAGMA application_id = " + APPLICATION_ID,
                    "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL)"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE person (user_id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
                    "CREATE TABLE device (device INTEGER PRIMARY KEY,"
                            + " device_id BLOB NOT NULL UNIQUE) STRICT",
                    "CREATE TABLE room (room_id INTEGER PRIMARY KEY, kind INTEGER NOT NULL,"
                            + " name TEXT NOT NULL, topic TEXT NOT NULL,"
                            + " retention_days INTEGER NOT NULL,"
                            + " retention_messages INTEGER NOT NULL,"
                            + " past_visible INTEGER NOT NULL, owner_id INTEGER NOT NULL,"
                            + " head_seq INTEGER NOT NULL, head_ms INTEGER NOT NULL,"
                            + " messages INTEGER NOT NULL,"
                            + " pins INTEGER NOT NULL, expired_to_seq INTEGER NOT NULL) STRICT",
                    "CREATE TABLE membership (room_id INTEGER NOT NULL, user_id INTEGER NOT NULL,"
                            + " user_name TEXT NOT NULL, since_seq INTEGER NOT NULL,"
                            + " visible_from_seq INTEGER NOT NULL,"
                            + " PRIMARY KEY (room_id, user_id)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE event (id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL,"
                            + " kind INTEGER NOT NULL, sender_id INTEGER NOT NULL,"
                            + " target_id INTEGER, crc INTEGER NOT NULL, frame BLOB NOT NULL)"
                            + " STRICT",
                    "CREATE INDEX event_message ON event (id, kind, sender_id)"
                            + " WHERE kind = 1 OR kind = 10",
                    "CREATE INDEX event_edit ON event (target_id) WHERE kind = 2",
                    "CREATE TABLE post (client_msg_id BLOB NOT NULL, user_id INTEGER NOT NULL,"
                            + " device INTEGER NOT NULL, room_id INTEGER NOT NULL,"
                            + " seq INTEGER NOT NULL, body_high INTEGER NOT NULL,"
                            + " body_low INTEGER NOT NULL,"
                            + " PRIMARY KEY (client_msg_id, user_id, device))"
                            + " STRICT, WITHOUT ROWID",
                    "CREATE TABLE fold (event_id INTEGER PRIMARY KEY, edit_id INTEGER,"
                            + " edits INTEGER NOT NULL, pinned INTEGER NOT NULL) STRICT",
                    "CREATE TABLE tally (event_id INTEGER NOT NULL, emoji TEXT NOT NULL,"
                            + " first_seq INTEGER NOT NULL, people INTEGER NOT NULL,"
                            + " PRIMARY KEY (event_id, emoji)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE reaction (event_id INTEGER NOT NULL, emoji TEXT NOT NULL,"
                            + " user_id INTEGER NOT NULL, seq INTEGER NOT NULL,"
                            + " PRIMARY KEY (event_id, emoji, user_id)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE mention (user_id INTEGER NOT NULL, event_id INTEGER NOT NULL,"
                            + " PRIMARY KEY (user_id, event_id)) STRICT, WITHOUT ROWID",
                    "CREATE TABLE read_marker (user_id INTEGER NOT NULL, room_id INTEGER NOT NULL,"
                            + " seq INTEGER NOT NULL, PRIMARY KEY (user_id, room_id))"
                            + " STRICT, WITHOUT ROWID");

    private Schema() {}

    static void create(Sql sql) throws SQLException {
        for (String table : TABLES) {
            sql.run(table);
        }
    }
}
