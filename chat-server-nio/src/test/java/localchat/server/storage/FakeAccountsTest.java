package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import localchat.server.account.AccountStore;
import localchat.server.account.FakeAccounts;
import org.junit.jupiter.api.Test;

/// The tests' own store of accounts keeps what the real one keeps.
class FakeAccountsTest extends KeptAccountsContract {
    @Override
    AccountStore open() {
        return new FakeAccounts(store.letters::add);
    }

    @Override
    AccountStore restart() {
        return ((FakeAccounts) accounts).restarted();
    }

    @Test
    void losesWhatItWasKeptFromWriting() {
        FakeAccounts fake = (FakeAccounts) accounts;
        boolean[] told = {false};
        fake.holdWriting();
        fake.put(ANA);
        fake.whenWritten(() -> told[0] = true);
        assertTrue(store.letters.isEmpty());
        assertEquals(List.of(ANA), fake.all().people());
        assertEquals(AccountStore.Kept.NOTHING, fake.written());
        assertEquals(AccountStore.Kept.NOTHING, fake.restarted().accounts());
        fake.write();
        assertFalse(told[0]);
        store.runUntil(() -> told[0]);
        assertEquals(List.of(ANA), fake.restarted().accounts().people());
    }
}
