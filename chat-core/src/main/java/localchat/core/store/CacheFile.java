package localchat.core.store;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Id128;

/// The rooms that were entered and the newest of their messages, on disk. Not precious: what is in
/// it can be had from the servers again. Belongs to one thread at a time.
///
/// What is written counts at once for who reads here, and is kept by [#commit].
public final class CacheFile implements AutoCloseable {
    /// The file in the profile's folder.
    public static final String NAME = "cache.db";

    /// How much is kept.
    ///
    /// @param messages in all rooms; past it the oldest go, from the room whose oldest is the
    ///   oldest
    /// @param messagesOfRoom in one room; past it its oldest go
    public record Limits(int messages, int messagesOfRoom) {
        /// About 100 MB of disk at most with texts of usual length. Reason: what somebody can have
        /// read; whoever looks further back asks the server.
        public static final Limits STANDARD = new Limits(200_000, 20_000);
    }

    /// Largest file, in bytes. Reason: 200,000 of the longest messages; a file that wants more has
    /// a fault.
    private static final long BYTES_MAX = 2L * 1024 * 1024 * 1024;

    /// "LCca" in ASCII.
    private static final int APPLICATION_ID = 0x4C436361;

    /// Messages that go at once when there are too many in all rooms. Reason: to look for the
    /// oldest room takes a moment.
    private static final int TRIMMED_AT_ONCE = 256;

    private static final Schema SCHEMA =
            new Schema(
                    APPLICATION_ID,
                    1,
                    List.of(
                            """
                            CREATE TABLE room (
                              room_key INTEGER PRIMARY KEY AUTOINCREMENT, server_id BLOB NOT NULL,
                              epoch BLOB NOT NULL, wire_id INTEGER NOT NULL, info BLOB NOT NULL,
                              last_seq INTEGER NOT NULL, read_seq INTEGER NOT NULL,
                              unread INTEGER NOT NULL, mentions INTEGER NOT NULL,
                              wanted_seq INTEGER NOT NULL, draft TEXT NOT NULL,
                              messages INTEGER NOT NULL DEFAULT 0
                            ) STRICT
                            """,
                            """
                            CREATE TABLE message (
                              room_key INTEGER NOT NULL, seq INTEGER NOT NULL, as_of INTEGER NOT NULL,
                              time_millis INTEGER NOT NULL, form BLOB NOT NULL,
                              PRIMARY KEY (room_key, seq)
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE stretch (
                              room_key INTEGER NOT NULL, from_seq INTEGER NOT NULL,
                              to_seq INTEGER NOT NULL, as_of INTEGER NOT NULL,
                              PRIMARY KEY (room_key, from_seq)
                            ) STRICT, WITHOUT ROWID
                            """));

    /// A room.
    ///
    /// @param epoch the history that its seqs count
    /// @param wireId the server's id of it
    /// @param lastSeq everything up to here was delivered
    /// @param wantedSeq what the server is still to be told as read; 0: nothing
    public record Room(
            Id128 epoch,
            long wireId,
            ByteString info,
            long lastSeq,
            long readSeq,
            int unread,
            int mentions,
            long wantedSeq,
            String draft) {}

    /// A room under the key by which it is named here.
    public record KeyedRoom(long key, Room room) {}

    /// A message.
    ///
    /// @param asOf what happened up to this seq is folded in
    public record Message(long seq, long asOf, long timeMillis, ByteString form) {}

    /// A stretch of a room's log all of whose messages are here, both ends included.
    ///
    /// @param asOf what happened up to this seq is folded into them; 0: everything delivered
    public record Stretch(long fromSeq, long toSeq, long asOf) {}

    /// What had to go: the messages of a room up to this seq.
    public record Trimmed(long key, long upToSeq) {}

    private final Database database;
    private final Limits limits;
    private final Map<Long, Long> counts = new HashMap<>();
    private long total;
    private boolean begun;

    CacheFile(Database database, Limits limits) throws SQLException {
        this.database = database;
        this.limits = limits;
        for (List<Long> room :
                database.list(
                        "SELECT room_key, messages FROM room",
                        row -> List.of(row.getLong(1), row.getLong(2)))) {
            counts.put(room.get(0), room.get(1));
            total += room.get(1);
        }
    }

    /// Opens the cache of a profile's folder, making it when it is not there.
    public static CacheFile open(Path folder) throws StoreException {
        return open(folder, Limits.STANDARD);
    }

    /// As [#open(Path)], with other limits.
    public static CacheFile open(Path folder, Limits limits) throws StoreException {
        Database database =
                Database.open(folder.resolve(NAME), Database.Durability.SYSTEM, SCHEMA, BYTES_MAX);
        try {
            return new CacheFile(database, limits);
        } catch (SQLException e) {
            database.close();
            throw StoreException.of(e);
        }
    }

