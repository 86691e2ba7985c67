package localchat.core.store;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomKind;

/// Own posts that the server has not acknowledged, on disk, and which server was last seen at which
/// address. What is written survives a power cut. Belongs to one thread at a time.
public final class OutboxFile implements AutoCloseable {
    /// The file in the profile's folder.
    public static final String NAME = "outbox.db";

    /// Largest file, in bytes. Past it nothing can be posted until something was sent. Reason:
    /// twice what a full outbox for one server takes.
    static final long BYTES_MAX = 256L * 1024 * 1024;

    /// "LCob" in ASCII.
    private static final int APPLICATION_ID = 0x4C436F62;

    private static final Schema SCHEMA =
            new Schema(
                    APPLICATION_ID,
                    1,
                    List.of(
                            """
                            CREATE TABLE post (
                              server_id BLOB NOT NULL, id BLOB NOT NULL, position INTEGER NOT NULL,
                              epoch BLOB NOT NULL, room_id INTEGER NOT NULL, room_name TEXT NOT NULL,
                              room_kind TEXT NOT NULL, body BLOB NOT NULL,
                              refusal_code TEXT NOT NULL, refusal_text TEXT NOT NULL,
                              PRIMARY KEY (server_id, id)
                            ) STRICT, WITHOUT ROWID
                            """,
                            """
                            CREATE TABLE address (
                              address TEXT PRIMARY KEY, server_id BLOB NOT NULL
                            ) STRICT, WITHOUT ROWID
                            """));

    private static final String PUT =
            """
            INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (server_id, id) DO UPDATE SET position = excluded.position, epoch = excluded.epoch, room_id = excluded.room_id, room_name = excluded.room_name,
              room_kind = excluded.room_kind, body = excluded.body,
              refusal_code = excluded.refusal_code, refusal_text = excluded.refusal_text
            """;

    private static final String REMOVE = "DELETE FROM post WHERE server_id = ? AND id = ?";

    /// One post as it is stored.
    ///
    /// @param position where it stands among the others of its server
    /// @param room where it goes
    /// @param refusalCode why it failed; "" while it waits
    /// @param refusalText the same for a person
    public record Post(
            MessageId id,
            long position,
            Room room,
            ByteString body,
            String refusalCode,
            String refusalText) {}

    /// A room as a post remembers it: enough to find it again when nothing else is left.
    ///
    /// @param epoch the history of the server in which it has this id
    public record Room(Id128 epoch, long roomId, String name, RoomKind kind) {}

    private final Database database;

    private OutboxFile(Database database) {
        this.database = database;
    }

    /// Opens the outbox of a profile's folder, making it when it is not there. All of it is read
    /// once: a damaged page is found now, and not when a post is to go there. That takes a few
    /// milliseconds, and a second for the largest one.
    public static OutboxFile open(Path folder) throws StoreException {
        return open(folder, BYTES_MAX);
    }

    /// As [#open(Path)], with another size at most.
    public static OutboxFile open(Path folder, long bytesMax) throws StoreException {
        Database database =
                Database.open(folder.resolve(NAME), Database.Durability.DISK, SCHEMA, bytesMax);
        try {
            database.check();
            return new OutboxFile(database);
        } catch (StoreException e) {
            database.close();
            throw e;
        }
    }

    /// The server that was last seen at this address.
    public Optional<Id128> serverAt(String address) throws StoreException {
        try {
            return database
                    .list(
                            "SELECT server_id FROM address WHERE address = ?",
                            row -> Id128.of(row.getBytes(1)),
                            address)
                    .stream()
                    .findFirst();
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// Remembers which server is at this address.
    public void putServerAt(String address, Id128 serverId) throws StoreException {
        database.transaction(() ->
                database.update(
                        "INSERT OR REPLACE INTO address VALUES (?, ?)", address, serverId.bytes()));
    }

    /// All posts for a server, in order.
    public List<Post> posts(Id128 serverId) throws StoreException {
        try {
            return database.list(
                    """
                    SELECT id, position, epoch, room_id, room_name, room_kind, body, refusal_code,
                      refusal_text FROM post WHERE server_id = ? ORDER BY position
                    """,
                    row ->
                            new Post(
                                    MessageId.of(row.getBytes(1)),
                                    row.getLong(2),
                                    new Room(
                                            Id128.of(row.getBytes(3)),
                                            row.getLong(4),
                                            row.getString(5),
                                            RoomKind.valueOf(row.getString(6))),
                                    ByteString.copyFrom(row.getBytes(7)),
                                    row.getString(8),
                                    row.getString(9)),
                    serverId.bytes());
        } catch (SQLException e) {
            throw StoreException.of(e);
        }
    }

    /// Stores these posts, over what is stored under their ids, and takes others out: all or
    /// nothing. Returns when the disk has it.
    public void store(Id128 serverId, Collection<Post> posts, Collection<MessageId> removed)
            throws StoreException {
        database.transaction(() -> {
            // First what goes, so that a full disk has room for what comes.
            PreparedStatement remove = database.prepare(REMOVE);
            for (MessageId id : removed) {
                remove.setBytes(1, serverId.bytes());
                remove.setBytes(2, id.bytes());
                remove.addBatch();
            }
            remove.executeBatch();
            PreparedStatement put = database.prepare(PUT);
            for (Post post : posts) {
                bind(put, serverId, post);
                put.addBatch();
            }
            put.executeBatch();
        });
    }

    private static void bind(PreparedStatement put, Id128 serverId, Post post) throws SQLException {
        put.setBytes(1, serverId.bytes());
        put.setBytes(2, post.id().bytes());
        put.setLong(3, post.position());
        put.setBytes(4, post.room().epoch().bytes());
        put.setLong(5, post.room().roomId());
        put.setString(6, post.room().name());
        put.setString(7, post.room().kind().name());
        put.setBytes(8, post.body().toByteArray());
        put.setString(9, post.refusalCode());
        put.setString(10, post.refusalText());
    }

    @Override
    public void close() throws StoreException {
        database.close();
    }
}
