package localchat.server.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.account.AccountBook;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import localchat.server.loop.ManualClock;
import localchat.server.room.CommitListener;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomState;

/// A durable log whose disk is a [SimulatedStore]: it commits in groups, later, tells the loop by
/// letter, and fails now and then. [#work] is what its storage thread does meanwhile. A server that
/// crashes leaves the log behind, with all that was not committed and every letter not yet read.
final class SimulatedLog implements MessageLog, Directory, AccountStore {
    private static final long MILLISECOND = 1_000_000L;

    /// What waits for the next commit.
    private sealed interface Waiting {
        record Post(LogPost post) implements Waiting {}

        record Room(long roomId, RoomState initial) implements Waiting {}

        record Person(KeptPerson person) implements Waiting {}

        record Mark(long userId, long roomId, long seq) implements Waiting {}

        record Account(Consumer<AccountBook> change) implements Waiting {}

        record Told(Runnable told) implements Waiting {}
    }

    private record DueReading(long dueNanos, Runnable read) {}

    /// What the server, its disk and the world share.
    ///
    /// @param mailbox the way onto the loop
    /// @param faults hears of exceptions where none should be
    record Surroundings(
            ManualClock clock,
            Dice dice,
            Plan plan,
            Consumer<Runnable> mailbox,
            Consumer<RuntimeException> faults) {}

    private final SimulatedStore.Ids ids;
    private final Surroundings around;
    private final Tally tally;
    private SimulatedStore store;
    private CommitListener listener = outcome -> {};
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final List<DueReading> readings = new ArrayList<>();
    private List<Waiting> group = List.of();
    private long commitDueNanos;
    private boolean failureUnheard;
    private boolean healthy;

    /// What the disk really had when a group was acknowledged too early.
    private Optional<SimulatedStore> committed = Optional.empty();

    SimulatedLog(SimulatedStore store, SimulatedStore.Ids ids, Surroundings around, Tally tally) {
        this.store = store;
        this.ids = ids;
        this.around = around;
        this.tally = tally;
    }

    /// What is on the disk now.
    SimulatedStore disk() {
        return committed.orElse(store);
    }

    /// From now on nothing fails and nothing is slow.
    void heal() {
        healthy = true;
    }

    /// Whether nothing waits to be committed, read or heard of.
    boolean isAtRest() {
        return waiting.isEmpty() && group.isEmpty() && readings.isEmpty() && !failureUnheard;
    }

    // The storage thread
    // ---------------------------------------------------------------------------------

    /// What the storage threads do in a step of the run.
    void work() {
        long now = around.clock().nanos();
        for (DueReading reading : List.copyOf(readings)) {
            if (now - reading.dueNanos >= 0) {
                readings.remove(reading);
                reading.read.run();
            }
        }
        if (!group.isEmpty() && now - commitDueNanos >= 0) {
            endCommit();
        }
        if (group.isEmpty() && !waiting.isEmpty() && !failureUnheard) {
            beginCommit();
        }
    }

    private void beginCommit() {
        int most = around.dice().between(1, around.plan().groupMax());
        List<Waiting> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        group = taken;
        int millis = healthy ? 1 : around.dice().between(0, around.plan().commitMillisMax());
        commitDueNanos = around.clock().nanos() + millis * MILLISECOND;
        if (around.plan().acknowledgesBeforeCommit()) {
            committed = Optional.of(store.copy(store.epoch()));
            carryOut(taken);
        }
    }

    private void endCommit() {
        List<Waiting> done = group;
        group = List.of();
        if (committed.isPresent()) {
            committed = Optional.empty();
        } else if (!healthy && around.dice().oneIn(around.plan().failedCommitOneIn())) {
            fail(done);
        } else {
            carryOut(done);
        }
    }

    private void carryOut(List<Waiting> done) {
        List<PostOutcome> outcomes = new ArrayList<>();
        List<Runnable> tolds = new ArrayList<>();
        long now = around.clock().epochMillis();
        for (Waiting each : done) {
            switch (each) {
                case Waiting.Post(LogPost post) -> outcomes.add(store.decide(post, now));
                case Waiting.Room(long roomId, RoomState initial) -> store.addRoom(roomId, initial);
                case Waiting.Person(KeptPerson person) -> store.addPerson(person);
                case Waiting.Mark(long userId, long roomId, long seq) ->
                        store.markRead(userId, roomId, seq);
                case Waiting.Account(Consumer<AccountBook> change) ->
                        change.accept(store.accounts());
                case Waiting.Told(Runnable told) -> tolds.add(told);
            }
        }
        tally.add(Tally.Happening.COMMIT);
        if (!outcomes.isEmpty()) {
            around.mailbox().accept(() -> tell(outcomes));
        }
        if (!tolds.isEmpty()) {
            around.mailbox().accept(() -> tolds.forEach(Runnable::run));
        }
    }

    /// Nothing of the group is there. What is not a post is tried again with the next one; posts
    /// are refused, and with them all that are offered until the loop has heard.
    private void fail(List<Waiting> failed) {
        tally.add(Tally.Happening.FAILED_COMMIT);
        ErrorCode code = around.dice().oneIn(2) ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_FAILED;
        failureUnheard = true;
        around.mailbox()
                .accept(() -> {
                    List<Waiting> all = new ArrayList<>(failed);
                    all.addAll(waiting);
                    waiting.clear();
                    failureUnheard = false;
                    List<PostOutcome> outcomes = new ArrayList<>();
                    for (Waiting each : all) {
                        if (each instanceof Waiting.Post(LogPost post)) {
                            outcomes.add(new PostOutcome.Refused(post, code, "nothing stored"));
                        } else {
                            waiting.add(each);
                        }
                    }
                    tell(outcomes);
                });
    }

