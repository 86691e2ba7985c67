package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.BEN;
import static localchat.server.storage.StoreUnderTest.name;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.server.LogLines;
import localchat.server.counters.Counter;
import localchat.server.room.Directory.KeptPerson;
import localchat.server.room.Directory.Marker;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog.Events;
import localchat.server.room.MessageLog.Page;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.Standing;
import localchat.server.storage.StoragePoints.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What the store does when the disk does not do what it should.
class SqliteFaultTest {
    private static final long ROOM = 1;

    @TempDir Path folder;

    private final StoreUnderTest store = new StoreUnderTest();
    private final StoreFixture fixture = new StoreFixture(store);
    private final LogLines lines = new LogLines();

    @BeforeEach
    void begin() throws IOException {
        fixture.open(folder);
        store.addPublicRoom(ROOM);
        store.say(ROOM, ANA, "before");
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        lines.close();
    }

    private void failAt(Point where, SQLiteErrorCode code) {
        fixture.points =
                point -> {
                    if (point == where) {
                        throw new SQLiteException("made to fail", code);
                    }
                };
    }

    private void repair() {
        fixture.points = StoragePoints.NONE;
    }

    private void waitOutThePause() {
        fixture.nowNanos.addAndGet(StoreHealth.PAUSE_NANOS);
    }

    private static ErrorCode refused(PostOutcome outcome) {
        return assertInstanceOf(PostOutcome.Refused.class, outcome).code();
    }

    private ErrorCode refusedPost() {
        return refused(store.post(ROOM, ANA, text("refused")));
    }

    private long complaintsAbout(String words) {
        return lines.complaints().stream().filter(line -> line.contains(words)).count();
    }

    /// Nothing is acknowledged, what is stored can be read, and posts are stored again once the
    /// fault is gone, without a restart.
    @ParameterizedTest
    @CsvSource({
        "AFTER_BEGIN, SQLITE_FULL, STORAGE_FULL, disk is full",
        "AFTER_INSERTS, SQLITE_FULL, STORAGE_FULL, disk is full",
        "BEFORE_COMMIT, SQLITE_FULL, STORAGE_FULL, disk is full",
        "AFTER_INSERTS, SQLITE_IOERR_WRITE, STORAGE_FAILED, cannot be written",
        "BEFORE_COMMIT, SQLITE_IOERR_WRITE, STORAGE_FAILED, cannot be written",
        "AFTER_INSERTS, SQLITE_IOERR, STORAGE_FAILED, cannot be written",
        "AFTER_INSERTS, SQLITE_CANTOPEN, STORAGE_FAILED, cannot be written",
        "AFTER_BEGIN, SQLITE_READONLY, READ_ONLY, is read-only",
        "BEFORE_COMMIT, SQLITE_READONLY_DBMOVED, READ_ONLY, is read-only"
    })
    void refusesAndRecovers(Point where, SQLiteErrorCode fault, ErrorCode code, String line)
            throws IOException {
        failAt(where, fault);
        assertEquals(code, refusedPost());
        assertTrue(fixture.log().isDegraded());
        assertEquals(1, complaintsAbout(line));
        assertEquals(1, store.page(ROOM, new PageAnchor.Before(0), 5).messages().size());
        repair();
        assertEquals(code, refusedPost());
        waitOutThePause();
        assertEquals(2, store.say(ROOM, ANA, "after"));
        assertFalse(fixture.log().isDegraded());
        assertEquals(1, complaintsAbout("is written again"));
        assertEquals(List.of(), fixture.fatal);
        assertEquals(2, fixture.counters.get(Counter.STORAGE_REFUSALS));
        fixture.close();
        fixture.open(folder);
        assertEquals(2, store.events(ROOM, 1).size());
    }

