package localchat.server.storage;

import static localchat.server.storage.StoreUnderTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import localchat.server.room.Directory.KeptPerson;
import localchat.server.room.PostOutcome;
import localchat.server.storage.StoragePoints.Point;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteAccountsTest extends KeptAccountsContract {
    private static final long ROOM = 1;

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private final StoreFixture fixture = new StoreFixture(store);

    @Override
    AccountStore open() throws IOException {
        return fixture.open(folder);
    }

    @Override
    AccountStore restart() throws IOException {
        fixture.close();
        return fixture.open(folder);
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
    }

    @Test
    void givesTheAccountsAwayOnce() {
        accounts.accounts();
        assertThrows(IllegalStateException.class, accounts::accounts);
    }

    /// Closing writes what waits, whether somebody asked for it or not.
    @Test
    void keepsWhatNobodyWaitedFor() throws IOException {
        accounts.put(ANA);
        accounts.adminCode(Optional.of(digest(1)));
        AccountStore.Kept kept = restart().accounts();
        assertEquals(List.of(ANA), kept.people());
        assertEquals(Optional.of(digest(1)), kept.adminCode());
    }

    @Test
    void comesBackWithABackup() throws IOException {
        RECORDS.forEach(accounts::put);
        accounts.adminCode(Optional.of(digest(1)));
        awaitWritten();
        Backup.write(folder, elsewhere.resolve("backup.db"));
        accounts.remove(new AccountKey.Person(7));
        AccountStore.Kept before = restart().accounts();
        assertEquals(List.of(), before.people());
        fixture.close();
        Backup.restore(elsewhere.resolve("backup.db"), elsewhere.resolve("restored"));
        AccountStore.Kept restored = fixture.open(elsewhere.resolve("restored")).accounts();
        assertEquals(
                new AccountStore.Kept(
                        List.of(ANA),
                        List.of(ANAS_NAME),
                        List.of(ANAS_DEVICE),
                        List.of(INVITE),
                        List.of(BENS_BAN),
                        List.of(BENS_MUTE),
                        List.of(BLOCK),
                        Optional.of(digest(1))),
                restored);
    }

    // With posts

    /// What is on disk, read as another program would.
    private AccountStore.Kept onDisk() {
        try (Sql sql = Database.openReader(folder.resolve("chat.db"))) {
            return AccountTables.all(sql);
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private long eventsOnDisk() {
        try (Sql sql = Database.openReader(folder.resolve("chat.db"))) {
            return sql.number(-1, "SELECT count(*) FROM event");
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isNeverBehindAPostThatWasOfferedLater() {
        store.addPublicRoom(ROOM);
        store.say(ROOM, StoreUnderTest.ANA, "before");
        ConcurrentLinkedQueue<Boolean> seen = new ConcurrentLinkedQueue<>();
        fixture.points =
                point -> {
                    if (point == Point.AFTER_COMMIT) {
                        seen.add(eventsOnDisk() == 1 || onDisk().people().equals(List.of(ANA)));
                    }
                };
        accounts.put(ANA);
        store.say(ROOM, StoreUnderTest.ANA, "after");
        fixture.points = StoragePoints.NONE;
        assertFalse(seen.isEmpty());
        assertFalse(seen.contains(false));
    }

    // With a disk that fails

    private void failAt(Point where) {
        fixture.points =
                point -> {
                    if (point == where) {
                        throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL);
                    }
                };
    }

    private void repair() {
        fixture.points = StoragePoints.NONE;
        fixture.nowNanos.addAndGet(StoreHealth.PAUSE_NANOS);
    }

    private void refusedPost() {
        assertInstanceOf(
                PostOutcome.Refused.class, store.post(ROOM, StoreUnderTest.ANA, text("refused")));
    }

    @ParameterizedTest
    @CsvSource({"AFTER_BEGIN", "AFTER_INSERTS", "BEFORE_COMMIT"})
    void writesLaterWhatACommitCouldNotAndTellsThen(Point where) throws IOException {
        store.addPublicRoom(ROOM);
        awaitWritten();
        failAt(where);
        boolean[] told = {false, false};
        accounts.put(ANA);
        accounts.put(BENS_BAN);
        accounts.whenWritten(() -> told[0] = true);
        refusedPost();
        accounts.put(ANAS_NAME);
        accounts.put(new AccountRecord.Ban(8, 6_000, "again", 7));
        accounts.whenWritten(() -> told[1] = true);
        refusedPost();
        fixture.nowNanos.addAndGet(StoreHealth.PAUSE_NANOS);
        refusedPost();
        assertFalse(told[0] || told[1]);
        assertEquals(AccountStore.Kept.NOTHING, onDisk());
        repair();
        store.runUntil(() -> told[0] && told[1]);
        AccountStore.Kept kept = restart().accounts();
        assertEquals(List.of(ANA), kept.people());
        assertEquals(List.of(ANAS_NAME), kept.names());
        assertEquals(List.of(new AccountRecord.Ban(8, 6_000, "again", 7)), kept.bans());
    }

    /// What was written before is told though nothing can be written now.
    @Test
    void tellsAlsoWhileTheDiskIsFullThatNothingIsToBeWritten() {
        accounts.put(ANA);
        store.addPublicRoom(ROOM);
        awaitWritten();
        failAt(Point.AFTER_INSERTS);
        refusedPost();
        awaitWritten();
    }

    @Test
    void isBehindWhenTooMuchWaits() {
        awaitWritten();
        failAt(Point.AFTER_INSERTS);
        for (int i = 1; i < SqliteAccounts.BEHIND; i++) {
            accounts.put(new AccountRecord.Ban(i % 10, i, "", 0));
        }
        assertFalse(accounts.isBehind());
        accounts.put(BEN);
        assertTrue(accounts.isBehind());
        accounts.put(ANA);
        boolean[] told = {false};
        accounts.whenWritten(() -> told[0] = true);
        fixture.points = StoragePoints.NONE;
        store.runUntil(() -> {
            fixture.nowNanos.addAndGet(StoreHealth.PAUSE_NANOS);
            return told[0];
        });
        assertFalse(accounts.isBehind());
        assertEquals(List.of(ANA, BEN), onDisk().people());
        assertEquals(10, onDisk().bans().size());
    }

    // From an older schema

    /// A folder as the version with schema 1 left it, with these people.
    private void schemaOne(String... names) throws Exception {
        fixture.close();
        try (Sql sql = Database.openWriter(elsewhere.resolve("chat.db"), Durability.OFF)) {
            Migrations.run(sql, List.of(Schema::create), StoragePoints.NONE);
            for (int i = 0; i < names.length; i++) {
                sql.update("INSERT INTO person (user_id, name) VALUES (?, ?)", i + 1, names[i]);
            }
            sql.update("INSERT INTO device (device, device_id) VALUES (1, x'01')");
        }
    }

    private static AccountRecord.Person deviceless(long userId, String name) {
        return new AccountRecord.Person(
                userId,
                new UserName(name),
                Role.MEMBER,
                AccountRecord.Person.UNKNOWN_DEVICE,
                Optional.empty());
    }

    @Test
    void makesMembersWithoutADeviceOfPeopleOfSchemaOne() throws Exception {
        schemaOne("Ana", "Ñandú");
        SqliteLog log = fixture.open(elsewhere);
        AccountStore.Kept kept = log.accounts();
        assertEquals(List.of(deviceless(1, "Ana"), deviceless(2, "Ñandú")), kept.people());
        assertEquals(
                List.of(
                        new AccountRecord.Name(new UserName("Ana"), 1, 0),
                        new AccountRecord.Name(new UserName("Ñandú"), 2, 0)),
                kept.names());
        assertEquals(List.of(), kept.devices());
        assertEquals(
                List.of(
                        new KeptPerson(1, new UserName("Ana")),
                        new KeptPerson(2, new UserName("Ñandú"))),
                log.people());
        log.put(ANA);
        fixture.close();
        assertEquals(
                List.of(deviceless(1, "Ana"), deviceless(2, "Ñandú"), ANA),
                fixture.open(elsewhere).accounts().people());
        fixture.close();
        try (Sql sql = Database.openReader(elsewhere.resolve("chat.db"))) {
            assertEquals(2, sql.number(0, "PRAGMA user_version"));
            assertEquals(1, sql.number(0, "SELECT count(*) FROM device"));
        }
    }

    @Test
    void leavesANameOfSchemaOneToWhoHadItFirst() throws Exception {
        schemaOne("Ana", "ANA");
        AccountStore.Kept kept = fixture.open(elsewhere).accounts();
        assertEquals(2, kept.people().size());
        assertEquals(List.of(new AccountRecord.Name(new UserName("Ana"), 1, 0)), kept.names());
    }

    /// As people come who are put in through the directory.
    @Test
    void takesPeopleOfTheDirectoryForMembersWithoutADevice() throws IOException {
        store.directory().addPerson(new KeptPerson(9, new UserName("Cleo")));
        accounts.put(ANA);
        store.directory().addPerson(new KeptPerson(7, new UserName("Anna")));
        awaitWritten();
        fixture.close();
        SqliteLog log = fixture.open(folder);
        AccountStore.Kept kept = log.accounts();
        assertEquals(
                List.of(
                        new AccountRecord.Person(
                                7,
                                new UserName("Anna"),
                                ANA.role(),
                                ANA.firstDevice(),
                                ANA.recoveryCode()),
                        deviceless(9, "Cleo")),
                kept.people());
        assertEquals(
                List.of(7L, 9L), kept.names().stream().map(AccountRecord.Name::userId).toList());
        assertEquals(2, log.people().size());
    }

    // What lies on disk

    /// Databases have these numbers.
    @Test
    void writesRolesAsItAlwaysDid() throws Exception {
        Map<Long, Role> onDisk = Map.of(1L, Role.MEMBER, 2L, Role.MODERATOR, 3L, Role.ADMIN);
        assertEquals(Role.values().length, onDisk.size());
        onDisk.forEach((number, role) ->
                accounts.put(
                        new AccountRecord.Person(
                                number, new UserName("x"), role, digest(1), Optional.empty())));
        awaitWritten();
        try (Sql sql = Database.openReader(folder.resolve("chat.db"))) {
            assertEquals(3, sql.number(0, "SELECT count(*) FROM person WHERE role = user_id"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE person SET role = 0 | there is no role 0",
                "UPDATE person SET role = 4 | there is no role 4",
                "UPDATE person SET name = '' | a person's name is none: the name is empty",
                "UPDATE person SET first_device = x'00' | digest of a first device has 1 bytes",
                "UPDATE person SET recovery_code = x'' | digest of a recovery code has 0 bytes",
                "UPDATE account_name SET name = '' | a person's name is none",
                "UPDATE account_device SET device_id = zeroblob(31) | digest of a device has 31 bytes",
                "UPDATE invite SET code = zeroblob(33) | digest of an invite has 33 bytes",
                "UPDATE meta SET value = x'01' WHERE name = 'admin_code' | code has 1 bytes"
            })
    void doesNotOpenWithADamagedRow(String damage, String words) throws Exception {
        RECORDS.forEach(accounts::put);
        accounts.adminCode(Optional.of(digest(1)));
        awaitWritten();
        fixture.close();
        try (Sql sql = Database.openWriter(folder.resolve("chat.db"), Durability.OFF)) {
            sql.run(damage);
        }
        IOException refused = assertThrows(IOException.class, () -> fixture.open(folder));
        String line = String.valueOf(refused.getMessage());
        assertTrue(line.contains("it is damaged; restore a backup"), line);
        assertTrue(line.contains(words), line);
        assertFalse(line.contains("\n"));
        assertInstanceOf(DamagedException.class, refused.getCause());
    }
}
