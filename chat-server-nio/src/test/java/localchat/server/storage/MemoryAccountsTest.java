package localchat.server.storage;

import localchat.core.model.Id128;
import localchat.server.account.AccountStore;

class MemoryAccountsTest extends AccountStoreContract {
    @Override
    AccountStore open() {
        return new MemoryLog(new Id128(1, 1), store.nowMillis::get, store.letters::add);
    }
}
