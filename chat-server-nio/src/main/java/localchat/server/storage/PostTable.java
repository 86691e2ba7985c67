package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.server.room.LogPost;

/// Every post that was ever stored, by sender, device and `client_msg_id`. Runs on the storage
/// thread, within a transaction.
final class PostTable {
    /// Devices whose numbers are remembered; past that all are looked up anew. Reason: as many as
    /// one node's people use at one time.
    private static final int DEVICES_MAX = 20_000;

    private final Sql sql;
    private final Map<Digest32, Long> devices = new HashMap<>();

    PostTable(Sql sql) {
        this.sql = sql;
    }

    /// Where a post stands that was stored before.
    record Stored(long roomId, long seq, BodyDigest body) {}

    /// Adds a post.
    ///
    /// @return false when its id was used before; nothing was added
    boolean add(LogPost post, long seq) throws SQLException {
        BodyDigest body = BodyDigest.of(post.body());
        return sql.update(
                        "INSERT OR IGNORE INTO post (client_msg_id, user_id, device, room_id, seq,"
                                + " body_high, body_low) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        post.id().bytes(),
                        post.senderId(),
                        device(post.device()),
                        post.roomId(),
                        seq,
                        body.high(),
                        body.low())
                > 0;
    }

    /// The post with the same id from the same device.
    Optional<Stored> find(LogPost post) throws SQLException {
        try (ResultSet row =
                sql.query(
                        "SELECT room_id, seq, body_high, body_low FROM post"
                                + " WHERE client_msg_id = ? AND user_id = ? AND device = ?",
                        post.id().bytes(),
                        post.senderId(),
                        device(post.device()))) {
            return row.next()
                    ? Optional.of(
                            new Stored(
                                    row.getLong(1),
                                    row.getLong(2),
                                    new BodyDigest(row.getLong(3), row.getLong(4))))
                    : Optional.empty();
        }
    }

    private long device(Digest32 id) throws SQLException {
        Long known = devices.get(id);
        if (known != null) {
            return known;
        }
        sql.update("INSERT OR IGNORE INTO device (device_id) VALUES (?)", (Object) id.bytes());
        long number =
                sql.number(0, "SELECT device FROM device WHERE device_id = ?", (Object) id.bytes());
        if (devices.size() >= DEVICES_MAX) {
            devices.clear();
        }
        devices.put(id, number);
        return number;
    }

    /// The transaction has not happened: devices that it added are not known.
    void onRolledBack() {
        devices.clear();
    }
}
