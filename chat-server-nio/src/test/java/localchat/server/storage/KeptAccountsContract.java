package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.server.account.AccountBook;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import org.junit.jupiter.api.Test;

/// What stores of accounts promise that outlast a server.
abstract class KeptAccountsContract extends AccountStoreContract {
    /// What the next server finds.
    abstract AccountStore restart() throws IOException;

    private final AccountBook expected = new AccountBook();

    private void put(AccountRecord record) {
        accounts.put(record);
        expected.put(record);
    }

    private void remove(AccountKey key) {
        accounts.remove(key);
        expected.remove(key);
    }

    private AccountStore.Kept restarted() throws IOException {
        awaitWritten();
        accounts = restart();
        return accounts.accounts();
    }

    private void assertKept() throws IOException {
        assertEquals(expected.kept(), restarted());
    }

    @Test
    void keepsOneOfEachKind() throws IOException {
        RECORDS.forEach(this::put);
        assertKept();
        accounts.put(BEN);
        assertEquals(List.of(ANA, BEN), restarted().people());
    }

    @Test
    void keepsTheNewestWithTheSameKey() throws IOException {
        RECORDS.forEach(this::put);
        List<AccountRecord> changed =
                List.of(
                        new AccountRecord.Person(
                                7,
                                new UserName("Anna"),
                                Role.MODERATOR,
                                digest(11),
                                Optional.empty()),
                        new AccountRecord.Name(new UserName("ANA"), 8, 2_000),
                        new AccountRecord.Device(digest(1), 8, "phone", "terminal", 3, 4, true),
                        new AccountRecord.Invite("i1", digest(12), 0, 0, 0, 5, true),
                        new AccountRecord.Ban(8, 0, "", 0),
                        new AccountRecord.Mute(8, 0, 1),
                        BLOCK);
        awaitWritten();
        changed.forEach(this::put);
        assertKept();
        assertEquals("ANA", expected.kept().names().getFirst().name().value());
    }