    /// The space that the write-ahead log has is of use on a full disk.
    @Test
    void emptiesTheLogBeforeItTriesAFullDiskAgain() throws IOException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        assertTrue(Files.size(folder.resolve("chat.db-wal")) > 0);
        waitOutThePause();
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        assertEquals(0, Files.size(folder.resolve("chat.db-wal")));
    }

    /// A post may fit into the log where its pages do not fit into the database.
    @Test
    void takesPostsWhileACheckpointFindsTheDiskFull() {
        CountDownLatch tried = new CountDownLatch(1);
        fixture.points =
                point -> {
                    if (point == Point.MID_CHECKPOINT) {
                        tried.countDown();
                        throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL);
                    }
                };
        store.say(ROOM, ANA, "a checkpoint follows when nothing else is to do");
        await(tried);
        for (int i = 0; i < 10; i++) {
            store.say(ROOM, ANA, "m");
        }
        assertFalse(fixture.log().isDegraded());
    }

    @Test
    void stopsTheServerWhenASyncFailsWhileItMakesSpace() {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        failAt(Point.MID_CHECKPOINT, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        waitOutThePause();
        assertEquals(ErrorCode.STORAGE_FAILED, refusedPost());
        assertEquals(1, fixture.fatal.size());
    }

    @Test
    void triesAgainAtMostOnceASecond() {
        AtomicInteger tries = new AtomicInteger();
        fixture.points =
                point -> {
                    if (point == Point.AFTER_BEGIN) {
                        tries.incrementAndGet();
                        throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL);
                    }
                };
        for (int i = 0; i < 10; i++) {
            assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        }
        assertEquals(1, tries.get());
        fixture.nowNanos.addAndGet(StoreHealth.PAUSE_NANOS - 1);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        assertEquals(1, tries.get());
        fixture.nowNanos.addAndGet(1);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        assertEquals(2, tries.get());
        assertEquals(1, complaintsAbout("disk is full"));
    }

    /// Whatever is wrong, the posts of one transaction stand or fall together.
    @Test
    void refusesAWholeGroup() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.points =
                point -> {
                    reached.countDown();
                    await(go);
                };
        store.offer(store.next(ROOM, ANA, text("holds")));
        await(reached);
        for (int i = 0; i < 10; i++) {
            store.offer(store.next(ROOM, ANA, text("m")));
        }
        store.offer(store.next(ROOM, BEN, new EventBody.Delete(99)));
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        go.countDown();
        List<PostOutcome> outcomes = store.settle();
        assertEquals(13, outcomes.size());
        for (PostOutcome outcome : outcomes.subList(1, 13)) {
            assertEquals(ErrorCode.STORAGE_FULL, refused(outcome));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The disk is well again and the pause is over before the loop hears of the failure: what it
    /// offered until then must not overtake what was refused.
    @Test
    void refusesWhatWasOfferedBeforeTheLoopHeardOfAFailure() throws InterruptedException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        store.offer(store.next(ROOM, ANA, text("first")));
        Runnable letter = store.letters.poll(20, TimeUnit.SECONDS);
        assertNotNull(letter, "no word from the store");
        repair();
        waitOutThePause();
        store.offer(store.next(ROOM, ANA, text("second")));
        letTheStorageThreadWork();
        store.letters.add(letter);
        List<PostOutcome> outcomes = store.settle();
        assertEquals(ErrorCode.STORAGE_FULL, refused(outcomes.get(1)));
        assertEquals(ErrorCode.STORAGE_FULL, refused(outcomes.get(2)));
        waitOutThePause();
        assertEquals(2, store.say(ROOM, ANA, "third"));
    }

    /// One person's refusal is no reason to refuse everybody: under load the others' refusals would
    /// follow one another for ever.
    @Test
    void storesWhatOthersOfferedBeforeTheLoopHeardOfAFailure() throws InterruptedException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        store.offer(store.next(ROOM, ANA, text("first")));
        Runnable letter = store.letters.poll(20, TimeUnit.SECONDS);
        assertNotNull(letter, "no word from the store");
        repair();
        waitOutThePause();
        LogPost otherDevice =
                new LogPost(
                        ROOM,
                        ANA,
                        name(ANA),
                        Standing.MEMBER,
                        new Digest32(
                                new byte[] {
                                    1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
                                }),
                        new MessageId(new Id128(0, 77)),
                        text("from another device"),
                        0,
                        1,
                        outcome -> {});
        store.offer(store.next(ROOM, ANA, text("second")));
        store.offer(store.next(ROOM, BEN, text("of another")));
        store.offer(otherDevice);
        letTheStorageThreadWork();
        store.letters.add(letter);
        List<PostOutcome> outcomes = store.settle();
        assertEquals(
                List.of("first", "second"),
                outcomes.stream()
                        .filter(PostOutcome.Refused.class::isInstance)
                        .map(outcome -> words(outcome.post()))
                        .toList());
        assertEquals(3, store.say(ROOM, BEN, "again") - 1);
        assertEquals(5, store.say(ROOM, ANA, "third"));
    }

    private static String words(LogPost post) {
        return post.body() instanceof EventBody.Message message ? message.text().value() : "";
    }

    /// Until it has taken everything that was offered, and has written something that is no post.
    private void letTheStorageThreadWork() {
        CountDownLatch written = new CountDownLatch(1);
        fixture.points =
                point -> {
                    if (point == Point.AFTER_COMMIT) {
                        written.countDown();
                    }
                };
        store.directory().addPerson(new KeptPerson(7, name(7)));
        await(written);
        repair();
    }

    @Test
    void writesLaterWhatIsNoPost() throws IOException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        store.directory().addPerson(new KeptPerson(7, name(7)));
        store.addPublicRoom(5);
        store.directory().markRead(BEN, ROOM, 1);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        assertEquals(new Marker(1, 0, 0, true), store.marker(BEN, ROOM, false));
        store.directory().addPerson(new KeptPerson(8, name(8)));
        repair();
        waitOutThePause();
        store.say(5, ANA, "in the room that was made meanwhile");
        fixture.close();
        SqliteLog log = fixture.open(folder);
        assertEquals(List.of(new KeptPerson(7, name(7)), new KeptPerson(8, name(8))), log.people());
        assertEquals(new Marker(1, 0, 0, true), store.marker(BEN, ROOM, false));
        assertEquals(1, store.events(5, 1).size());
    }

    /// What was counted in a transaction that did not happen is not counted.
    @Test
    void goesOnInTheSameEpochAfterAFailure() throws IOException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        assertEquals(ErrorCode.STORAGE_FULL, refusedPost());
        repair();
        waitOutThePause();
        store.directory().addPerson(new KeptPerson(7, name(7)));
        Id128 epoch = fixture.log().epoch();
        fixture.close();
        assertEquals(epoch, fixture.open(folder).epoch());
    }

    /// Two devices that come in transactions that did not happen are not taken for one.
    @Test
    void tellsDevicesApartAfterAFailure() {
        LogPost ofOne = fromDevice(1, "a");
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        assertEquals(ErrorCode.STORAGE_FULL, refused(store.post(ofOne)));
        repair();
        waitOutThePause();
        assertInstanceOf(PostOutcome.Stored.class, store.post(ofOne));
        assertInstanceOf(PostOutcome.Stored.class, store.post(fromDevice(2, "b")));
        assertInstanceOf(PostOutcome.Duplicate.class, store.post(ofOne));
    }

    private static LogPost fromDevice(int device, String words) {
        byte[] id = new byte[Digest32.BYTES];
        id[0] = (byte) device;
        return new LogPost(
                ROOM,
                ANA,
                name(ANA),
                Standing.MEMBER,
                new Digest32(id),
                new MessageId(new Id128(0, 7)),
                text(words),
                0,
                1,
                outcome -> {});
    }

    /// Nobody may be told that a sync which failed once has succeeded the next time.
    @ParameterizedTest
    @CsvSource({
        "BEFORE_COMMIT, SQLITE_IOERR_FSYNC",
        "BEFORE_COMMIT, SQLITE_IOERR_DIR_FSYNC",
        "BEFORE_COMMIT, SQLITE_IOERR",
        "AFTER_INSERTS, SQLITE_IOERR_FSYNC"
    })
    void stopsTheServerWhenASyncFails(Point where, SQLiteErrorCode fault) {
        failAt(where, fault);
        assertEquals(ErrorCode.STORAGE_FAILED, refusedPost());
        assertEquals(1, fixture.fatal.size());
        assertTrue(fixture.fatal.getFirst().contains("the server stops"));
        assertFalse(fixture.fatal.getFirst().contains("\n"));
        repair();
        fixture.nowNanos.addAndGet(3_600_000_000_000L);
        assertEquals(ErrorCode.STORAGE_FAILED, refusedPost());
        assertEquals(1, fixture.fatal.size());
        assertEquals(1, store.events(ROOM, 1).size());
    }

    @Test
    void stopsTheServerWhenACheckpointsSyncFails() {
        CountDownLatch stopped = new CountDownLatch(1);
        fixture.onFatal = stopped::countDown;
        failAt(Point.MID_CHECKPOINT, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        store.say(ROOM, ANA, "a checkpoint follows when nothing else is to do");
        await(stopped);
        assertEquals(ErrorCode.STORAGE_FAILED, refusedPost());
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CONSTRAINT_PRIMARYKEY"})
    void writesNothingMoreIntoADamagedDatabase(SQLiteErrorCode fault) {
        failAt(Point.AFTER_INSERTS, fault);
        assertEquals(ErrorCode.READ_ONLY, refusedPost());
        assertEquals(1, complaintsAbout("restore a backup"));
        repair();
        fixture.nowNanos.addAndGet(3_600_000_000_000L);
        assertEquals(ErrorCode.READ_ONLY, refusedPost());
        assertEquals(1, store.events(ROOM, 1).size());
        assertEquals(List.of(), fixture.fatal);
    }

    @Test
    void neverGivesAwayWhatIsNotWhatWasStored() throws Exception {
        store.say(ROOM, ANA, "second");
        store.say(ROOM, ANA, "third");
        change(
                "UPDATE event SET frame = CAST(substr(frame, 1, length(frame) - 1) || x'21' AS BLOB)"
                        + " WHERE id = "
                        + EventKey.of(ROOM, 2));
        for (int i = 0; i < 3; i++) {
            Reading<Events> read =
                    store.read(answer -> store.log().readEvents(ROOM, 1, 3, 1 << 20, answer));
            assertEquals(
                    ErrorCode.STORAGE_FAILED, assertInstanceOf(Reading.Failed.class, read).code());
        }
        assertInstanceOf(
                Reading.Failed.class,
                store.<Page>read(answer ->
                        store.log().readPage(ROOM, 1, new PageAnchor.Before(0), 5, answer)));
        assertEquals(1, complaintsAbout("restore a backup"));
        assertEquals(1, complaintsAbout("event 2 of room 1 does not match its checksum"));
        assertEquals(1, store.events(ROOM, 1, 1, 1 << 20).size());
        assertEquals(ErrorCode.READ_ONLY, refusedPost());
    }

    @Test
    void neverGivesOneEventForAnother() throws Exception {
        store.say(ROOM, ANA, "second");
        change(
                "UPDATE event SET frame = (SELECT frame FROM event WHERE id = %d),"
                                .formatted(EventKey.of(ROOM, 1))
                        + " crc = (SELECT crc FROM event WHERE id = %d) WHERE id = %d"
                                .formatted(EventKey.of(ROOM, 1), EventKey.of(ROOM, 2)));
        Reading<Events> read =
                store.read(answer -> store.log().readEvents(ROOM, 2, 2, 1 << 20, answer));
        assertInstanceOf(Reading.Failed.class, read);
    }

    @Test
    void noticesAHoleInTheSequence() throws Exception {
        store.say(ROOM, ANA, "second");
        store.say(ROOM, ANA, "third");
        change("DELETE FROM event WHERE id = " + EventKey.of(ROOM, 2));
        Reading<Events> read =
                store.read(answer -> store.log().readEvents(ROOM, 1, 3, 1 << 20, answer));
        assertInstanceOf(Reading.Failed.class, read);
    }

    private void change(String statement) throws SQLException, IOException {
        try (Sql sql = Database.openWriter(folder.resolve("chat.db"), Durability.OFF)) {
            sql.run(statement);
        }
    }

    @Test
    void waitsForAnotherProgramsLock() throws Exception {
        try (Sql other = Database.openWriter(folder.resolve("chat.db"), Durability.OFF)) {
            other.run("BEGIN IMMEDIATE");
            store.offer(store.next(ROOM, ANA, text("waits")));
            store.marker(BEN, ROOM, true);
            other.run("COMMIT");
            assertInstanceOf(PostOutcome.Stored.class, store.settle().getLast());
        }
        assertFalse(fixture.log().isDegraded());
    }

    @Test
    void triesAgainUntilAnotherProgramLetsGo() {
        AtomicInteger tries = new AtomicInteger();
        fixture.points =
                point -> {
                    if (point == Point.AFTER_BEGIN && tries.incrementAndGet() <= 3) {
                        throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_BUSY);
                    }
                };
        assertEquals(2, store.say(ROOM, ANA, "waits"));
        assertEquals(4, tries.get());
        assertEquals(List.of(), lines.complaints());
    }

    @Test
    void refusesWhenAnotherProgramsLockLastsTooLong() throws Exception {
        try (Sql other = Database.openWriter(folder.resolve("chat.db"), Durability.OFF)) {
            other.run("BEGIN IMMEDIATE");
            store.offer(store.next(ROOM, ANA, text("waits")));
            store.runUntil(() -> {
                fixture.nowNanos.addAndGet(5_000_000_000L);
                return store.outcomes.size() == 2;
            });
            assertEquals(ErrorCode.STORAGE_FAILED, refused(store.settle().getLast()));
            assertEquals(1, complaintsAbout("another program"));
        }
        waitOutThePause();
        assertEquals(2, store.say(ROOM, ANA, "after"));
    }

    /// A fault of the server's own code costs its group and no more.
    @Test
    void survivesItsOwnFaults() {
        fixture.points =
                point -> {
                    throw new IllegalStateException("made to fail");
                };
        assertEquals(ErrorCode.STORAGE_FAILED, refusedPost());
        repair();
        assertEquals(2, store.say(ROOM, ANA, "after"));
    }

    /// The listener's fault keeps nobody from hearing, and comes to the loop.
    @Test
    void tellsEveryoneThoughSomebodyFails() throws InterruptedException {
        int[] heard = {0};
        store.log()
                .listener(outcome -> {
                    heard[0]++;
                    throw new IllegalStateException("made to fail");
                });
        for (int i = 0; i < 5; i++) {
            store.log().offer(store.next(ROOM, ANA, text("m")));
        }
        for (int faults = 0; faults < 5; ) {
            Runnable letter = store.letters.poll(20, TimeUnit.SECONDS);
            assertNotNull(letter, "no word from the store");
            try {
                letter.run();
            } catch (IllegalStateException madeToFail) {
                faults++;
            }
        }
        assertEquals(5, heard[0]);
        assertEquals(0, fixture.log().undecided());
    }

    @Test
    void closesInTimeWithAFullDisk() throws IOException {
        failAt(Point.AFTER_INSERTS, SQLiteErrorCode.SQLITE_FULL);
        for (int i = 0; i < 1_000; i++) {
            store.offer(store.next(ROOM, ANA, text("m")));
        }
        fixture.close();
        repair();
        fixture.open(folder);
        assertEquals(1, store.events(ROOM, 1).size());
    }
}
