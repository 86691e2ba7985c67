package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import localchat.core.model.EventBody;
import localchat.core.model.RoomSettings;
import localchat.core.model.TombstoneCause;

/// Puts tombstones in the place of what rooms keep no longer, a few at a time between the posts.
/// Runs on the storage thread.
final class Expiry {
    /// It is looked for so often, in nanoseconds.
    static final long EVERY_NANOS = 60_000_000_000L;

    /// Events replaced in one transaction. Reason: some 10 ms for which posts wait.
    static final int EVENTS_AT_ONCE = 500;

    /// By age nothing is replaced until the wall clock has run evenly for so long, in nanoseconds.
    /// Reason: boxes start with a wrong clock that is put right soon after; a jump of a year must
    /// not cost a year of messages.
    static final long EVEN_NANOS = 3_600_000_000_000L;

    /// The wall clock runs evenly while it stays with the monotonic one to so many milliseconds.
    private static final long UNEVEN_MILLIS = 60_000;

    private static final long DAY_MILLIS = 86_400_000L;
    private static final EventBody.Tombstone EXPIRED =
            new EventBody.Tombstone(TombstoneCause.EXPIRED, 0);

    private final Sql sql;
    private final GroupWriter groups;
    private final LongSupplier clockNanos;
    private final ArrayDeque<Long> roomsLeft = new ArrayDeque<>();
    private long begunNanos;

    /// Since when the wall clock has run evenly, by both clocks.
    private long evenSinceNanos;

    private long evenSinceMillis = Long.MIN_VALUE;

    Expiry(Sql sql, GroupWriter groups, LongSupplier clockNanos) {
        this.sql = sql;
        this.groups = groups;
        this.clockNanos = clockNanos;
        this.begunNanos = clockNanos.getAsLong() - EVERY_NANOS;
    }

    /// Whether there is something to do now.
    boolean isUnderWay() {
        return !roomsLeft.isEmpty();
    }

    /// Leaves the rest for the next time.
    void abandon() {
        roomsLeft.clear();
    }

    /// Does the next little bit if it is time.
    ///
    /// @param nowMillis milliseconds since 1970-01-01T00:00:00Z
    /// @return events replaced
    int step(long nowMillis) throws CommitException {
        long nanos = clockNanos.getAsLong();
        compareClocks(nanos, nowMillis);
        if (roomsLeft.isEmpty()) {
            if (nanos - begunNanos < EVERY_NANOS) {
                return 0;
            }
            begunNanos = nanos;
            for (RoomRecord room : groups.rooms().all()) {
                RoomSettings settings = room.state().settings();
                if (settings.retentionDays() > 0 || settings.retentionMessages() > 0) {
                    roomsLeft.add(room.id());
                }
            }
        }
        Long roomId = roomsLeft.peek();
        if (roomId == null) {
            return 0;
        }
        int[] replaced = {0};
        groups.transact(() -> replaced[0] = expire(roomId, nowMillis));
        if (replaced[0] < EVENTS_AT_ONCE) {
            roomsLeft.remove();
        }
        return replaced[0];
    }

    private void compareClocks(long nanos, long millis) {
        long expected = evenSinceMillis + (nanos - evenSinceNanos) / 1_000_000;
        if (evenSinceMillis == Long.MIN_VALUE || Math.abs(millis - expected) > UNEVEN_MILLIS) {
            evenSinceNanos = nanos;
            evenSinceMillis = millis;
        }
    }

    private boolean isClockTrusted() {
        return clockNanos.getAsLong() - evenSinceNanos >= EVEN_NANOS;
    }

    private record Candidate(long key, long timeMillis) {}

    private int expire(long roomId, long nowMillis) throws SQLException {
        RoomRecord room = groups.rooms().change(roomId);
        if (room == null) {
            return 0;
        }
        RoomSettings settings = room.state().settings();
        long keep =
                settings.retentionMessages() == 0 ? Long.MAX_VALUE : settings.retentionMessages();
        long before =
                settings.retentionDays() == 0 || !isClockTrusted()
                        ? Long.MIN_VALUE
                        : nowMillis - settings.retentionDays() * DAY_MILLIS;
        int replaced = 0;
        for (Candidate oldest : candidates(room)) {
            long seq = EventKey.seq(oldest.key());
            if (oldest.timeMillis() >= before && room.messages() <= keep) {
                break;
            }
            replaced += groups.events().buryEdits(room, seq, EXPIRED, EVENTS_AT_ONCE - replaced);
            if (replaced == EVENTS_AT_ONCE) {
                break;
            }
            groups.events().bury(room, seq, EXPIRED);
            room.expiredToSeq(seq + 1);
            if (++replaced == EVENTS_AT_ONCE) {
                break;
            }
        }
        return replaced;
    }

    private List<Candidate> candidates(RoomRecord room) throws SQLException {
        List<Candidate> oldest = new ArrayList<>();
        try (ResultSet row =
                sql.query(
                        "SELECT id, time_ms FROM event INDEXED BY event_message"
                                + " WHERE (kind = 1 OR kind = 10) AND kind = 1"
                                + " AND id >= ? AND id <= ? ORDER BY id LIMIT ?",
                        room.key(room.expiredToSeq()),
                        room.key(room.headSeq()),
                        EVENTS_AT_ONCE)) {
            while (row.next()) {
                oldest.add(new Candidate(row.getLong(1), row.getLong(2)));
            }
        }
        return oldest;
    }
}
