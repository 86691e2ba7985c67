package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.model.TombstoneCause;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomState;

/// The events on disk and what they do to each other. Runs on the storage thread, within a
/// transaction.
final class EventTable {
    private final Sql sql;

    EventTable(Sql sql) {
        this.sql = sql;
    }

    /// Adds the next event of a room, which was found to be allowed, and does what it says.
    void add(RoomRecord room, RoomEvent event, EncodedFrame frame) throws SQLException {
        long target = EventKind.target(event.body());
        insert(room, event, StoredFrame.payload(frame), target);
        switch (event.body()) {
            case EventBody.Message message -> onMessage(room, event, message);
            case EventBody.Edit _ -> onEdit(room.key(target), room.key(event.seq()));
            case EventBody.Delete _ -> {
                EventBody.Tombstone tombstone =
                        new EventBody.Tombstone(TombstoneCause.DELETED, event.senderId());
                buryEdits(room, target, tombstone, RoomRules.EDITS_MAX);
                bury(room, target, tombstone);
            }
            case EventBody.Reaction reaction -> onReaction(room.key(target), event, reaction);
            case EventBody.Pin pin -> pin(room, target, !pin.unpin());
            case EventBody.Membership membership -> onMembership(room, event.seq(), membership);
            case EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Settings _,
                    EventBody.Moderation _ ->
                    room.ownState().apply(event.seq(), event.body());
            case EventBody.Tombstone _, EventBody.Unknown _ ->
                    throw new IllegalArgumentException("nobody posts this: " + event.body());
        }
    }

    private void insert(RoomRecord room, RoomEvent event, byte[] payload, long target)
            throws SQLException {
        long key = room.key(event.seq());
        int kind = EventKind.of(event.body());
        int crc = StoredFrame.crc(key, payload);
        if (target == 0) {
            sql.update(
                    "INSERT INTO event (id, time_ms, kind, sender_id, crc, frame)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    key,
                    event.timeMillis(),
                    kind,
                    event.senderId(),
                    crc,
                    payload);
        } else {
            sql.update(
                    "INSERT INTO event (id, time_ms, kind, sender_id, crc, frame, target_id)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    key,
                    event.timeMillis(),
                    kind,
                    event.senderId(),
                    crc,
                    payload,
                    room.key(target));
        }
    }

    private void onMessage(RoomRecord room, RoomEvent event, EventBody.Message message)
            throws SQLException {
        room.addMessages(1);
        for (long userId : message.mentions()) {
            if (userId != event.senderId()) {
                sql.update(
                        "INSERT OR IGNORE INTO mention (user_id, event_id) VALUES (?, ?)",
                        userId,
                        room.key(event.seq()));
            }
        }
    }

    private void onEdit(long targetKey, long editKey) throws SQLException {
        sql.update(
                "INSERT INTO fold (event_id, edit_id, edits, pinned) VALUES (?, ?, 1, 0)"
                        + " ON CONFLICT (event_id) DO UPDATE"
                        + " SET edit_id = excluded.edit_id, edits = edits + 1",
                targetKey,
                editKey);
    }

    private void onReaction(long targetKey, RoomEvent event, EventBody.Reaction reaction)
            throws SQLException {
        String emoji = reaction.emoji().value();
        if (reaction.remove()) {
            int removed =
                    sql.update(
                            "DELETE FROM reaction WHERE event_id = ? AND emoji = ? AND user_id = ?",
                            targetKey,
                            emoji,
                            event.senderId());
            if (removed > 0) {
                sql.update(
                        "UPDATE tally SET people = people - 1 WHERE event_id = ? AND emoji = ?",
                        targetKey,
                        emoji);
                sql.update(
                        "DELETE FROM tally WHERE event_id = ? AND emoji = ? AND people = 0",
                        targetKey,
                        emoji);
            }
            return;
        }
        int added =
                sql.update(
                        "INSERT OR IGNORE INTO reaction (event_id, emoji, user_id, seq)"
                                + " VALUES (?, ?, ?, ?)",
                        targetKey,
                        emoji,
                        event.senderId(),
                        event.seq());
        if (added > 0) {
            sql.update(
                    "INSERT INTO tally (event_id, emoji, first_seq, people) VALUES (?, ?, ?, 1)"
                            + " ON CONFLICT (event_id, emoji) DO UPDATE SET people = people + 1",
                    targetKey,
                    emoji,
                    event.seq());
        }
    }

