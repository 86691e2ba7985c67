package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomSettings;
import localchat.server.counters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the storage thread does beside committing posts.
class SqliteHousekeepingTest {
    private static final long ROOM = 1;
    private static final long OTHER_ROOM = 2;
    private static final long SHORT_ROOM = 3;

    @TempDir Path folder;

    private final StoreUnderTest store = new StoreUnderTest();
    private final StoreFixture fixture = new StoreFixture(store);

    @BeforeEach
    void begin() throws IOException {
        fixture.open(folder);
        store.addPublicRoom(ROOM);
        store.addPublicRoom(OTHER_ROOM);
        store.addPrivateRoom(SHORT_ROOM, true, ANA);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private long expired(long roomId) {
        return store.events(roomId, 1).stream()
                .filter(event -> event.body() instanceof EventBody.Tombstone)
                .count();
    }

    /// A message, then so many edits of it.
    private void sayAndEdit(int edits) {
        long seq = store.say(SHORT_ROOM, ANA, "m");
        for (int i = 0; i < edits; i++) {
            store.offer(
                    store.next(SHORT_ROOM, ANA, new EventBody.Edit(seq, new MessageText("e" + i))));
        }
        store.settle();
    }

    @Test
    void expiresNoMoreAtOnceThanPostsMayWaitFor() {
        List<Long> steps = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 700; i++) {
            store.offer(store.next(SHORT_ROOM, ANA, text("m" + i)));
        }
        store.settle();
        sayAndEdit(700);
        store.say(SHORT_ROOM, ANA, "stays");
        store.stored(SHORT_ROOM, ANA, new EventBody.Settings(new RoomSettings(0, 1, true)));
        fixture.points =
                point -> {
                    if (point == StoragePoints.Point.AFTER_COMMIT) {
                        steps.add(0L);
                    }
                };
        fixture.nowNanos.addAndGet(Expiry.EVERY_NANOS);
        long before = 0;
        while (before < 1_401) {
            store.say(OTHER_ROOM, ANA, "one post between the steps");
            long now = expired(SHORT_ROOM);
            assertTrue(now - before <= 2 * Expiry.EVENTS_AT_ONCE, "at once " + (now - before));
            assertTrue(steps.size() < 20, "it does not get on");
            before = now;
        }
        assertEquals(1_401, before);
        RoomEvent last = store.events(SHORT_ROOM, 1).get(1_401);
        assertEquals(text("stays"), last.body());
    }

    @Test
    void looksForExpiredMessagesOnceAMinute() {
        store.say(SHORT_ROOM, ANA, "one");
        store.say(SHORT_ROOM, ANA, "two");
        store.stored(SHORT_ROOM, ANA, new EventBody.Settings(new RoomSettings(0, 1, true)));
        fixture.expireNow();
        assertEquals(1, expired(SHORT_ROOM));
        store.say(SHORT_ROOM, ANA, "three");
        fixture.nowNanos.addAndGet(Expiry.EVERY_NANOS - 1);
        for (int i = 0; i < 3; i++) {
            store.say(OTHER_ROOM, ANA, "wakes the storage thread");
        }
        assertEquals(1, expired(SHORT_ROOM));
        fixture.nowNanos.addAndGet(1);
        for (int i = 0; i < 3; i++) {
            store.say(OTHER_ROOM, ANA, "wakes the storage thread");
        }
        assertEquals(2, expired(SHORT_ROOM));
    }

    @Test
    void goesOnExpiringAfterARestart() throws IOException {
        for (int i = 0; i < 5; i++) {
            store.say(SHORT_ROOM, ANA, "m" + i);
        }
        store.stored(SHORT_ROOM, ANA, new EventBody.Settings(new RoomSettings(0, 3, true)));
        fixture.expireNow();
        fixture.close();
        fixture.open(folder);
        store.say(SHORT_ROOM, ANA, "m5");
        fixture.expireNow();
        assertEquals(3, expired(SHORT_ROOM));
    }

