package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.ReactionTally;
import localchat.core.model.RoomEvent;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;

/// Reads a page of messages; see [localchat.server.room.MessageLog#readPage].
record PageQuery(long roomId, long visibleFromSeq, PageAnchor anchor, int messagesMax)
        implements Query<Page> {
    /// Messages are found by this index alone, which knows the messages of a room apart from
    /// everything else that happened in it.
    private static final String MESSAGES =
            " FROM event INDEXED BY event_message WHERE (kind = 1 OR kind = 10) AND ";

    /// Where messages are looked for: keys from `lowest` to below `past`.
    private record Bounds(long lowest, long past) {}

    @Override
    public Page read(Sql sql) throws SQLException {
        long head = sql.number(-1, "SELECT head_seq FROM room WHERE room_id = ?", roomId);
        if (head < 0) {
            return new Page(List.of(), 0, false, false);
        }
        long past = head + 1;
        Bounds bounds = new Bounds(key(Math.clamp(visibleFromSeq, 1, past)), key(past));
        long from = Math.max(key(from(sql, head, bounds)), bounds.lowest());
        long to =
                anchor instanceof PageAnchor.Before(long seq) && seq != 0
                        ? key(Math.min(seq, past))
                        : bounds.past();
        List<ChatMessage> messages = messages(sql, from, to);
        long next = messages.isEmpty() ? from : key(messages.getLast().seq()) + 1;
        return new Page(
                messages,
                head,
                exists(sql, bounds.lowest(), from),
                exists(sql, next, bounds.past()));
    }

    private long key(long seq) {
        return EventKey.of(roomId, seq);
    }

    /// Seq from which on the page has messages.
    private long from(Sql sql, long head, Bounds bounds) throws SQLException {
        return switch (anchor) {
            case PageAnchor.Before(long seq) -> {
                long below = seq == 0 ? head + 1 : Math.min(seq, head + 1);
                yield back(sql, below, messagesMax, bounds.lowest());
            }
            case PageAnchor.After(long seq) -> Math.clamp(seq, 0, head) + 1;
            case PageAnchor.Around(long seq) ->
                    back(sql, Math.clamp(seq, 0, head + 1), messagesMax / 2, bounds.lowest());
            case PageAnchor.FromTime(long epochMillis) -> firstFrom(sql, epochMillis, head);
        };
    }

    /// Where to begin so that up to `count` messages come before `seq`.
    private long back(Sql sql, long seq, int count, long lowest) throws SQLException {
        long from = key(seq);
        try (ResultSet row =
                sql.query(
                        "SELECT id" + MESSAGES + "id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
                        lowest,
                        from,
                        count)) {
            while (row.next()) {
                from = row.getLong(1);
            }
        }
        return EventKey.seq(from);
    }

    /// Seq of the oldest event from a time on; found by halving: where the clock jumped back it may
    /// be another one close by.
    private long firstFrom(Sql sql, long epochMillis, long head) throws SQLException {
        long low = 1;
        long high = head + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long time =
                    sql.number(
                            Long.MAX_VALUE, "SELECT time_ms FROM event WHERE id = ?", key(middle));
            if (time < epochMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean exists(Sql sql, long fromKey, long toKey) throws SQLException {
        return sql.number(0, "SELECT 1" + MESSAGES + "id >= ? AND id < ? LIMIT 1", fromKey, toKey)
                != 0;
    }

    private List<ChatMessage> messages(Sql sql, long from, long to) throws SQLException {
        List<ChatMessage> messages = new ArrayList<>();
        try (ResultSet row =
                sql.query(
                        "SELECT m.id, m.frame, m.crc, e.id, e.frame, e.crc, f.pinned"
                                + " FROM event m INDEXED BY event_message"
                                + " LEFT JOIN fold f ON f.event_id = m.id"
                                + " LEFT JOIN event e ON e.id = f.edit_id"
                                + " WHERE (m.kind = 1 OR m.kind = 10) AND m.id >= ? AND m.id < ?"
                                + " ORDER BY m.id LIMIT ?",
                        from,
                        to,
                        messagesMax)) {
            while (row.next()) {
                messages.add(message(row));
            }
        }
        if (messages.isEmpty()) {
            return messages;
        }
        Map<Long, List<ReactionTally>> reactions =
                reactions(sql, key(messages.getFirst().seq()), key(messages.getLast().seq()));
        messages.replaceAll(message -> {
            List<ReactionTally> tallies = reactions.get(key(message.seq()));
            return tallies == null ? message : with(message, tallies, message.pinned());
        });
        return messages;
    }

    private static ChatMessage message(ResultSet row) throws SQLException {
        ChatMessage message =
                ChatMessage.of(StoredFrame.event(row.getLong(1), row.getBytes(2), row.getInt(3)));
        long editKey = row.getLong(4);
        if (editKey != 0) {
            RoomEvent edit = StoredFrame.event(editKey, row.getBytes(5), row.getInt(6));
            message = message.after(edit);
        }
        return row.getInt(7) != 0 ? with(message, message.reactions(), true) : message;
    }

    private static Map<Long, List<ReactionTally>> reactions(Sql sql, long firstKey, long lastKey)
            throws SQLException {
        Map<Long, List<ReactionTally>> byMessage = new HashMap<>();
        try (ResultSet row =
                sql.query(
                        "SELECT event_id, emoji, people FROM tally"
                                + " WHERE event_id >= ? AND event_id <= ?"
                                + " ORDER BY event_id, first_seq",
                        firstKey,
                        lastKey)) {
            while (row.next()) {
                long key = row.getLong(1);
                String emoji = row.getString(2);
                List<Long> named = people(sql, key, emoji);
                byMessage
                        .computeIfAbsent(key, k -> new ArrayList<>())
                        .add(new ReactionTally(new Emoji(emoji), named, row.getInt(3)));
            }
        }
        return byMessage;
    }

    /// Some of those who reacted, in the order in which they did.
    private static List<Long> people(Sql sql, long key, String emoji) throws SQLException {
        List<Long> people = new ArrayList<>();
        try (ResultSet row =
                sql.query(
                        "SELECT user_id FROM (SELECT user_id, seq FROM reaction"
                                + " WHERE event_id = ? AND emoji = ? LIMIT ?) ORDER BY seq",
                        key,
                        emoji,
                        MessageBounds.PEOPLE_NAMED)) {
            while (row.next()) {
                people.add(row.getLong(1));
            }
        }
        return people;
    }

    private static ChatMessage with(
            ChatMessage message, List<ReactionTally> reactions, boolean pinned) {
        return new ChatMessage(
                message.roomId(),
                message.seq(),
                message.timeMillis(),
                message.senderId(),
                message.senderName(),
                message.id(),
                message.body(),
                message.editedMillis(),
                reactions,
                pinned);
    }
}
