package localchat.server.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;

/// All rooms of the server, and the way of a committed event into its room. Belongs to the loop
/// thread.
public final class Rooms implements CommitListener {
    /// Public and private rooms on one server. One more is refused with TOO_MANY_ROOMS. Reason: far
    /// more than people open by hand, and a quiet room costs under 1 KiB.
    public static final int ROOMS_MAX = 10_000;

    /// Direct messages on one server, besides the rooms. Reason: ten for each of the people that
    /// one node is built for, in 100 MB at most.
    public static final int DIRECTS_MAX = 100_000;

    /// What the audit room is called, and no public one.
    public static final RoomName AUDIT = new RoomName("audit");

    /// Bytes of older events read at once for a member that is behind. Reason: a few frames' worth
    /// keeps its socket busy while its memory stays small.
    private static final int READ_BYTES = 64 * 1024;

    /// What could not be read because too much waits is asked for again after so long, in
    /// nanoseconds; the loop's sweep looks twice a second at least.
    private static final long READ_AGAIN_NANOS = 200_000_000L;

    /// A room in which nobody spoke for so long gives its ring back, in nanoseconds.
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final MessageLog messageLog;
    private final Directory directory;
    private final Counters counters;
    private final LongSupplier clockNanos;
    private final SegmentPool segments;
    private final Map<Long, Room> byId = new HashMap<>();

    /// Public rooms by folded name; private ones need none of their own.
    private final TreeMap<String, Room> byName = new TreeMap<>();

    /// Names that public rooms will have when the log so decides, by folded name.
    private final Map<String, Promise> promisedNames = new HashMap<>();

    private final Memberships memberships = new Memberships();
    private RoomWatcher watcher = new Unwatched();
    private Faces faces = userId -> Optional.empty();
    private Optional<Room> audit = Optional.empty();
    private final ArrayDeque<Cursor> triedInVain = new ArrayDeque<>();
    private long triedInVainNanos;
    private ArrayList<Room> touched = new ArrayList<>();
    private ArrayList<Room> touchedBefore = new ArrayList<>();

    /// A name that nobody but a room gets.
    ///
    /// @param renames posts with that name which are not decided; it holds until all are
    private record Promise(Room room, int renames) {}

    /// @param directory its rooms are there from the start
    /// @param clockNanos the loop's monotonic clock
    /// @param ringBytesMax memory of all rings together, in bytes
    public Rooms(
            MessageLog messageLog,
            Directory directory,
            Counters counters,
            LongSupplier clockNanos,
            long ringBytesMax) {
        this.messageLog = messageLog;
        this.directory = directory;
        this.counters = counters;
        this.clockNanos = clockNanos;
        this.segments = new SegmentPool(ringBytesMax);
        messageLog.listener(this);
        directory.rooms().forEach(this::restore);
        if (byName(RoomName.GENERAL).isEmpty()) {
            create(RoomName.GENERAL, 0);
        }
    }

    private void restore(Directory.KeptRoom kept) {
        Room room =
                new Room(kept.roomId(), kept.state(), this, kept.headSeq(), kept.lastEventMillis());
        room.kept();
        add(room);
    }

    private void add(Room room) {
        byId.put(room.id(), room);
        if (room.state().kind() == RoomKind.PUBLIC) {
            byName.put(room.name().folded(), room);
        } else {
            memberships.add(room);
        }
        if (room.state().kind() == RoomKind.AUDIT) {
            audit = Optional.of(room);
        }
    }

    /// Who hears of changes beyond a room's log. Set once, before the first post.
    public void watcher(RoomWatcher hears) {
        watcher = hears;
    }

    /// Who people are; nobody is known before.
    public void faces(Faces known) {
        faces = known;
        byId.values().stream()
                .filter(room -> room.state().kind() != RoomKind.PUBLIC)
                .forEach(Room::onFaces);
    }

    Optional<Person> face(long userId) {
        return faces.find(userId);
    }

