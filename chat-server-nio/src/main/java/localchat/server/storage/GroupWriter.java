package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import localchat.server.room.RoomRules.Refusal;
import localchat.server.room.RoomRules.Target;

/// Decides and writes groups of posts, each group in one transaction. Runs on the storage thread.
final class GroupWriter {
    /// Something done within a transaction.
    @FunctionalInterface
    interface Action {
        void run() throws SQLException;
    }

    private final Sql sql;
    private final RoomBook rooms;
    private final StoragePoints points;
    private final EventTable events;
    private final PostTable posts;
    private long eventsTotal;

    /// @param rooms as of the database
    GroupWriter(Sql sql, RoomBook rooms, StoragePoints points) throws SQLException {
        this.sql = sql;
        this.rooms = rooms;
        this.points = points;
        this.events = new EventTable(sql);
        this.posts = new PostTable(sql);
        this.eventsTotal = Meta.eventsTotal(sql);
    }

    /// Events in all rooms together, as of the last commit.
    long eventsTotal() {
        return eventsTotal;
    }

    RoomBook rooms() {
        return rooms;
    }

    EventTable events() {
        return events;
    }

    /// Writes all of it, or nothing.
    ///
    /// @param now milliseconds since 1970-01-01T00:00:00Z
    /// @return how the posts were decided
    List<PostOutcome> write(Work work, long now) throws CommitException {
        List<PostOutcome> outcomes = new ArrayList<>(work.posts().size());
        long before = eventsTotal;
        try {
            transact(() -> {
                for (Note note : work.notes()) {
                    write(note);
                }
                for (Map.Entry<ReaderKey, Long> mark : work.marks().entrySet()) {
                    DirectoryTables.raiseMarker(sql, mark.getKey(), mark.getValue());
                }
                for (LogPost post : work.posts()) {
                    outcomes.add(decide(post, now));
                }
                if (eventsTotal != before) {
                    Meta.eventsTotal(sql, eventsTotal);
                }
            });
            return outcomes;
        } catch (CommitException | RuntimeException | Error e) {
            eventsTotal = before;
            throw e;
        }
    }

    /// Runs an action in a transaction of its own, the rooms it changes included.
    void transact(Action action) throws CommitException {
        boolean syncing = false;
        try {
            sql.run("BEGIN IMMEDIATE");
            points.at(StoragePoints.Point.AFTER_BEGIN);
            action.run();
            for (RoomRecord room : rooms.changed()) {
                if (room.isChanged()) {
                    DirectoryTables.update(sql, room);
                }
            }
            points.at(StoragePoints.Point.AFTER_INSERTS);
            syncing = true;
            points.at(StoragePoints.Point.BEFORE_COMMIT);
            sql.run("COMMIT");
            rooms.onCommitted();
        } catch (SQLException e) {
            rollback();
            throw new CommitException(StorageFault.of(e, syncing), e);
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
    }

    private void rollback() {
        sql.rollback();
        rooms.onRolledBack();
        posts.onRolledBack();
    }

    private void write(Note note) throws SQLException {
        switch (note) {
            case Note.Room(long roomId, var initial) -> {
                RoomRecord room = new RoomRecord(roomId, initial, RoomRecord.Head.NONE, 0, 1);
                if (rooms.add(room)) {
                    DirectoryTables.addRoom(sql, room);
                }
            }
            case Note.Newcomer(var person) -> DirectoryTables.putPerson(sql, person);
            case Note.Reservation(String name, long end, Runnable _) -> Meta.put(sql, name, end);
            case Note.Kept(long _, var record) -> AccountTables.put(sql, record);
            case Note.Gone(long _, var key) -> AccountTables.remove(sql, key);
            case Note.AdminCode(long _, var hash) -> Meta.adminCode(sql, hash);
        }
    }

    private PostOutcome decide(LogPost post, long now) throws SQLException {
        RoomRecord room = rooms.change(post.roomId());
        Optional<Refusal> refusal =
                room == null
                        ? Optional.of(
                                new Refusal(
                                        ErrorCode.NOT_FOUND,
                                        "there is no such room on this server"))
                        : judge(room, post);
        if (room == null || refusal.isPresent()) {
            Optional<PostOutcome> before = decideAgain(post);
            return before.orElseGet(() ->
                    new PostOutcome.Refused(
                            post, refusal.orElseThrow().code(), refusal.orElseThrow().text()));
        }
        long seq = room.headSeq() + 1;
        if (!posts.add(post, seq)) {
            return decideAgain(post)
                    .orElseThrow(() -> new DamagedException("a post is there and is not"));
        }
        RoomEvent event =
                new RoomEvent(
                        post.roomId(),
                        seq,
                        now,
                        post.senderId(),
                        post.senderName(),
                        post.id(),
                        post.body());
        EncodedFrame frame = WireEncoding.encodedEvent(event);
        events.add(room, event, frame);
        room.head(new RoomRecord.Head(seq, now));
        eventsTotal++;
        return new PostOutcome.Stored(post, seq, now, frame);
    }

    /// The first answer again, if the post was stored before.
    private Optional<PostOutcome> decideAgain(LogPost post) throws SQLException {
        Optional<PostTable.Stored> stored = posts.find(post);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        PostTable.Stored before = stored.orElseThrow();
        boolean same =
                before.roomId() == post.roomId()
                        && before.body().equals(BodyDigest.of(post.body()));
        if (!same) {
            return Optional.of(
                    new PostOutcome.Refused(
                            post,
                            ErrorCode.CONFLICT,
                            "this client_msg_id stands for another message already"));
        }
        long key = EventKey.of(before.roomId(), before.seq());
        long timeMillis = sql.number(0, "SELECT time_ms FROM event WHERE id = ?", key);
        return Optional.of(new PostOutcome.Duplicate(post, before.seq(), timeMillis));
    }

    private Optional<Refusal> judge(RoomRecord room, LogPost post) throws SQLException {
        try {
            return MessageBounds.judge(
                    room.state(), post.sender(), post.body(), new RoomTargets(room));
        } catch (TargetException e) {
            throw e.fault;
        }
    }

    /// Carries a fault of the database through a function that knows of none.
    private static final class TargetException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient SQLException fault;

        TargetException(SQLException fault) {
            super(fault);
            this.fault = fault;
        }
    }

    /// What posts to a room are about, as of the transaction under way.
    private final class RoomTargets implements MessageBounds.Book {
        private final RoomRecord room;

        RoomTargets(RoomRecord room) {
            this.room = room;
        }

        @Override
        public Optional<Target> find(long seq) {
            if (seq < 1 || seq > room.headSeq()) {
                return Optional.empty();
            }
            try (ResultSet row =
                    sql.query(
                            "SELECT sender_id, kind, coalesce(pinned, 0) FROM event"
                                    + " LEFT JOIN fold ON event_id = id WHERE id = ?",
                            room.key(seq))) {
                if (!row.next()) {
                    throw StoredFrame.damaged(room.key(seq), "is missing");
                }
                boolean isMessage = row.getInt(2) == EventKind.MESSAGE;
                return Optional.of(new Target(row.getLong(1), isMessage, row.getInt(3) != 0));
            } catch (SQLException e) {
                throw new TargetException(e);
            }
        }

        @Override
        public int edits(long seq) {
            try {
                return events.edits(room.key(seq));
            } catch (SQLException e) {
                throw new TargetException(e);
            }
        }

        @Override
        public int otherReactions(long seq, Emoji emoji) {
            try {
                return events.otherReactions(room.key(seq), emoji);
            } catch (SQLException e) {
                throw new TargetException(e);
            }
        }
    }
}
