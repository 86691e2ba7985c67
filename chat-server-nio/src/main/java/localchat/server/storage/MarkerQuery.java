package localchat.server.storage;

import java.sql.SQLException;
import localchat.server.room.Directory;
import localchat.server.room.Directory.Marker;

/// Reads a read marker and counts what it leaves; see [Directory#readMarker].
///
/// @param marked what is not written yet; below 0: nothing
/// @param headSeq the newest event that the loop has heard of: what is newer is told by its own
///   event
record MarkerQuery(ReaderKey reader, boolean fromStart, long marked, long headSeq)
        implements Query<Marker> {
    @Override
    public Marker read(Sql sql) throws SQLException {
        long roomId = reader.roomId();
        long userId = reader.userId();
        long stored =
                sql.number(
                        -1,
                        "SELECT seq FROM read_marker WHERE user_id = ? AND room_id = ?",
                        userId,
                        roomId);
        boolean exists = stored >= 0 || marked >= 0;
        long seq = Math.max(0, Math.max(stored, marked));
        if (!exists && !fromStart) {
            return new Marker(0, 0, 0, false);
        }
        // What somebody may not read is not unread.
        long visibleFrom =
                sql.number(
                        1,
                        "SELECT visible_from_seq FROM membership"
                                + " WHERE room_id = ? AND user_id = ?",
                        roomId,
                        userId);
        long after = EventKey.of(roomId, Math.min(headSeq, Math.max(seq, visibleFrom - 1)));
        long head = EventKey.of(roomId, headSeq);
        long unread =
                sql.number(
                        0,
                        "SELECT count(*) FROM (SELECT 1 FROM event INDEXED BY event_message"
                                + " WHERE (kind = 1 OR kind = 10) AND kind = 1"
                                + " AND id > ? AND id <= ? AND sender_id <> ? LIMIT ?)",
                        after,
                        head,
                        userId,
                        Directory.UNREAD_MAX);
        long mentions =
                sql.number(
                        0,
                        "SELECT count(*) FROM (SELECT 1 FROM mention"
                                + " WHERE user_id = ? AND event_id > ? AND event_id <= ? LIMIT ?)",
                        userId,
                        after,
                        head,
                        Directory.UNREAD_MAX);
        return new Marker(seq, (int) unread, (int) mentions, exists);
    }
}
