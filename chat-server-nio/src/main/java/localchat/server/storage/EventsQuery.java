package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import localchat.core.protocol.EncodedFrame;
import localchat.server.room.MessageLog.Events;

/// Reads a run of events; see [localchat.server.room.MessageLog#readEvents].
record EventsQuery(long roomId, long fromSeq, long toSeq, int bytesMax) implements Query<Events> {
    @Override
    public Events read(Sql sql) throws SQLException {
        long first = Math.max(1, fromSeq);
        long last = Math.min(toSeq, EventKey.SEQ_MAX);
        List<EncodedFrame> frames = new ArrayList<>();
        if (first > last) {
            return new Events(first, frames);
        }
        int bytes = 0;
        long key = EventKey.of(roomId, first);
        try (ResultSet row =
                sql.query(
                        "SELECT id, frame, crc FROM event WHERE id >= ? AND id <= ? ORDER BY id",
                        key,
                        EventKey.of(roomId, last))) {
            while (row.next()) {
                if (row.getLong(1) != key) {
                    throw StoredFrame.damaged(key, "is missing");
                }
                EncodedFrame frame = StoredFrame.frame(key, row.getBytes(2), row.getInt(3));
                bytes += frame.length();
                if (!frames.isEmpty() && bytes > bytesMax) {
                    break;
                }
                frames.add(frame);
                key++;
            }
        }
        return new Events(first, frames);
    }
}