    /// Deletes the cache of a folder. Not to be called while it is open.
    public static void delete(Path folder) throws StoreException {
        try {
            for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
                Files.deleteIfExists(folder.resolve(NAME + suffix));
            }
        } catch (IOException e) {
            throw new StoreException(StoreException.Kind.FAILED, e.toString(), e);
        }
    }

    /// The rooms of a server, in the order in which they were added.
    public List<KeyedRoom> rooms(Id128 serverId) throws StoreException {
        return read(() ->
                database.list(
                        """
                        SELECT room_key, epoch, wire_id, info, last_seq, read_seq, unread, mentions,
                          wanted_seq, draft FROM room WHERE server_id = ? ORDER BY room_key
                        """,
                        CacheFile::room,
                        serverId.bytes()));
    }

    private static KeyedRoom room(ResultSet row) throws SQLException {
        return new KeyedRoom(
                row.getLong(1),
                new Room(
                        Id128.of(row.getBytes(2)),
                        row.getLong(3),
                        ByteString.copyFrom(row.getBytes(4)),
                        row.getLong(5),
                        row.getLong(6),
                        row.getInt(7),
                        row.getInt(8),
                        row.getLong(9),
                        row.getString(10)));
    }

    /// Adds a room behind the others.
    ///
    /// @return its key
    public long addRoom(Id128 serverId, Room room) throws StoreException {
        return write(() -> {
            long key =
                    database.number(
                            """
                            INSERT INTO room (server_id, epoch, wire_id, info, last_seq, read_seq, unread,
                              mentions, wanted_seq, draft)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING room_key
                            """,
                            serverId.bytes(),
                            room.epoch().bytes(),
                            room.wireId(),
                            room.info().toByteArray(),
                            room.lastSeq(),
                            room.readSeq(),
                            room.unread(),
                            room.mentions(),
                            room.wantedSeq(),
                            room.draft());
            counts.put(key, 0L);
            return key;
        });
    }

    /// Writes how a room stands now.
    public void putRoom(long key, Room room) throws StoreException {
        write(() -> {
            database.update(
                    """
                    UPDATE room SET epoch = ?, wire_id = ?, info = ?, last_seq = ?, read_seq = ?,
                      unread = ?, mentions = ?, wanted_seq = ?, draft = ?, messages = ?
                    WHERE room_key = ?
                    """,
                    room.epoch().bytes(),
                    room.wireId(),
                    room.info().toByteArray(),
                    room.lastSeq(),
                    room.readSeq(),
                    room.unread(),
                    room.mentions(),
                    room.wantedSeq(),
                    room.draft(),
                    count(key),
                    key);
            return key;
        });
    }

    /// Takes a room out, with its messages.
    public void removeRoom(long key) throws StoreException {
        removeMessages(key);
        write(() -> {
            database.update("DELETE FROM room WHERE room_key = ?", key);
            counts.remove(key);
            return key;
        });
    }

    /// Takes all messages of a room out.
    public void removeMessages(long key) throws StoreException {
        write(() -> {
            database.update("DELETE FROM message WHERE room_key = ?", key);
            database.update("DELETE FROM stretch WHERE room_key = ?", key);
            setCount(key, 0);
            return key;
        });
    }

    /// Writes a message, over the one with its seq.
    public void putMessage(long key, Message message) throws StoreException {
        write(() -> {
            PreparedStatement insert =
                    database.prepare("INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?)");
            insert.setLong(1, key);
            insert.setLong(2, message.seq());
            insert.setLong(3, message.asOf());
            insert.setLong(4, message.timeMillis());
            insert.setBytes(5, message.form().toByteArray());
            if (insert.executeUpdate() == 1) {
                setCount(key, count(key) + 1);
            } else {
                database.update(
                        "UPDATE message SET as_of = ?, form = ? WHERE room_key = ? AND seq = ?",
                        message.asOf(),
                        message.form().toByteArray(),
                        key,
                        message.seq());
            }
            return key;
        });
    }

    private long count(long key) {
        return counts.getOrDefault(key, 0L);
    }

    private void setCount(long key, long count) {
        total += count - count(key);
        counts.put(key, count);
    }

    /// The message with this seq.
    public Optional<Message> message(long key, long seq) throws StoreException {
        return from(key, seq, seq, 1).stream().findFirst();
    }

    /// The newest messages from one seq up to below another, in ascending seq.
    public List<Message> before(long key, long fromSeq, long beforeSeq, int limit)
            throws StoreException {
        return read(() ->
                        database.list(
                                """
                                SELECT seq, as_of, time_millis, form FROM message
                                WHERE room_key = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?
                                """,
                                CacheFile::message,
                                key,
                                fromSeq,
                                beforeSeq,
                                limit))
                .reversed();
    }

    /// The oldest messages between two seqs, both included, in ascending seq.
    public List<Message> from(long key, long fromSeq, long toSeq, int limit) throws StoreException {
        return fromTime(key, fromSeq, toSeq, Long.MIN_VALUE, limit);
    }

    /// As [#from], those of this time or later alone.
    public List<Message> fromTime(long key, long fromSeq, long toSeq, long timeMillis, int limit)
            throws StoreException {
        return read(() ->
                database.list(
                        """
                        SELECT seq, as_of, time_millis, form FROM message
                        WHERE room_key = ? AND seq >= ? AND seq <= ? AND time_millis >= ?
                        ORDER BY seq LIMIT ?
                        """,
                        CacheFile::message,
                        key,
                        fromSeq,
                        toSeq,
                        timeMillis,
                        limit));
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                ByteString.copyFrom(row.getBytes(4)));
    }

    /// The stretches of a room that are here, in ascending seq.
    public List<Stretch> stretches(long key) throws StoreException {
        return read(() ->
                database.list(
                        "SELECT from_seq, to_seq, as_of FROM stretch WHERE room_key = ? ORDER BY from_seq",
                        row -> new Stretch(row.getLong(1), row.getLong(2), row.getLong(3)),
                        key));
    }

    /// Writes which stretches of a room are here.
    public void putStretches(long key, List<Stretch> stretches) throws StoreException {
        write(() -> {
            database.update("DELETE FROM stretch WHERE room_key = ?", key);
            for (Stretch stretch : stretches) {
                database.update(
                        "INSERT INTO stretch VALUES (?, ?, ?, ?)",
                        key,
                        stretch.fromSeq(),
                        stretch.toSeq(),
                        stretch.asOf());
            }
            return key;
        });
    }

    /// Takes out what is too much.
    ///
    /// @return what had to go, room by room
    public List<Trimmed> trim() throws StoreException {
        List<Trimmed> trimmed = new ArrayList<>();
        for (long key : List.copyOf(counts.keySet())) {
            if (count(key) > limits.messagesOfRoom()) {
                trimmed.add(trim(key, count(key) - limits.messagesOfRoom()));
            }
        }
        while (total > limits.messages()) {
            long key = roomWithTheOldest();
            trimmed.add(trim(key, Math.min(total - limits.messages(), TRIMMED_AT_ONCE)));
        }
        return trimmed;
    }

    /// Takes out the oldest messages of a room beyond so many.
    ///
    /// @return what had to go
    public Optional<Trimmed> trimTo(long key, long messagesMax) throws StoreException {
        return count(key) > messagesMax
                ? Optional.of(trim(key, count(key) - messagesMax))
                : Optional.empty();
    }

    /// Takes out the oldest messages of a room up to the first one of this time or later.
    ///
    /// @return what had to go
    public Optional<Trimmed> trimBefore(long key, long timeMillis) throws StoreException {
        long older =
                read(() ->
                        database.number(
                                """
                                SELECT count(*) FROM message WHERE room_key = ? AND seq < coalesce(
                                  (SELECT min(seq) FROM message WHERE room_key = ? AND time_millis >= ?),
                                  9223372036854775807)
                                """,
                                key,
                                key,
                                timeMillis));
        return older > 0 ? Optional.of(trim(key, older)) : Optional.empty();
    }

    private long roomWithTheOldest() throws StoreException {
        long oldest = 0;
        long oldestMillis = Long.MAX_VALUE;
        for (Map.Entry<Long, Long> room : counts.entrySet()) {
            if (room.getValue() > 0) {
                long millis = from(room.getKey(), 0, Long.MAX_VALUE, 1).getFirst().timeMillis();
                if (millis < oldestMillis) {
                    oldest = room.getKey();
                    oldestMillis = millis;
                }
            }
        }
        return oldest;
    }

    private Trimmed trim(long key, long messages) throws StoreException {
        return write(() -> {
            long removed = Math.min(messages, count(key));
            long upToSeq =
                    database.number(
                            "SELECT seq FROM message WHERE room_key = ? ORDER BY seq LIMIT 1 OFFSET ?",
                            key,
                            removed - 1);
            database.update("DELETE FROM message WHERE room_key = ? AND seq <= ?", key, upToSeq);
            database.update("DELETE FROM stretch WHERE room_key = ? AND to_seq <= ?", key, upToSeq);
            database.update(
                    "UPDATE stretch SET from_seq = ? WHERE room_key = ? AND from_seq <= ?",
                    upToSeq + 1,
                    key,
                    upToSeq);
            setCount(key, count(key) - removed);
            database.update("UPDATE room SET messages = ? WHERE room_key = ?", count(key), key);
            return new Trimmed(key, upToSeq);
        });
    }

    /// Messages in all rooms.
    public long total() {
        return total;
    }

    /// Keeps what was written.
    public void commit() throws StoreException {
        if (begun) {
            begun = false;
            database.commit();
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T read(Work<T> work) throws StoreException {
        try {
            return work.run();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    private <T> T write(Work<T> work) throws StoreException {
        if (!begun) {
            database.begin();
            begun = true;
        }
        return read(work);
    }

    @Override
    public void close() throws StoreException {
        try {
            commit();
        } finally {
            database.close();
        }
    }
}
