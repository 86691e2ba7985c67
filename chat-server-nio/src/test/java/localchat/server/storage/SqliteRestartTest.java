package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.ANA;
import static localchat.server.storage.StoreUnderTest.BEN;
import static localchat.server.storage.StoreUnderTest.CLEO;
import static localchat.server.storage.StoreUnderTest.logPost;
import static localchat.server.storage.StoreUnderTest.name;
import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.server.room.Directory.KeptPerson;
import localchat.server.room.Directory.KeptRoom;
import localchat.server.room.Directory.Marker;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.PostOutcome;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomState;
import localchat.server.room.RoomState.Membership;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteRestartTest {
    private static final long ROOM = 1;
    private static final long PRIVATE_ROOM = 2;

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private final StoreUnderTest store = new StoreUnderTest();
    private final StoreFixture fixture = new StoreFixture(store);

    @BeforeEach
    void begin() throws IOException {
        fixture.open(folder);
        store.addPublicRoom(ROOM);
        store.addPrivateRoom(PRIVATE_ROOM, true, ANA, BEN);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    private SqliteLog restart() throws IOException {
        fixture.close();
        return fixture.open(folder);
    }

    @Test
    void keepsEventsAndGoesOnWithTheNextSeq() throws IOException {
        store.say(ROOM, ANA, "a");
        store.say(PRIVATE_ROOM, ANA, "b");
        restart();
        assertEquals(text("a"), store.events(ROOM, 1).getFirst().body());
        assertEquals(2, store.say(ROOM, ANA, "c"));
        assertEquals(2, store.say(PRIVATE_ROOM, ANA, "d"));
    }

    @Test
    void knowsPostsForEver() throws IOException {
        store.post(logPost(ROOM, ANA, 7, text("a")));
        store.post(logPost(ROOM, ANA, 8, text("gone")));
        store.stored(ROOM, ANA, new EventBody.Delete(2));
        restart();
        PostOutcome.Duplicate again =
                assertInstanceOf(
                        PostOutcome.Duplicate.class, store.post(logPost(ROOM, ANA, 7, text("a"))));
        assertEquals(1, again.seq());
        assertEquals(1_000, again.timeMillis());
        assertInstanceOf(
                PostOutcome.Duplicate.class, store.post(logPost(ROOM, ANA, 8, text("gone"))));
        assertEquals(
                ErrorCode.CONFLICT,
                ((PostOutcome.Refused) store.post(logPost(ROOM, ANA, 8, text("other")))).code());
    }

    @Test
    void keepsWhatEventsMadeOfRooms() throws IOException {
        store.nowMillis.set(5_000);
        store.stored(PRIVATE_ROOM, ANA, new EventBody.Topic(new RoomTopic("the topic")));
        store.stored(PRIVATE_ROOM, ANA, new EventBody.Rename(new RoomName("renamed")));
        store.stored(PRIVATE_ROOM, ANA, new EventBody.Settings(new RoomSettings(3, 4, false)));
        store.stored(
                PRIVATE_ROOM,
                ANA,
                new EventBody.Membership(CLEO, name(CLEO), MembershipChange.ADDED));
        store.stored(
                PRIVATE_ROOM,
                ANA,
                new EventBody.Membership(CLEO, name(CLEO), MembershipChange.OWNER));
        store.stored(
                PRIVATE_ROOM, ANA, new EventBody.Membership(ANA, name(ANA), MembershipChange.LEFT));
        List<KeptRoom> rooms = restart().rooms();
        KeptRoom kept = rooms.getLast();
        assertEquals(2, rooms.size());
        assertEquals(PRIVATE_ROOM, kept.roomId());
        assertEquals(6, kept.headSeq());
        assertEquals(5_000, kept.lastEventMillis());
        RoomState state = kept.state();
        assertEquals(RoomKind.PRIVATE, state.kind());
        assertEquals(new RoomName("renamed"), state.name());
        assertEquals(new RoomTopic("the topic"), state.topic());
        assertEquals(new RoomSettings(3, 4, false), state.settings());
        assertEquals(CLEO, state.ownerId());
        assertEquals(
                Map.of(
                        BEN,
                        new Membership(name(BEN), 0, 1),
                        CLEO,
                        new Membership(name(CLEO), 4, 4)),
                state.members());
        assertEquals(0, rooms.getFirst().headSeq());
        assertEquals(0, rooms.getFirst().lastEventMillis());
    }

    @Test
    void keepsRoomsOfEveryKind() throws IOException {
        List<RoomKind> kinds = List.of(RoomKind.values());
        long roomId = 10;
        for (RoomKind kind : kinds) {
            store.directory()
                    .addRoom(roomId++, StoreUnderTest.state(kind, ANA, RoomSettings.STANDARD));
        }
        assertEquals(
                kinds,
                restart().rooms().stream()
                        .filter(room -> room.roomId() >= 10)
                        .map(room -> room.state().kind())
                        .toList());
    }

    @Test
    void countsPinsOn() throws IOException {
        for (int i = 1; i <= RoomRules.PINS_MAX + 1; i++) {
            store.say(ROOM, ANA, "m");
        }
        for (int i = 1; i <= RoomRules.PINS_MAX; i++) {
            store.stored(ROOM, ANA, new EventBody.Pin(i, false));
        }
        restart();
        PostOutcome outcome =
                store.post(ROOM, ANA, new EventBody.Pin(RoomRules.PINS_MAX + 1, false));
        assertInstanceOf(PostOutcome.Refused.class, outcome);
    }

    @Test
    void keepsPeople() throws IOException {
        store.directory().addPerson(new KeptPerson(7, name(7)));
        store.directory().addPerson(new KeptPerson(8, name(8)));
        SqliteLog log = restart();
        assertEquals(List.of(new KeptPerson(7, name(7)), new KeptPerson(8, name(8))), log.people());
        assertEquals(List.of(), log.people());
    }

    @Test
    void keepsReadMarkers() throws IOException {
        store.say(ROOM, ANA, "a");
        store.say(ROOM, ANA, "b");
        store.directory().markRead(BEN, ROOM, 1);
        restart();
        assertEquals(new Marker(1, 1, 0, true), store.marker(BEN, ROOM, false));
        store.directory().markRead(BEN, ROOM, 0);
        restart();
        assertEquals(new Marker(1, 1, 0, true), store.marker(BEN, ROOM, false));
    }

    /// A marker that nobody posts anything after is written all the same.
    @Test
    void writesReadMarkersThatComeAlone() throws IOException {
        store.say(ROOM, ANA, "a");
        store.directory().markRead(BEN, ROOM, 1);
        store.runUntil(() -> markersOnDisk() == 1);
    }

    private long markersOnDisk() {
        try (Sql sql = Database.openReader(folder.resolve("chat.db"))) {
            return sql.number(0, "SELECT count(*) FROM read_marker");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void neverGivesAnIdTwiceOverRestarts() throws IOException {
        Set<Long> rooms = new HashSet<>();
        Set<Long> people = new HashSet<>();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < StoreOpening.ROOM_IDS / 2; i++) {
                assertTrue(rooms.add(store.directory().newRoomId()));
                assertTrue(people.add(store.directory().newUserId()));
            }
            restart();
        }
    }

    @Test
    void staysTheSameServerInTheSameEpoch() throws IOException {
        SqliteLog first = restart();
        store.say(ROOM, ANA, "a");
        SqliteLog second = restart();
        assertEquals(first.serverId(), second.serverId());
        assertEquals(first.epoch(), second.epoch());
        assertNotEquals(first.serverId(), first.epoch());
    }

    @Test
    void storesWhatWaitsWhenItCloses() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            store.offer(store.next(ROOM, ANA, text("m" + i)));
        }
        restart();
        assertEquals(2_000, store.events(ROOM, 1).size());
    }

    @Test
    void leavesOneFileWhenItCloses() throws IOException {
        store.say(ROOM, ANA, "a");
        fixture.close();
        assertFalse(Files.exists(folder.resolve("chat.db-wal")));
    }

    // What a machine or a person can do to the files.

    /// The files of a server that was killed now, in another folder. Some of its events are in the
    /// write-ahead log alone.
    private Path killed() throws IOException {
        Path copy = elsewhere.resolve("copy" + System.identityHashCode(new Object()));
        Files.createDirectories(copy);
        for (String file : List.of("chat.db", "chat.db-wal", "head")) {
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private SqliteLog openAt(Path path) throws IOException {
        fixture.close();
        return fixture.open(path);
    }

    private void withoutCheckpoints() {
        fixture.points =
                point -> {
                    if (point == StoragePoints.Point.MID_CHECKPOINT) {
                        throw new SQLiteException("not now", SQLiteErrorCode.SQLITE_BUSY);
                    }
                };
    }

    @Test
    void goesOnInTheSameEpochAfterAKill() throws IOException {
        withoutCheckpoints();
        store.say(ROOM, ANA, "a");
        Id128 epoch = store.log().epoch();
        SqliteLog again = openAt(killed());
        assertEquals(epoch, again.epoch());
        assertEquals(1, store.events(ROOM, 1).size());
    }

    @Test
    void beginsANewEpochOnceWhenTheLogIsLost() throws IOException {
        withoutCheckpoints();
        store.say(ROOM, ANA, "a");
        Id128 epoch = store.log().epoch();
        Path copy = killed();
        Files.delete(copy.resolve("chat.db-wal"));
        // Without its log the database is as it was before the first commit: not even a schema.
        SqliteLog again = openAt(copy);
        assertNotEquals(epoch, again.epoch());
        Id128 second = again.epoch();
        assertEquals(second, openAt(copy).epoch());
    }

    @Test
    void beginsANewEpochWhenTheLogIsCutAnywhere() throws IOException {
        for (int i = 0; i < 20; i++) {
            store.say(ROOM, ANA, "before");
        }
        restart();
        Id128 epoch = store.log().epoch();
        withoutCheckpoints();
        for (int i = 0; i < 20; i++) {
            store.say(ROOM, ANA, "message " + i);
        }
        Path copy = killed();
        long length = Files.size(copy.resolve("chat.db-wal"));
        for (int tenth = 0; tenth < 10; tenth++) {
            Path cut = elsewhere.resolve("cut" + tenth);
            Files.createDirectories(cut);
            for (String file : List.of("chat.db", "chat.db-wal", "head")) {
                Files.copy(copy.resolve(file), cut.resolve(file));
            }
            try (RandomAccessFile log =
                    new RandomAccessFile(cut.resolve("chat.db-wal").toFile(), "rw")) {
                log.setLength(length * tenth / 10);
            }
            SqliteLog again = openAt(cut);
            assertNotEquals(epoch, again.epoch());
            int events = store.events(ROOM, 1).size();
            assertTrue(events >= 20 && events < 40, "events " + events);
            assertEquals(events + 1, store.say(ROOM, ANA, "goes on"));
        }
    }

    @Test
    void beginsANewEpochWhenAnOlderCopyWasPutBack() throws IOException {
        store.say(ROOM, ANA, "a");
        restart();
        Id128 epoch = store.log().epoch();
        fixture.close();
        Files.copy(folder.resolve("chat.db"), elsewhere.resolve("older"));
        fixture.open(folder);
        store.say(ROOM, ANA, "b");
        fixture.close();
        Files.delete(folder.resolve("chat.db"));
        Files.move(elsewhere.resolve("older"), folder.resolve("chat.db"));
        assertNotEquals(epoch, fixture.open(folder).epoch());
        assertEquals(1, store.events(ROOM, 1).size());
    }

    /// Clients may still have the ids that were given away since then.
    @Test
    void givesNoIdAgainThatWasGivenAwayBeforeAnOlderCopyWasPutBack() throws IOException {
        store.say(ROOM, ANA, "a");
        fixture.close();
        Files.copy(folder.resolve("chat.db"), elsewhere.resolve("older"));
        fixture.open(folder);
        long room = 0;
        long person = 0;
        for (int i = 0; i < 3 * StoreOpening.ROOM_IDS; i++) {
            store.runUntil(store.directory()::hasRoomId);
            room = store.directory().newRoomId();
        }
        for (int i = 0; i < 3 * StoreOpening.USER_IDS; i++) {
            store.runUntil(store.directory()::hasUserId);
            person = store.directory().newUserId();
        }
        store.say(ROOM, ANA, "b");
        fixture.close();
        Files.delete(folder.resolve("chat.db"));
        Files.move(elsewhere.resolve("older"), folder.resolve("chat.db"));
        fixture.open(folder);
        assertTrue(store.directory().newRoomId() > room);
        assertTrue(store.directory().newUserId() > person);
    }

    @Test
    void hasNoMoreIdsThanAreReservedOnDisk() {
        while (store.directory().hasRoomId()) {
            store.directory().newRoomId();
        }
        assertThrows(IllegalStateException.class, store.directory()::newRoomId);
        store.runUntil(store.directory()::hasRoomId);
        store.directory().newRoomId();
        while (store.directory().hasUserId()) {
            store.directory().newUserId();
        }
        assertThrows(IllegalStateException.class, store.directory()::newUserId);
        store.runUntil(store.directory()::hasUserId);
        store.directory().newUserId();
    }

    /// After a power cut it may be older than the database, cut short or gone.
    @Test
    void goesOnWhenTheHeadFileTellsLess() throws IOException {
        store.say(ROOM, ANA, "a");
        restart();
        Path head = folder.resolve("head");
        byte[] older = Files.readAllBytes(head);
        store.say(ROOM, ANA, "b");
        Id128 epoch = store.log().epoch();
        for (byte[] content : List.of(older, new byte[0], new byte[older.length], new byte[7])) {
            fixture.close();
            Files.write(head, content);
            assertEquals(epoch, fixture.open(folder).epoch());
        }
        fixture.close();
        Files.delete(head);
        assertEquals(epoch, fixture.open(folder).epoch());
    }

    @Test
    void keepsASecondServerOut() {
        IOException refused =
                assertThrows(DataFolder.InUseException.class, () -> DataFolder.open(folder));
        assertTrue(refused.getMessage().contains("in use by another running server"));
    }

    @Test
    void refusesADatabaseOfANewerVersion() throws Exception {
        fixture.close();
        try (Sql sql = Database.openWriter(folder.resolve("chat.db"), Durability.OFF)) {
            sql.run("PRAGMA user_version = " + (Migrations.STEPS.size() + 1));
        }
        IOException refused = assertThrows(IOException.class, () -> fixture.open(folder));
        assertTrue(refused.getMessage().contains("schema " + (Migrations.STEPS.size() + 1)));
        assertTrue(refused.getMessage().contains("up to " + Migrations.STEPS.size()));
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        fixture.close();
        Files.writeString(folder.resolve("chat.db"), "this is no database ".repeat(1_000));
        IOException refused = assertThrows(IOException.class, () -> fixture.open(folder));
        assertTrue(refused.getMessage().contains("restore a backup"), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"));
    }

    @Test
    void foldsOverARestart() throws IOException {
        store.say(ROOM, ANA, "a");
        store.stored(ROOM, ANA, new EventBody.Edit(1, new MessageText("b")));
        store.stored(ROOM, BEN, new EventBody.Pin(1, false));
        var before = store.page(ROOM, new PageAnchor.Before(0), 5);
        restart();
        assertEquals(before, store.page(ROOM, new PageAnchor.Before(0), 5));
    }
}
