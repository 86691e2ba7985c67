package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of accounts promises, whether anything outlasts it or not.
abstract class AccountStoreContract {
    static final AccountRecord.Person ANA =
            new AccountRecord.Person(
                    7, new UserName("Ana"), Role.ADMIN, digest(1), Optional.of(digest(2)));
    static final AccountRecord.Person BEN =
            new AccountRecord.Person(
                    8, new UserName("Ben"), Role.MEMBER, digest(3), Optional.empty());
    static final AccountRecord.Name ANAS_NAME =
            new AccountRecord.Name(new UserName("Ana"), 7, 1_000);
    static final AccountRecord.Device ANAS_DEVICE =
            new AccountRecord.Device(digest(1), 7, "Ana's laptop", "window 1", 1_000, 2_000, false);
    static final AccountRecord.Invite INVITE =
            new AccountRecord.Invite("i1", digest(4), 3, 9_000, 7, 1_000, false);
    static final AccountRecord.Ban BENS_BAN = new AccountRecord.Ban(8, 5_000, "spam", 7);
    static final AccountRecord.Mute BENS_MUTE = new AccountRecord.Mute(8, 0, 6_000);
    static final AccountRecord.Block BLOCK = new AccountRecord.Block(7, 8);

    /// One of each kind.
    static final List<AccountRecord> RECORDS =
            List.of(ANA, ANAS_NAME, ANAS_DEVICE, INVITE, BENS_BAN, BENS_MUTE, BLOCK);

    final StoreUnderTest store = new StoreUnderTest();
    AccountStore accounts;

    @BeforeEach
    void begin() throws IOException {
        accounts = open();
    }

    /// An empty one, whose letters come to [#store].
    abstract AccountStore open() throws IOException;

    static Digest32 digest(int first) {
        byte[] bytes = new byte[Digest32.BYTES];
        bytes[0] = (byte) first;
        return new Digest32(bytes);
    }

    /// Runs letters until everything that was put in is written.
    void awaitWritten() {
        boolean[] told = {false};
        accounts.whenWritten(() -> told[0] = true);
        store.runUntil(() -> told[0]);
    }

    @Test
    void beginsEmpty() {
        assertEquals(AccountStore.Kept.NOTHING, accounts.accounts());
        assertFalse(accounts.isBehind());
    }

    @Test
    void tellsLaterThatNothingIsToBeWritten() {
        boolean[] told = {false};
        accounts.whenWritten(() -> told[0] = true);
        assertFalse(told[0]);
        store.runUntil(() -> told[0]);
    }

    @Test
    void tellsLaterAndInOrderThatSomethingIsWritten() {
        List<Integer> told = new ArrayList<>();
        accounts.put(ANA);
        accounts.whenWritten(() -> told.add(1));
        accounts.whenWritten(() -> told.add(2));
        accounts.remove(new AccountKey.Ban(8));
        accounts.whenWritten(() -> told.add(3));
        accounts.adminCode(Optional.of(digest(9)));
        accounts.whenWritten(() -> told.add(4));
        assertEquals(List.of(), told);
        store.runUntil(() -> told.size() == 4);
        accounts.whenWritten(() -> told.add(5));
        assertEquals(List.of(1, 2, 3, 4), told);
        store.runUntil(() -> told.size() == 5);
        assertEquals(List.of(1, 2, 3, 4, 5), told);
    }

    @Test
    void takesWhatIsThereAlreadyAndRemovesWhatIsNotThere() {
        for (int round = 0; round < 2; round++) {
            RECORDS.forEach(accounts::put);
            accounts.adminCode(Optional.of(digest(5)));
        }
        for (int round = 0; round < 2; round++) {
            accounts.remove(new AccountKey.Name(ANAS_NAME.name()));
            accounts.remove(new AccountKey.Invite(INVITE.id()));
            accounts.remove(new AccountKey.Ban(8));
            accounts.remove(new AccountKey.Mute(8, 0));
            accounts.remove(new AccountKey.Block(7, 8));
            accounts.remove(new AccountKey.Person(7));
            accounts.adminCode(Optional.empty());
            awaitWritten();
        }
    }
}