    /// A clock that is put right, or wrong, by years must not cost years of messages at once.
    @Test
    void expiresByAgeOnlyWhenTheClockHasRunEvenlyForAnHour() {
        long day = 86_400_000L;
        store.nowMillis.set(day);
        store.say(SHORT_ROOM, ANA, "old");
        store.stored(SHORT_ROOM, ANA, new EventBody.Settings(new RoomSettings(1, 0, true)));
        fixture.expireNow();
        assertEquals(0, expired(SHORT_ROOM));
        store.nowMillis.set(3_000 * day);
        fixture.wake();
        letTimePass(Expiry.EVEN_NANOS - 1);
        assertEquals(0, expired(SHORT_ROOM), "a nanosecond before");
        store.nowMillis.addAndGet(-59_999);
        letTimePass(Expiry.EVERY_NANOS + 1);
        assertEquals(1, expired(SHORT_ROOM), "a minute of difference is even");
    }

    @Test
    void startsToWaitAgainWhenTheClockJumps() {
        long day = 86_400_000L;
        store.nowMillis.set(day);
        store.say(SHORT_ROOM, ANA, "old");
        store.stored(SHORT_ROOM, ANA, new EventBody.Settings(new RoomSettings(1, 0, true)));
        store.nowMillis.set(3_000 * day);
        fixture.wake();
        letTimePass(Expiry.EVEN_NANOS - Expiry.EVERY_NANOS);
        store.nowMillis.addAndGet(-60_002);
        fixture.wake();
        letTimePass(Expiry.EVERY_NANOS);
        assertEquals(0, expired(SHORT_ROOM));
        letTimePass(Expiry.EVEN_NANOS);
        assertEquals(1, expired(SHORT_ROOM));
    }

    /// On both clocks.
    private void letTimePass(long nanos) {
        fixture.nowNanos.addAndGet(nanos);
        store.nowMillis.addAndGet(nanos / 1_000_000);
        fixture.wake();
    }

    @Test
    void keepsTheLogShort() throws IOException {
        String long4k = "x".repeat(MessageText.BYTES_MAX);
        long longest = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 1_000; i++) {
                store.offer(store.next(ROOM, ANA, text(long4k)));
            }
            store.settle();
            store.page(ROOM, new localchat.server.room.MessageLog.PageAnchor.Before(0), 100);
            longest = Math.max(longest, Files.size(folder.resolve("chat.db-wal")));
        }
        assertTrue(longest < 64L * 1024 * 1024, "the log had " + longest + " bytes");
        assertTrue(Files.size(folder.resolve("chat.db")) > 20_000 * 4_096L);
    }

    @Test
    void leavesNothingOfADeletedTextOnDisk() throws IOException {
        String secret = "a secret that was taken back";
        long seq = store.say(ROOM, ANA, secret);
        store.say(ROOM, ANA, "another message");
        fixture.close();
        assertTrue(isOnDisk(secret));
        fixture.open(folder);
        store.stored(ROOM, ANA, new EventBody.Delete(seq));
        fixture.close();
        assertFalse(isOnDisk(secret));
    }

    private boolean isOnDisk(String secret) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("chat.db"));
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(secret);
    }

    @Test
    void countsCommits() {
        for (int i = 0; i < 100; i++) {
            store.offer(store.next(ROOM, ANA, text("m")));
        }
        store.settle();
        assertEquals(100, fixture.counters.get(Counter.COMMIT_POSTS));
        assertTrue(fixture.counters.get(Counter.COMMIT_GROUP_MAX) >= 1);
        assertTrue(fixture.counters.get(Counter.COMMIT_GROUP_MAX) <= 100);
        store.events(ROOM, 1);
        assertEquals(1, fixture.counters.get(Counter.READINGS));
        assertEquals(0, fixture.log().undecided());
        store.offer(store.next(ROOM, ANA, text("m")));
        assertEquals(1, fixture.log().undecided());
        store.settle();
        assertEquals(0, fixture.log().undecided());
    }
}