    private void tell(List<PostOutcome> outcomes) {
        listener.onCommit();
        for (PostOutcome outcome : outcomes) {
            tally.add(outcome);
            try {
                listener.onPostDecided(outcome);
            } catch (RuntimeException fault) {
                around.faults().accept(fault);
            }
        }
    }

    /// Reads later, or now and then at once; tells the loop then.
    private <T> void read(Consumer<Reading<T>> answer, Supplier<T> value) {
        if (!healthy && around.dice().oneIn(around.plan().failedReadingOneIn())) {
            tally.add(Tally.Happening.FAILED_READING);
            ErrorCode code = around.dice().oneIn(2) ? ErrorCode.BUSY : ErrorCode.STORAGE_FAILED;
            later(() -> answer.accept(new Reading.Failed<>(code, "cannot be read")));
        } else if (around.dice().oneIn(8)) {
            answer.accept(new Reading.Found<>(value.get()));
        } else {
            readings.add(
                    new DueReading(
                            dueNanos(),
                            () -> {
                                T read = value.get();
                                around.mailbox()
                                        .accept(() -> answer.accept(new Reading.Found<>(read)));
                            }));
        }
    }

    private void later(Runnable letter) {
        readings.add(new DueReading(dueNanos(), () -> around.mailbox().accept(letter)));
    }

    private long dueNanos() {
        int millis = healthy ? 1 : around.dice().between(0, around.plan().readingMillisMax());
        return around.clock().nanos() + millis * MILLISECOND;
    }

    // The log
    // --------------------------------------------------------------------------------------------

    @Override
    public void listener(CommitListener hears) {
        listener = hears;
    }

    @Override
    public Id128 epoch() {
        return store.epoch();
    }

    @Override
    public boolean offer(LogPost post) {
        if (waiting.size() >= around.plan().queueMax()) {
            tally.add(Tally.Happening.FULL_QUEUE);
            return false;
        }
        return waiting.add(new Waiting.Post(post));
    }

    @Override
    public long oldestSeq(long roomId) {
        return 1;
    }

    @Override
    public void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer) {
        read(answer, () -> events(roomId, Math.max(1, fromSeq), toSeq, bytesMax));
    }

    private Events events(long roomId, long first, long toSeq, int bytesMax) {
        List<RoomEvent> kept = store.events(roomId);
        List<EncodedFrame> frames = new ArrayList<>();
        int bytes = 0;
        for (long seq = first; seq <= Math.min(toSeq, kept.size()); seq++) {
            EncodedFrame frame = WireEncoding.encodedEvent(kept.get((int) seq - 1));
            bytes += frame.length();
            if (!frames.isEmpty() && bytes > bytesMax) {
                break;
            }
            frames.add(frame);
        }
        return new Events(first, frames);
    }

    @Override
    public void readPage(
            long roomId,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax,
            Consumer<Reading<Page>> answer) {
        read(
                answer,
                () ->
                        SimulatedPages.page(
                                Optional.ofNullable(store.rooms().get(roomId)),
                                visibleFromSeq,
                                anchor,
                                messagesMax));
    }

    // The directory
    // --------------------------------------------------------------------------------------

    @Override
    public List<KeptRoom> rooms() {
        return store.keptRooms();
    }

    @Override
    public List<KeptPerson> people() {
        return store.keptPeople();
    }

    @Override
    public boolean hasRoomId() {
        return true;
    }

    @Override
    public boolean hasUserId() {
        return true;
    }

    @Override
    public long newRoomId() {
        return ids.next();
    }

    @Override
    public long newUserId() {
        return ids.next();
    }

    @Override
    public void addRoom(long roomId, RoomState initial) {
        waiting.add(new Waiting.Room(roomId, initial.copy()));
    }

    @Override
    public void addPerson(KeptPerson person) {
        waiting.add(new Waiting.Person(person));
    }

    // The accounts
    // ---------------------------------------------------------------------------------------

    @Override
    public Kept accounts() {
        return store.accounts().kept();
    }

    @Override
    public void put(AccountRecord record) {
        waiting.add(new Waiting.Account(accounts -> accounts.put(record)));
    }

    @Override
    public void remove(AccountKey key) {
        waiting.add(new Waiting.Account(accounts -> accounts.remove(key)));
    }

    @Override
    public void adminCode(Optional<Digest32> hash) {
        waiting.add(new Waiting.Account(accounts -> accounts.adminCode(hash)));
    }

    @Override
    public boolean isBehind() {
        return false;
    }

    @Override
    public void whenWritten(Runnable told) {
        waiting.add(new Waiting.Told(told));
    }

    // Read markers
    // ---------------------------------------------------------------------------------------

    @Override
    public void markRead(long userId, long roomId, long seq) {
        waiting.add(new Waiting.Mark(userId, roomId, seq));
    }

    @Override
    public void readMarker(
            long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer) {
        read(answer, () -> marker(userId, roomId));
    }

    private Marker marker(long userId, long roomId) {
        long seq = store.marker(userId, roomId);
        List<Waiting> uncommitted = new ArrayList<>(group);
        uncommitted.addAll(waiting);
        for (Waiting each : uncommitted) {
            if (each instanceof Waiting.Mark(long user, long room, long marked)
                    && user == userId
                    && room == roomId) {
                seq = Math.max(seq, marked);
            }
        }
        long read = Math.max(0, seq);
        int unread =
                (int)
                        store.events(roomId).stream()
                                .filter(event -> event.seq() > read)
                                .filter(event -> event.senderId() != userId)
                                .filter(event -> event.body() instanceof EventBody.Message)
                                .count();
        return new Marker(read, unread, 0, seq >= 0);
    }
}
