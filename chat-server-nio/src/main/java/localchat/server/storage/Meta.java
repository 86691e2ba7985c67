package localchat.server.storage;

import java.sql.SQLException;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;

/// What the store knows of itself, by name. Runs on whichever thread has the connection.
final class Meta {
    private static final String SERVER_ID = "server_id";
    private static final String EPOCH = "epoch";
    private static final String ADMIN_CODE = "admin_code";
    private static final String EVENTS_TOTAL = "events_total";

    /// Below it, all room ids may have been given away.
    static final String NEXT_ROOM_ID = "next_room_id";

    /// Below it, all user ids may have been given away.
    static final String NEXT_USER_ID = "next_user_id";

    /// Ids that may have been given away in a part of the history that was lost. Reason: nearly as
    /// many rooms as a server has, and far more people; a thousandth of all there are.
    private static final int EPOCH_ROOM_IDS = 8_192;

    private static final int EPOCH_USER_IDS = 1_000_000;

    private Meta() {}

    static long number(Sql sql, String name, long otherwise) throws SQLException {
        return sql.number(otherwise, "SELECT value FROM meta WHERE name = ?", name);
    }

    static void put(Sql sql, String name, long value) throws SQLException {
        sql.update("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value);
    }

    private static void put(Sql sql, String name, Id128 value) throws SQLException {
        sql.update("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value.bytes());
    }

    private static Id128 id(Sql sql, String name) throws SQLException {
        try (var row = sql.query("SELECT value FROM meta WHERE name = ?", name)) {
            byte[] bytes = row.next() ? row.getBytes(1) : null;
            if (bytes == null || bytes.length != Id128.BYTES) {
                throw new DamagedException("the store's " + name + " is missing");
            }
            return Id128.of(bytes);
        }
    }

    /// Whether this is a store that was used before.
    static boolean isNamed(Sql sql) throws SQLException {
        return sql.number(0, "SELECT count(*) FROM meta WHERE name = ?", SERVER_ID) > 0;
    }

    static Id128 serverId(Sql sql) throws SQLException {
        return id(sql, SERVER_ID);
    }

    static void serverId(Sql sql, Id128 id) throws SQLException {
        put(sql, SERVER_ID, id);
    }

    static Id128 epoch(Sql sql) throws SQLException {
        return id(sql, EPOCH);
    }

    static void epoch(Sql sql, Id128 epoch) throws SQLException {
        put(sql, EPOCH, epoch);
    }

    /// The history goes on from an earlier state. Ids that were given away since then, and that
    /// clients may still have in their outboxes, are passed over.
    static void newEpoch(Sql sql, Id128 epoch) throws SQLException {
        epoch(sql, epoch);
        put(sql, NEXT_ROOM_ID, number(sql, NEXT_ROOM_ID, 1) + EPOCH_ROOM_IDS);
        put(sql, NEXT_USER_ID, number(sql, NEXT_USER_ID, 1) + EPOCH_USER_IDS);
    }

    /// Hash of the code that makes the first administrator; empty once it was used.
    static Optional<Digest32> adminCode(Sql sql) throws SQLException {
        try (var row = sql.query("SELECT value FROM meta WHERE name = ?", ADMIN_CODE)) {
            return row.next()
                    ? Optional.of(AccountTables.digest("an administrator's code", row.getBytes(1)))
                    : Optional.empty();
        }
    }

    static void adminCode(Sql sql, Optional<Digest32> hash) throws SQLException {
        if (hash.isPresent()) {
            sql.update(
                    "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
                    ADMIN_CODE,
                    hash.orElseThrow().bytes());
        } else {
            sql.update("DELETE FROM meta WHERE name = ?", ADMIN_CODE);
        }
    }

    /// Events in all rooms together.
    static long eventsTotal(Sql sql) throws SQLException {
        return number(sql, EVENTS_TOTAL, 0);
    }

    static void eventsTotal(Sql sql, long total) throws SQLException {
        put(sql, EVENTS_TOTAL, total);
    }
}
