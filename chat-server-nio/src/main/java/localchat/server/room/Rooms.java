package localchat.server.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.core.model.RoomName;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;

/// All rooms of the server, and the way of a committed event into its room. Belongs to the loop
/// thread.
public final class Rooms implements CommitListener {
    /// Rooms on one server. One more is refused with TOO_MANY_ROOMS. Reason: far more than people
    /// open by hand, and a quiet room costs under 1 KiB.
    public static final int ROOMS_MAX = 10_000;

    /// Bytes of older events read at once for a member that is behind. Reason: a few frames' worth
    /// keeps its socket busy while its memory stays small.
    private static final int READ_BYTES = 64 * 1024;

    /// A room in which nobody spoke for so long gives its ring back, in nanoseconds.
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final MessageLog messageLog;
    private final Counters counters;
    private final LongSupplier clockNanos;
    private final SegmentPool segments;
    private final Map<Long, Room> byId = new HashMap<>();
    private final TreeMap<String, Room> byName = new TreeMap<>();
    private ArrayList<Room> touched = new ArrayList<>();
    private ArrayList<Room> touchedBefore = new ArrayList<>();
    private long nextId = 1;

    /// @param clockNanos the loop's monotonic clock
    /// @param ringBytesMax memory of all rings together, in bytes
    public Rooms(
            MessageLog messageLog, Counters counters, LongSupplier clockNanos, long ringBytesMax) {
        this.messageLog = messageLog;
        this.counters = counters;
        this.clockNanos = clockNanos;
        this.segments = new SegmentPool(ringBytesMax);
        messageLog.listener(this);
        create(RoomName.GENERAL);
    }

    /// The room with this id.
    public Optional<Room> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The room with this name, in any case.
    public Optional<Room> byName(RoomName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// Whether [#create] would go past [#ROOMS_MAX].
    public boolean isFull() {
        return byId.size() >= ROOMS_MAX;
    }

    /// A new public room.
    ///
    /// @throws IllegalStateException when there is one of that name, or [#isFull]
    public Room create(RoomName name) {
        if (isFull() || byName(name).isPresent()) {
            throw new IllegalStateException("no place for a room of this name");
        }
        Room room = new Room(nextId++, name, this, 0);
        byId.put(room.id(), room);
        byName.put(name.folded(), room);
        return room;
    }

    /// Rooms whose folded name comes after `after` (empty: from the first), in that order.
    public List<Room> list(Optional<String> after, int limit) {
        return after.map(name -> byName.tailMap(name, false)).orElse(byName).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public void onCommit() {
        counters.add(Counter.COMMITS);
    }

    @Override
    public void onPostDecided(PostOutcome outcome) {
        if (outcome instanceof PostOutcome.Stored stored) {
            counters.add(Counter.EVENTS);
            byId(stored.post().roomId())
                    .orElseThrow(() -> new IllegalStateException("an event of no room"))
                    .onCommitted(stored.seq(), stored.event());
        }
        outcome.post().author().onPostDecided(outcome);
    }

    /// Tells connections what waits for them in the rooms where something happened. A fault in one
    /// room keeps none of the others from being told.
    ///
    /// @param faults hears of exceptions where none should be
    public void onFlush(Consumer<RuntimeException> faults) {
        if (touched.isEmpty()) {
            return;
        }
        ArrayList<Room> now = touched;
        touched = touchedBefore;
        touchedBefore = now;
        long nowNanos = nowNanos();
        for (int i = 0; i < now.size(); i++) {
            Room room = now.get(i);
            try {
                if (room.onFlush(nowNanos)) {
                    touched.add(room);
                }
            } catch (RuntimeException fault) {
                touched.add(room);
                faults.accept(fault);
            }
        }
        now.clear();
    }

    /// Gives back the rings of quiet and of empty rooms. To be called every few seconds.
    public void releaseQuiet() {
        long before = nowNanos() - QUIET_NANOS;
        byId.values().forEach(room -> room.releaseIfQuiet(before));
        byId.values().removeIf(room -> isForgotten(room, before));
        segments.trim();
    }

    /// An empty room without a word goes, so that nobody can fill the server with them.
    private boolean isForgotten(Room room, long beforeNanos) {
        boolean forgotten = room.isForgotten(beforeNanos) && !room.name().equals(RoomName.GENERAL);
        if (forgotten) {
            byName.remove(room.name().folded());
        }
        return forgotten;
    }

    void readFor(Cursor cursor) {
        counters.add(Counter.CATCH_UP_READS);
        messageLog.readEvents(cursor.room().id(), cursor.nextSeq(), READ_BYTES, cursor::onRead);
    }

    void touched(Room room) {
        touched.add(room);
    }

    void countOffer(boolean taken) {
        counters.add(taken ? Counter.PRESENCE_FRAMES : Counter.PRESENCE_DROPPED);
    }

    /// A member fell behind its live ring, or is no longer behind.
    void countLagging(boolean lags) {
        counters.add(Counter.MEMBERS_LAGGING, lags ? 1 : -1);
        if (lags) {
            counters.add(Counter.LAGS);
        }
    }

    void countDeliveries(long events) {
        counters.add(Counter.DELIVERIES, events);
    }

    SegmentPool segments() {
        return segments;
    }

    long nowNanos() {
        return clockNanos.getAsLong();
    }
}