    /// Somebody is called otherwise, here or not.
    public void onRenamed(long userId) {
        memberships.of(userId).forEach(Room::onFaces);
    }

    /// Where moderation is written down, once there was some.
    public Optional<Room> audit() {
        return audit;
    }

    /// The room with this id.
    public Optional<Room> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The public room with this name, in any case.
    public Optional<Room> byName(RoomName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// The private rooms and direct messages of a person, in ascending id.
    public List<Room> ofMember(long userId) {
        return memberships.of(userId);
    }

    /// The direct messages of two people.
    public Optional<Room> direct(long userId, long otherId) {
        return memberships.direct(userId, otherId);
    }

    /// Whether a room can be made now; not for a moment after many were made, and not while nothing
    /// can be stored.
    public boolean hasId() {
        return directory.hasRoomId();
    }

    /// Whether a further public or private room would go past [#ROOMS_MAX].
    public boolean isFull() {
        return byId.size() - memberships.directs() >= ROOMS_MAX;
    }

    /// Whether further direct messages would go past [#DIRECTS_MAX].
    public boolean isFullOfDirects() {
        return memberships.directs() >= DIRECTS_MAX;
    }

    /// Whether a public room has this name, or will have it when the log so decides.
    public boolean isTaken(RoomName name) {
        return byName(name).isPresent()
                || promisedNames.containsKey(name.folded())
                || name.folded().equals(AUDIT.folded());
    }

    /// A new public room. It is kept from its first post on.
    ///
    /// @param ownerId user id of whom it belongs to; 0: nobody
    /// @throws IllegalStateException when its name is taken, or [#isFull]
    public Room create(RoomName name, long ownerId) {
        if (isFull() || isTaken(name)) {
            throw new IllegalStateException("no place for a room of this name");
        }
        RoomState state = new RoomState(RoomKind.PUBLIC, name, RoomSettings.STANDARD, ownerId);
        Room room = new Room(directory.newRoomId(), state, this, 0, 0);
        add(room);
        return room;
    }

    /// A new private room or direct message. It is kept from now on.
    ///
    /// @param initial with its members
    /// @throws IllegalStateException when there is no place for one more
    public Room create(RoomState initial) {
        boolean direct = initial.kind() == RoomKind.DIRECT;
        if (direct ? isFullOfDirects() : isFull()) {
            throw new IllegalStateException("no place for one more room");
        }
        Room room = new Room(directory.newRoomId(), initial, this, 0, 0);
        add(room);
        keep(room);
        return room;
    }

    private void keep(Room room) {
        if (!room.isKept()) {
            directory.addRoom(room.id(), room.state());
            room.kept();
        }
    }

    /// Public rooms whose folded name comes after `after` (empty: from the first), in that order.
    public List<Room> list(Optional<String> after, int limit) {
        return after.map(name -> byName.tailMap(name, false)).orElse(byName).values().stream()
                .limit(limit)
                .toList();
    }

    /// Hands a post to the log; its author hears how it is decided.
    ///
    /// @return why it is refused at the door; empty when the log has it
    public Optional<RoomRules.Refusal> offer(LogPost post) {
        Room room = byId.get(post.roomId());
        if (room == null) {
            return Optional.of(new RoomRules.Refusal(ErrorCode.NOT_FOUND, "there is no such room"));
        }
        boolean renames =
                post.body() instanceof EventBody.Rename && room.state().kind() == RoomKind.PUBLIC;
        if (renames && room.name().equals(RoomName.GENERAL)) {
            return Optional.of(
                    new RoomRules.Refusal(
                            ErrorCode.FORBIDDEN,
                            "this is where everybody comes in: it keeps its name"));
        }
        if (renames && !promiseName(room, ((EventBody.Rename) post.body()).name())) {
            return Optional.of(
                    new RoomRules.Refusal(ErrorCode.ROOM_NAME_TAKEN, "another room has this name"));
        }
        keep(room);
        if (!messageLog.offer(post)) {
            forgetPromise(post);
            return Optional.of(
                    new RoomRules.Refusal(ErrorCode.BUSY, "too many posts wait to be stored"));
        }
        return Optional.empty();
    }

    private boolean promiseName(Room room, RoomName name) {
        boolean free = byName(name).map(room::equals).orElse(!name.folded().equals(AUDIT.folded()));
        Promise before = promisedNames.getOrDefault(name.folded(), new Promise(room, 0));
        if (!free || !before.room().equals(room)) {
            return false;
        }
        promisedNames.put(name.folded(), new Promise(room, before.renames() + 1));
        return true;
    }

    private void forgetPromise(LogPost post) {
        if (post.body() instanceof EventBody.Rename(RoomName name)) {
            Promise promise = promisedNames.get(name.folded());
            if (promise == null || promise.room().id() != post.roomId()) {
                return;
            }
            if (promise.renames() > 1) {
                promisedNames.put(
                        name.folded(), new Promise(promise.room(), promise.renames() - 1));
            } else {
                promisedNames.remove(name.folded());
            }
        }
    }

    @Override
    public void onCommit() {
        counters.add(Counter.COMMITS);
    }

    @Override
    public void onPostDecided(PostOutcome outcome) {
        LogPost post = outcome.post();
        forgetPromise(post);
        if (outcome instanceof PostOutcome.Stored stored) {
            counters.add(Counter.EVENTS);
            onStored(stored);
        }
        post.author().onPostDecided(outcome);
    }

    private void onStored(PostOutcome.Stored stored) {
        LogPost post = stored.post();
        Room room =
                byId(post.roomId())
                        .orElseThrow(() -> new IllegalStateException("an event of no room"));
        long ownerBefore = room.state().ownerId();
        String nameBefore = room.name().folded();
        room.onCommitted(stored);
        switch (post.body()) {
            case EventBody.Rename(RoomName name) when room.state().kind() == RoomKind.PUBLIC -> {
                byName.remove(nameBefore);
                byName.put(name.folded(), room);
            }
            case EventBody.Membership membership -> memberships.onChange(room, membership.userId());
            default -> {}
        }
        if (RoomState.isListed(post.body())) {
            watcher.onListedChange(room, post.body(), ownerBefore);
        } else if (stored.seq() == 1 && isToldWithItsFirstEvent(room)) {
            watcher.onBegun(room);
        }
    }

    private static boolean isToldWithItsFirstEvent(Room room) {
        return switch (room.state().kind()) {
            case DIRECT, AUDIT -> true;
            case PUBLIC, PRIVATE -> false;
        };
    }

    /// Tells connections what waits for them in the rooms where something happened. A fault in one
    /// room keeps none of the others from being told.
    ///
    /// @param faults hears of exceptions where none should be
    public void onFlush(Consumer<RuntimeException> faults) {
        tryAgain();
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

    void readFor(Cursor cursor, long toSeq) {
        counters.add(Counter.CATCH_UP_READS);
        messageLog.readEvents(
                cursor.room().id(), cursor.nextSeq(), toSeq, READ_BYTES, cursor::onRead);
    }

    /// Too much waits to be read: the cursor's connection tries again a little later.
    void readLater(Cursor cursor) {
        if (triedInVain.isEmpty()) {
            triedInVainNanos = nowNanos();
        }
        triedInVain.add(cursor);
    }

    private void tryAgain() {
        if (!triedInVain.isEmpty() && nowNanos() - triedInVainNanos >= READ_AGAIN_NANOS) {
            for (int i = triedInVain.size(); i > 0; i--) {
                triedInVain.remove().tryAgain();
            }
        }
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

    private static final class Unwatched implements RoomWatcher {
        @Override
        public void onListedChange(Room room, EventBody body, long ownerBefore) {}

        @Override
        public void onBegun(Room room) {}
    }
}