    @Test
    void keepsWhatHasNoValueAndTheLargest() throws IOException {
        put(
                new AccountRecord.Person(
                        Long.MAX_VALUE,
                        new UserName("x".repeat(UserName.BYTES_MAX)),
                        Role.MODERATOR,
                        AccountRecord.Person.UNKNOWN_DEVICE,
                        Optional.empty()));
        put(new AccountRecord.Name(new UserName("ğ"), Long.MAX_VALUE, Long.MAX_VALUE));
        put(new AccountRecord.Name(new UserName("Ñandú"), 0, 0));
        put(new AccountRecord.Device(digest(0), 0, "", "", 0, 0, false));
        byte[] ones = new byte[Digest32.BYTES];
        java.util.Arrays.fill(ones, (byte) 0xff);
        put(
                new AccountRecord.Device(
                        new Digest32(ones),
                        Long.MAX_VALUE,
                        "\uD83D\uDE00".repeat(16),
                        "a\u0000\n'\"".repeat(8),
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        true));
        put(new AccountRecord.Invite("", digest(0), 0, 0, 0, 0, false));
        put(
                new AccountRecord.Invite(
                        "x".repeat(64),
                        new Digest32(ones),
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        true));
        put(new AccountRecord.Invite("any number", digest(1), -1, 0, 0, 0, false));
        put(new AccountRecord.Ban(0, 0, "", 0));
        put(new AccountRecord.Ban(Long.MAX_VALUE, Long.MAX_VALUE, "x".repeat(256), Long.MAX_VALUE));
        put(new AccountRecord.Mute(0, 0, 0));
        put(new AccountRecord.Mute(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
        put(new AccountRecord.Block(0, 0));
        put(new AccountRecord.Block(Long.MAX_VALUE, Long.MAX_VALUE));
        assertKept();
    }

    @Test
    void removesOneOfEachKindAndNothingElse() throws IOException {
        RECORDS.forEach(this::put);
        put(BEN);
        put(new AccountRecord.Name(new UserName("Ben"), 8, 1));
        put(new AccountRecord.Invite("i2", digest(4), -1, 0, 0, 0, false));
        put(new AccountRecord.Ban(9, 0, "", 0));
        put(new AccountRecord.Mute(8, 1, 1));
        put(new AccountRecord.Mute(9, 0, 1));
        put(new AccountRecord.Block(8, 7));
        awaitWritten();
        remove(new AccountKey.Name(new UserName("aNA")));
        remove(new AccountKey.Invite("i1"));
        remove(new AccountKey.Ban(8));
        remove(new AccountKey.Mute(8, 0));
        remove(new AccountKey.Block(7, 8));
        assertKept();
        AccountStore.Kept left = expected.kept();
        assertEquals(List.of("Ben"), left.names().stream().map(n -> n.name().value()).toList());
        assertEquals("i2", left.invites().getFirst().id());
        assertEquals(2, left.mutes().size());
    }

    @Test
    void removesWithAPersonWhatIsKeptOfIt() throws IOException {
        AccountRecord ofBen = new AccountRecord.Name(new UserName("Ben"), 8, 1);
        RECORDS.forEach(accounts::put);
        accounts.put(BEN);
        accounts.put(ofBen);
        accounts.put(new AccountRecord.Name(new UserName("Anna"), 7, 1));
        accounts.put(new AccountRecord.Device(digest(20), 7, "", "", 0, 0, true));
        accounts.put(new AccountRecord.Device(digest(21), 8, "", "", 0, 0, true));
        accounts.put(new AccountRecord.Ban(7, 0, "", 0));
        accounts.put(new AccountRecord.Mute(7, 0, 1));
        accounts.put(new AccountRecord.Mute(7, 5, 1));
        accounts.put(new AccountRecord.Block(8, 7));
        accounts.put(new AccountRecord.Block(8, 9));
        accounts.adminCode(Optional.of(digest(30)));
        awaitWritten();
        accounts.remove(new AccountKey.Person(7));
        AccountStore.Kept left = restarted();
        assertEquals(List.of(BEN), left.people());
        assertEquals(List.of(ofBen), left.names());
        assertEquals(List.of(8L), left.devices().stream().map(d -> d.userId()).toList());
        assertEquals(List.of(INVITE), left.invites());
        assertEquals(List.of(BENS_BAN), left.bans());
        assertEquals(List.of(BENS_MUTE), left.mutes());
        assertEquals(List.of(new AccountRecord.Block(8, 9)), left.blocks());
        assertEquals(Optional.of(digest(30)), left.adminCode());
    }

    /// What comes between is written with it, or it is not.
    @Test
    void keepsNothingOfBeforeOfAPersonWhoIsPutInAgain() throws IOException {
        put(ANA);
        put(ANAS_DEVICE);
        put(ANAS_NAME);
        remove(new AccountKey.Person(7));
        put(ANAS_NAME);
        put(ANA);
        assertKept();
        assertEquals(List.of(), expected.kept().devices());
        assertEquals(List.of(ANAS_NAME), expected.kept().names());
    }

    @Test
    void givesANameOfOnePersonToAnotherBeforeTheFirstGoes() throws IOException {
        put(ANA);
        put(ANAS_NAME);
        put(new AccountRecord.Name(ANAS_NAME.name(), 8, 5));
        remove(new AccountKey.Person(7));
        assertKept();
        assertEquals(8, expected.kept().names().getFirst().userId());
    }

    @Test
    void keepsInvitesWithTheSameCode() throws IOException {
        put(new AccountRecord.Invite("a", digest(4), 1, 0, 0, 0, true));
        put(new AccountRecord.Invite("b", digest(4), 1, 0, 0, 0, false));
        put(
                new AccountRecord.Person(
                        9, new UserName("x"), Role.MEMBER, digest(4), Optional.of(digest(4))));
        put(
                new AccountRecord.Person(
                        10, new UserName("x"), Role.MEMBER, digest(4), Optional.of(digest(4))));
        assertKept();
    }

    @Test
    void keepsTheCodeOfTheFirstAdministratorUntilItIsUsed() throws IOException {
        accounts.adminCode(Optional.of(digest(1)));
        accounts.adminCode(Optional.of(digest(2)));
        assertEquals(Optional.of(digest(2)), restarted().adminCode());
        accounts.adminCode(Optional.empty());
        assertEquals(Optional.empty(), restarted().adminCode());
    }

    @Test
    void writesWhatWasPutInAndRemovedInThisOrder() throws IOException {
        List<AccountRecord> bans = new ArrayList<>();
        for (int userId = 1; userId <= 1_000; userId++) {
            AccountRecord.Ban ban = new AccountRecord.Ban(userId, userId, "", 0);
            put(ban);
            if (userId % 2 == 0) {
                remove(new AccountKey.Ban(userId));
            } else {
                remove(new AccountKey.Ban(userId));
                put(ban);
                bans.add(ban);
            }
        }
        assertKept();
        assertEquals(bans, expected.kept().bans());
    }
}
