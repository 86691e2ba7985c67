package localchat.server.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.Person;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;

/// What a room's people have not yet been told about who came and went. Changes of one turn go out
/// as one frame; in a large room they are gathered for longer, so that all frames together stay in
/// proportion to the people who came.
///
/// In a room of n people one frame costs n deliveries. Up to [#SMALL_ROOM_PEOPLE] that is paid at
/// once. Above, a frame waits until there are enough changes (one for every
/// [#DELIVERIES_PER_CHANGE] people), or the oldest of them has waited [#PATIENCE_NANOS_PER_PERSON]
/// for each of the n, and never follows the one before within [#LARGE_ROOM_PAUSE_NANOS]: 10,000
/// joins into one room, at one a second or faster, cost at most 20 frames each.
final class PresenceFeed {
    /// People in a room up to which each change is told in the turn in which it happened.
    static final int SMALL_ROOM_PEOPLE = 200;

    /// Shortest time between two frames in a larger room, in nanoseconds.
    static final long LARGE_ROOM_PAUSE_NANOS = 1_000_000_000L;

    /// Deliveries that one change may cause in a larger room.
    static final int DELIVERIES_PER_CHANGE = 15;

    /// Longest wait of a change in a larger room, however few there are, in nanoseconds for each
    /// person in it. Reason: 18 s in a room of 300, ten minutes in one of 10,000.
    static final long PATIENCE_NANOS_PER_PERSON = 60_000_000L;

    /// People named in one frame, with two changes each at most; the rest is only counted. Reason:
    /// everyone in a small room, and the frame stays under 48 KiB.
    static final int PEOPLE_PER_FRAME = 200;

    /// Names in one frame times people it goes to; past it the rest is only counted. Reason: 2.4 MB
    /// of bytes a frame, some milliseconds of the loop; 20 ms when 200 names went to 10,000.
    static final int NAMES_DELIVERED_MAX = 100_000;

    private final long roomId;
    private final Map<Long, List<PresenceChange>> changes = new LinkedHashMap<>();
    private int count;
    private int unnamed;
    private long oldestNanos;
    private long lastFrameNanos;

    PresenceFeed(long roomId, long nowNanos) {
        this.roomId = roomId;
        this.lastFrameNanos = nowNanos - LARGE_ROOM_PAUSE_NANOS;
    }

    void came(Person person, long nowNanos) {
        add(new PresenceChange(person, PresenceKind.CAME), nowNanos);
    }

    void went(Person person, long nowNanos) {
        add(new PresenceChange(person, PresenceKind.WENT), nowNanos);
    }

    /// @param before as others saw the person until now
    void changed(Person before, Person person, PresenceKind kind, long nowNanos) {
        Optional<UserName> formerName =
                kind == PresenceKind.RENAMED ? Optional.of(before.name()) : Optional.empty();
        add(new PresenceChange(person, kind, formerName), nowNanos);
    }

    private void add(PresenceChange change, long nowNanos) {
        if (count == 0) {
            oldestNanos = nowNanos;
        }
        count++;
        long userId = change.person().userId();
        if (changes.size() >= PEOPLE_PER_FRAME && !changes.containsKey(userId)) {
            unnamed++;
            return;
        }
        List<PresenceChange> ofPerson = changes.computeIfAbsent(userId, id -> new ArrayList<>(2));
        if (!ofPerson.isEmpty() && ofPerson.getLast().kind() == change.kind()) {
            ofPerson.removeLast();
        }
        if (ofPerson.size() == 2) {
            ofPerson.removeFirst();
        }
        ofPerson.add(change);
    }

    /// Whether changes wait to be told, now or later.
    boolean hasChanges() {
        return count > 0;
    }

    /// Whether a frame is due in a room of so many people.
    boolean isDue(int people, long nowNanos) {
        if (count == 0) {
            return false;
        }
        if (people <= SMALL_ROOM_PEOPLE) {
            return true;
        }
        boolean paused = nowNanos - lastFrameNanos >= LARGE_ROOM_PAUSE_NANOS;
        boolean worthIt = (long) count * DELIVERIES_PER_CHANGE >= people;
        return paused && (worthIt || nowNanos - oldestNanos >= people * PATIENCE_NANOS_PER_PERSON);
    }

    /// The frame that tells all changes; forgets them.
    EncodedFrame take(int people, long nowNanos) {
        int named = Math.clamp(NAMES_DELIVERED_MAX / Math.max(1, people), 1, PEOPLE_PER_FRAME);
        List<PresenceChange> all =
                changes.values().stream().limit(named).flatMap(List::stream).toList();
        boolean incomplete = unnamed > 0 || changes.size() > named;
        changes.clear();
        count = 0;
        unnamed = 0;
        lastFrameNanos = nowNanos;
        return EncodedFrame.of(WireEncoding.presenceFrame(roomId, people, all, incomplete));
    }
}
