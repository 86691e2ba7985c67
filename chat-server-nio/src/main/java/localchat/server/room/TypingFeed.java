package localchat.server.room;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localchat.core.model.Person;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;

/// Who is typing in a room, and what its members have been told of it. Belongs to the loop thread.
final class TypingFeed {
    /// Who said nothing for so long has stopped, in nanoseconds. PROTOCOL.md, "Typing".
    static final long FORGET_NANOS = 6_000_000_000L;

    /// Shortest time between two notices, in nanoseconds. Reason: nobody sees more.
    static final long PAUSE_NANOS = 1_000_000_000L;

    /// People named in one notice. Reason: more do not fit into a line; the first to begin are
    /// named.
    static final int PEOPLE_MAX = 5;

    private record Typist(Person person, long untilNanos) {}

    private final long roomId;
    private final Map<Long, Typist> typists = new LinkedHashMap<>();
    private boolean changed;
    private long lastNoticeNanos;

    TypingFeed(long roomId, long nowNanos) {
        this.roomId = roomId;
        this.lastNoticeNanos = nowNanos - PAUSE_NANOS;
    }

    void set(Person person, boolean active, long nowNanos) {
        if (active) {
            Typist now = new Typist(person, nowNanos + FORGET_NANOS);
            changed |= typists.put(person.userId(), now) == null;
        } else {
            changed |= typists.remove(person.userId()) != null;
        }
    }

    /// Whether there is somebody to be forgotten or something to be told, now or later.
    boolean isWatched() {
        return changed || !typists.isEmpty();
    }

    /// Whether a notice is due; forgets those who went silent.
    boolean isDue(long nowNanos) {
        changed |= typists.values().removeIf(typist -> typist.untilNanos() - nowNanos <= 0);
        return changed && nowNanos - lastNoticeNanos >= PAUSE_NANOS;
    }

    /// The notice that tells who is typing now.
    EncodedFrame take(long nowNanos) {
        List<Person> people =
                typists.values().stream().limit(PEOPLE_MAX).map(Typist::person).toList();
        changed = false;
        lastNoticeNanos = nowNanos;
        return EncodedFrame.of(WireEncoding.typingFrame(roomId, people));
    }
}
