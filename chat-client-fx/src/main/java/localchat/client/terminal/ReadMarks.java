package localchat.client.terminal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import localchat.core.client.ChatSession;

/// Tells the server what was read. Belongs to the owning thread.
final class ReadMarks {
    /// Least time between two times of telling. Reason: a busy room would otherwise cost a request
    /// for each message, and the other devices need not know sooner.
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ChatSession session;
    private final NanoClock clock;
    private final Map<Long, Long> due = new HashMap<>();
    private final Map<Long, Long> told = new HashMap<>();
    private boolean hasTold;
    private long lastNanos;

    ReadMarks(ChatSession session, NanoClock clock) {
        this.session = session;
        this.clock = clock;
    }

    /// Everything in a room up to here was shown to the person.
    void read(long roomId, long seq) {
        if (seq > told.getOrDefault(roomId, 0L)) {
            due.merge(roomId, seq, Math::max);
        }
    }

    /// The server knows this much.
    void known(long roomId, long seq) {
        told.merge(roomId, seq, Math::max);
        if (due.getOrDefault(roomId, Long.MAX_VALUE) <= seq) {
            due.remove(roomId);
        }
    }

    /// What was told may not have arrived, or counts no more: the room was entered again.
    void forget(long roomId) {
        told.remove(roomId);
    }

    /// Tells what is due, unless that was done a moment ago.
    void tell() {
        if (nanosLeft() > 0) {
            return;
        }
        due.forEach(session::markRead);
        told.putAll(due);
        due.clear();
        hasTold = true;
        lastNanos = clock.nanos();
    }

    /// Time until [#tell] does something, in nanoseconds; very long when nothing is due.
    long nanosLeft() {
        if (due.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return hasTold ? Math.max(0, PAUSE_NANOS - (clock.nanos() - lastNanos)) : 0;
    }
}
