package localchat.server.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.room.CommitListener;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A message log, directory and store of accounts on disk: what it told was committed survives the
/// process, and with [Durability#FULL] the machine. Belongs to the loop thread; behind it the
/// storage thread writes and two others read.
///
/// It uses SQLite in a [DataFolder], which must stay open for longer than this.
public final class SqliteLog implements MessageLog, Directory, AccountStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLog.class);

    /// Name of the thread that writes.
    public static final String STORAGE_THREAD_NAME = "chat-storage";

    /// Patience of [#close()]. Reason: a slow disk writes what waits; nobody waits for ever.
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(4);

    /// A thread that does not end when told to is left behind after so long.
    private static final Duration LEAVE_PATIENCE = Duration.ofMillis(250);

    private final StoreWiring wiring;
    private final Counters counters;
    private final CommitQueue queue = new CommitQueue();
    private final Letters letters;
    private final StoreHealth health;
    private final Readers readers;
    private final Writer writer;
    private final Thread storageThread;
    private final Id128 serverId;
    private final Id128 epoch;
    private final Ids roomIds;
    private final Ids userIds;
    private final SqliteAccounts accounts;
    private List<KeptRoom> keptRooms;
    private List<KeptPerson> keptPeople;

    /// Seq of the newest event of each room that the listener has heard of.
    private final Map<Long, Long> heads = new HashMap<>();

    /// Read markers that are not on disk yet.
    private final Map<ReaderKey, Long> marks = new HashMap<>();

    private CommitListener listener = outcome -> {};
    private int undecided;

    private SqliteLog(
            DataFolder folder,
            StoreOpening.Opened opened,
            HeadFile headFile,
            StoragePoints points,
            StoreWiring wiring)
            throws SQLException {
        this.wiring = wiring;
        this.counters = wiring.counters();
        this.serverId = opened.serverId();
        this.epoch = opened.epoch();
        this.letters = new Letters(wiring.later());
        this.health = new StoreHealth(wiring.clockNanos(), wiring.fatal());
        this.readers = new Readers(folder.database(), letters, health, counters);
        this.roomIds =
                new Ids(
                        opened.nextRoomId(),
                        StoreOpening.ROOM_IDS,
                        end -> reserve(Meta.NEXT_ROOM_ID, end));
        this.userIds =
                new Ids(
                        opened.nextUserId(),
                        StoreOpening.USER_IDS,
                        end -> reserve(Meta.NEXT_USER_ID, end));
        this.keptRooms =
                opened.rooms().stream()
                        .map(room ->
                                new KeptRoom(
                                        room.id(),
                                        room.state().copy(),
                                        room.headSeq(),
                                        room.head().timeMillis()))
                        .toList();
        this.keptPeople =
                opened.accounts().people().stream()
                        .map(person -> new KeptPerson(person.userId(), person.name()))
                        .toList();
        this.accounts = new SqliteAccounts(queue, letters, opened.accounts());
        keptRooms.forEach(room -> heads.put(room.roomId(), room.headSeq()));
        Machine machine = new Machine(wiring.epochMillis(), wiring.clockNanos(), folder.path());
        this.writer =
                new Writer(
                        queue, tools(opened, headFile, points), machine, health, new LoopReports());
        this.storageThread =
                Thread.ofPlatform().name(STORAGE_THREAD_NAME).daemon().unstarted(writer);
    }

    private Writer.Tools tools(StoreOpening.Opened opened, HeadFile headFile, StoragePoints points)
            throws SQLException {
        GroupWriter groups = new GroupWriter(opened.sql(), new RoomBook(opened.rooms()), points);
        return new Writer.Tools(
                opened.sql(),
                groups,
                new Checkpoints(opened.sql(), points, wiring.clockNanos()),
                new Expiry(opened.sql(), groups, wiring.clockNanos()),
                headFile,
                opened.epoch(),
                points);
    }

    /// Opens the store of a folder, making it when there is none. Takes well under a second however
    /// many events are in it, and some seconds with 200,000 people.
    ///
    /// @throws IOException when it cannot be used; the message is one line for a person
    public static SqliteLog open(DataFolder folder, Durability durability, StoreWiring wiring)
            throws IOException {
        return open(folder, durability, wiring, InstalledPoints.get());
    }

    /// As above.
    static SqliteLog open(
            DataFolder folder, Durability durability, StoreWiring wiring, StoragePoints points)
            throws IOException {
        StoreOpening.Opened opened =
                StoreOpening.open(folder, durability, Migrations.STEPS, points);
        boolean started = false;
        HeadFile headFile = null;
        try {
            headFile = HeadFile.open(folder.head());
            SqliteLog log = new SqliteLog(folder, opened, headFile, points, wiring);
            headFile.write(new HeadFile.Head(opened.epoch(), Meta.eventsTotal(opened.sql())));
            log.readers.start();
            log.storageThread.start();
            started = true;
            return log;
        } catch (SQLException e) {
            throw StoreOpening.unusable(folder.database(), e);
        } finally {
            if (!started) {
                StoreOpening.closeQuietly(opened.sql());
                closeQuietly(headFile);
            }
        }
    }

    private static void closeQuietly(@Nullable HeadFile headFile) {
        try (headFile) {
            LOG.debug("the store does not open");
        } catch (IOException e) {
            LOG.debug("closing the head file failed error={}", e.getMessage());
        }
    }

    private void reserve(String name, long end) {
        Ids ids = name.equals(Meta.NEXT_ROOM_ID) ? roomIds : userIds;
        queue.add(new Note.Reservation(name, end, ids::onReserved));
    }

    /// Names the server, for ever: its database was made with it.
    public Id128 serverId() {
        return serverId;
    }

    @Override
    public Id128 epoch() {
        return epoch;
    }

    /// Whether the store takes nothing at the moment; what is stored can be read. Any thread.
    public boolean isDegraded() {
        return health.fault() != null;
    }

    /// Posts that were offered and not yet decided. A server that stops waits for 0 before it
    /// closes this, so that everyone still hears.
    public int undecided() {
        return undecided;
    }

    @Override
    public void listener(CommitListener hears) {
        listener = hears;
    }

    @Override
    public boolean offer(LogPost post) {
        boolean taken = queue.offer(post);
        if (taken) {
            undecided++;
        }
        return taken;
    }

    /// The storage thread's word to the loop.
    private final class LoopReports implements Writer.Reports {
        @Override
        public void onCommitted(Work work, List<PostOutcome> outcomes, long nanos) {
            Map<Long, Long> newHeads = new HashMap<>();
            for (PostOutcome outcome : outcomes) {
                if (outcome instanceof PostOutcome.Stored stored) {
                    newHeads.put(stored.post().roomId(), stored.seq());
                }
            }
            letters.send(() -> {
                heads.putAll(newHeads);
                work.marks().forEach(marks::remove);
                for (Note note : work.notes()) {
                    if (note instanceof Note.Reservation(String _, long _, Runnable told)) {
                        told.run();
                    }
                }
                accounts.onWritten(work.notes());
                if (!outcomes.isEmpty()) {
                    counters.add(Counter.COMMIT_POSTS, outcomes.size());
                    counters.max(Counter.COMMIT_GROUP_MAX, outcomes.size());
                    counters.max(Counter.COMMIT_LONGEST_NANOS, nanos);
                    tell(outcomes);
                }
            });
        }

        @Override
        public void onRefused(List<LogPost> posts, StorageFault fault, long barrier) {
            letters.send(() -> {
                counters.add(Counter.STORAGE_REFUSALS, posts.size());
                tell(
                        posts.stream()
                                .<PostOutcome>map(post ->
                                        new PostOutcome.Refused(post, fault.code(), fault.text()))
                                .toList());
                queue.barrier(barrier);
            });
        }
    }

    /// A fault in hearing of one decision keeps nobody from hearing of the others.
    private void tell(List<PostOutcome> outcomes) {
        listener.onCommit();
        for (PostOutcome outcome : outcomes) {
            undecided--;
            try {
                listener.onPostDecided(outcome);
            } catch (RuntimeException fault) {
                wiring.later()
                        .accept(() -> {
                            throw fault;
                        });
            }
        }
    }

    /// Nothing that was ever stored is dropped: what is gone stays as a tombstone.
    @Override
    public long oldestSeq(long roomId) {
        return 1;
    }

    @Override
    public void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer) {
        if (heads.containsKey(roomId)) {
            readers.read(new EventsQuery(roomId, fromSeq, toSeq, bytesMax), answer);
        } else {
            answer.accept(new Reading.Found<>(new Events(Math.max(1, fromSeq), List.of())));
        }
    }

    @Override
    public void readPage(
            long roomId,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax,
            Consumer<Reading<Page>> answer) {
        if (heads.containsKey(roomId)) {
            readers.read(new PageQuery(roomId, visibleFromSeq, anchor, messagesMax), answer);
        } else {
            answer.accept(new Reading.Found<>(new Page(List.of(), 0, false, false)));
        }
    }

    @Override
    public List<KeptRoom> rooms() {
        List<KeptRoom> kept = keptRooms;
        keptRooms = List.of();
        return kept;
    }

    @Override
    public List<KeptPerson> people() {
        List<KeptPerson> kept = keptPeople;
        keptPeople = List.of();
        return kept;
    }

    @Override
    public Kept accounts() {
        return accounts.accounts();
    }

    @Override
    public void put(AccountRecord record) {
        accounts.put(record);
    }

    @Override
    public void remove(AccountKey key) {
        accounts.remove(key);
    }

    @Override
    public void adminCode(Optional<Digest32> hash) {
        accounts.adminCode(hash);
    }

    @Override
    public boolean isBehind() {
        return accounts.isBehind();
    }

    @Override
    public void whenWritten(Runnable told) {
        accounts.whenWritten(told);
    }

    @Override
    public boolean hasRoomId() {
        return roomIds.hasNext();
    }

    @Override
    public boolean hasUserId() {
        return userIds.hasNext();
    }

    @Override
    public long newRoomId() {
        long id = roomIds.take();
        if (id > EventKey.ROOM_ID_MAX) {
            throw new IllegalStateException("no room id is left");
        }
        return id;
    }

    @Override
    public long newUserId() {
        return userIds.take();
    }

    @Override
    public void addRoom(long roomId, RoomState initial) {
        if (heads.putIfAbsent(roomId, 0L) == null) {
            queue.add(new Note.Room(roomId, initial.copy()));
        }
    }

    @Override
    public void addPerson(KeptPerson person) {
        queue.add(new Note.Newcomer(person));
    }

    @Override
    public void markRead(long userId, long roomId, long seq) {
        ReaderKey reader = new ReaderKey(userId, roomId);
        boolean isKnown = marks.containsKey(reader);
        if (heads.containsKey(roomId) && (isKnown || marks.size() < CommitQueue.MARKS_MAX)) {
            long bounded = Math.clamp(seq, 0, EventKey.SEQ_MAX);
            queue.mark(reader, marks.merge(reader, bounded, Math::max));
        }
    }

    @Override
    public void readMarker(
            long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer) {
        Long head = heads.get(roomId);
        ReaderKey reader = new ReaderKey(userId, roomId);
        if (head == null) {
            answer.accept(new Reading.Found<>(new Marker(0, 0, 0, false)));
        } else {
            readers.read(
                    new MarkerQuery(reader, fromStart, marks.getOrDefault(reader, -1L), head),
                    answer);
        }
    }

    /// [#close(Duration)] with a patience of 4 seconds.
    @Override
    public void close() {
        close(CLOSE_PATIENCE);
    }

    /// Writes what waits, and closes everything. What is not written in time is not stored, and
    /// nobody was told that it was.
    ///
    /// @param patience longest wait for the disk; one second or more
    /// @return whether everything has ended; if not, the folder is still in use
    public boolean close(Duration patience) {
        try {
            readers.close();
            // The last connection that closes empties the log, which only the one that writes can.
            boolean readersEnded = readers.awaitEnd(LEAVE_PATIENCE);
            queue.close();
            boolean ended = storageThread.join(patience.minus(LEAVE_PATIENCE.multipliedBy(3)));
            if (!ended) {
                LOG.warn("the disk is too slow: some posts that wait are not stored");
                writer.hurry();
                ended = storageThread.join(LEAVE_PATIENCE);
            }
            return readersEnded && ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
