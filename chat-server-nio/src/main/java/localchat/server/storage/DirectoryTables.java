package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;
import localchat.server.room.Directory.KeptPerson;
import localchat.server.room.RoomState;

/// The rooms, people and read markers on disk. Runs on whichever thread has the connection.
final class DirectoryTables {
    private DirectoryTables() {}

    /// Adds a room without events, and its first members.
    static void addRoom(Sql sql, RoomRecord room) throws SQLException {
        RoomState state = room.state();
        sql.update(
                "INSERT INTO room (room_id, kind, name, topic, retention_days, retention_messages,"
                        + " past_visible, owner_id, head_seq, head_ms, messages, pins, expired_to_seq)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 1)",
                room.id(),
                kindNumber(state.kind()),
                state.name().value(),
                state.topic().value(),
                state.settings().retentionDays(),
                state.settings().retentionMessages(),
                state.settings().pastVisible() ? 1 : 0,
                state.ownerId());
        for (Map.Entry<Long, RoomState.Membership> member : state.members().entrySet()) {
            putMember(sql, room.id(), member.getKey(), member.getValue());
        }
    }

    static void putMember(Sql sql, long roomId, long userId, RoomState.Membership member)
            throws SQLException {
        sql.update(
                "INSERT OR REPLACE INTO membership"
                        + " (room_id, user_id, user_name, since_seq, visible_from_seq)"
                        + " VALUES (?, ?, ?, ?, ?)",
                roomId,
                userId,
                member.userName().value(),
                member.sinceSeq(),
                member.visibleFromSeq());
    }

    /// Writes what a room's events made of it, its members excepted.
    static void update(Sql sql, RoomRecord room) throws SQLException {
        RoomState state = room.state();
        sql.update(
                "UPDATE room SET name = ?, topic = ?, retention_days = ?, retention_messages = ?,"
                        + " past_visible = ?, owner_id = ?, head_seq = ?, head_ms = ?, messages = ?,"
                        + " pins = ?, expired_to_seq = ? WHERE room_id = ?",
                state.name().value(),
                state.topic().value(),
                state.settings().retentionDays(),
                state.settings().retentionMessages(),
                state.settings().pastVisible() ? 1 : 0,
                state.ownerId(),
                room.headSeq(),
                room.head().timeMillis(),
                room.messages(),
                state.pins(),
                room.expiredToSeq(),
                room.id());
    }

    /// As schema 1 knew people: the name is the person's, everything else stays as it is.
    static void putPerson(Sql sql, KeptPerson person) throws SQLException {
        sql.update(
                "INSERT INTO person (user_id, name) VALUES (?, ?)"
                        + " ON CONFLICT (user_id) DO UPDATE SET name = excluded.name",
                person.userId(),
                person.name().value());
        AccountTables.giveName(sql, person.userId(), person.name());
    }

    static void raiseMarker(Sql sql, ReaderKey reader, long seq) throws SQLException {
        sql.update(
                "INSERT INTO read_marker (user_id, room_id, seq) VALUES (?, ?, ?)"
                        + " ON CONFLICT (user_id, room_id) DO UPDATE SET seq = excluded.seq"
                        + " WHERE seq < excluded.seq",
                reader.userId(),
                reader.roomId(),
                seq);
    }

    static List<RoomRecord> rooms(Sql sql) throws SQLException {
        List<RoomRecord> rooms = new ArrayList<>();
        try (ResultSet row =
                sql.query(
                        "SELECT room_id, kind, name, topic, retention_days, retention_messages,"
                                + " past_visible, owner_id, head_seq, head_ms, messages,"
                                + " pins, expired_to_seq FROM room ORDER BY room_id")) {
            while (row.next()) {
                rooms.add(room(row));
            }
        }
        Map<Long, RoomState> byId = new HashMap<>();
        rooms.forEach(room -> byId.put(room.id(), room.state()));
        restoreMembers(sql, byId);
        return rooms;
    }

    private static RoomRecord room(ResultSet row) throws SQLException {
        RoomKind kind = kind(row.getInt(2));
        RoomSettings settings = new RoomSettings(row.getInt(5), row.getInt(6), row.getInt(7) != 0);
        RoomState state =
                new RoomState(kind, new RoomName(row.getString(3)), settings, row.getLong(8));
        state.restore(new RoomTopic(row.getString(4)), row.getInt(12));
        return new RoomRecord(
                row.getLong(1),
                state,
                new RoomRecord.Head(row.getLong(9), row.getLong(10)),
                row.getLong(11),
                row.getLong(13));
    }

    /// On disk for ever.
    private static int kindNumber(RoomKind kind) {
        return switch (kind) {
            case PUBLIC -> 1;
            case PRIVATE -> 2;
            case DIRECT -> 3;
            case AUDIT -> 4;
        };
    }

    private static RoomKind kind(int number) throws DamagedException {
        return switch (number) {
            case 1 -> RoomKind.PUBLIC;
            case 2 -> RoomKind.PRIVATE;
            case 3 -> RoomKind.DIRECT;
            case 4 -> RoomKind.AUDIT;
            default -> throw new DamagedException("there is no kind " + number + " of rooms");
        };
    }

    private static void restoreMembers(Sql sql, Map<Long, RoomState> rooms) throws SQLException {
        try (ResultSet row =
                sql.query(
                        "SELECT room_id, user_id, user_name, since_seq, visible_from_seq"
                                + " FROM membership ORDER BY room_id, since_seq, user_id")) {
            while (row.next()) {
                RoomState room = rooms.get(row.getLong(1));
                if (room != null) {
                    room.restoreMember(
                            row.getLong(2),
                            new RoomState.Membership(
                                    new UserName(row.getString(3)),
                                    row.getLong(4),
                                    row.getLong(5)));
                }
            }
        }
    }
}