    private void pin(RoomRecord room, long target, boolean pinned) throws SQLException {
        long key = room.key(target);
        boolean before = sql.number(0, "SELECT pinned FROM fold WHERE event_id = ?", key) != 0;
        if (before != pinned) {
            sql.update(
                    "INSERT INTO fold (event_id, edits, pinned) VALUES (?, 0, ?)"
                            + " ON CONFLICT (event_id) DO UPDATE SET pinned = excluded.pinned",
                    key,
                    pinned ? 1 : 0);
            room.ownState().addPins(pinned ? 1 : -1);
        }
    }

    private void onMembership(RoomRecord room, long seq, EventBody.Membership event)
            throws SQLException {
        RoomState state = room.ownState();
        state.apply(seq, event);
        RoomState.Membership now = state.members().get(event.userId());
        if (now == null) {
            sql.update(
                    "DELETE FROM membership WHERE room_id = ? AND user_id = ?",
                    room.id(),
                    event.userId());
        } else {
            DirectoryTables.putMember(sql, room.id(), event.userId(), now);
        }
    }

    /// Puts tombstones in the place of a message's edits, at most `eventsMax` of them; returns how
    /// many.
    int buryEdits(RoomRecord room, long seq, EventBody.Tombstone tombstone, int eventsMax)
            throws SQLException {
        List<Long> edits = new ArrayList<>();
        try (ResultSet rows =
                sql.query(
                        "SELECT id FROM event INDEXED BY event_edit"
                                + " WHERE target_id = ? AND kind = 2 LIMIT ?",
                        room.key(seq),
                        eventsMax)) {
            while (rows.next()) {
                edits.add(rows.getLong(1));
            }
        }
        for (long edit : edits) {
            replace(edit, read(edit), tombstone, EventKind.GONE_EDIT);
        }
        return edits.size();
    }

    /// Puts a tombstone in the place of a message without edits; all that was added to it goes.
    void bury(RoomRecord room, long seq, EventBody.Tombstone tombstone) throws SQLException {
        long key = room.key(seq);
        RoomEvent event = read(key);
        if (event.body() instanceof EventBody.Message message) {
            for (long userId : message.mentions()) {
                sql.update("DELETE FROM mention WHERE user_id = ? AND event_id = ?", userId, key);
            }
        }
        pin(room, seq, false);
        sql.update("DELETE FROM fold WHERE event_id = ?", key);
        sql.update("DELETE FROM tally WHERE event_id = ?", key);
        sql.update("DELETE FROM reaction WHERE event_id = ?", key);
        replace(key, event, tombstone, EventKind.GONE_MESSAGE);
        room.addMessages(-1);
    }

    private void replace(long key, RoomEvent event, EventBody.Tombstone tombstone, int kind)
            throws SQLException {
        byte[] payload =
                StoredFrame.payload(WireEncoding.encodedEvent(Tombstones.of(event, tombstone)));
        sql.update(
                "UPDATE event SET kind = ?, crc = ?, frame = ? WHERE id = ?",
                kind,
                StoredFrame.crc(key, payload),
                payload,
                key);
    }

    private RoomEvent read(long key) throws SQLException {
        try (ResultSet row = sql.query("SELECT frame, crc FROM event WHERE id = ?", key)) {
            if (!row.next()) {
                throw StoredFrame.damaged(key, "is missing");
            }
            return StoredFrame.event(key, row.getBytes(1), row.getInt(2));
        }
    }

    /// How often a message was edited.
    int edits(long key) throws SQLException {
        return (int) sql.number(0, "SELECT edits FROM fold WHERE event_id = ?", key);
    }

    /// How many different reactions there are to a message, this one not counted.
    int otherReactions(long key, Emoji emoji) throws SQLException {
        return (int)
                sql.number(
                        0,
                        "SELECT count(*) FROM tally WHERE event_id = ? AND emoji <> ?",
                        key,
                        emoji.value());
    }
}
