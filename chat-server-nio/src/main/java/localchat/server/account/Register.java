package localchat.server.account;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;

/// What is known of people. Belongs to the loop thread.
///
/// @param adminCode what was kept of the code that makes the first administrator, when it began
public record Register(
        AccountStore store,
        Accounts accounts,
        Invites invites,
        DeviceCodes deviceCodes,
        Restraints restraints,
        Optional<Digest32> adminCode) {
    /// As the store has it.
    ///
    /// @param newUserId gives ids that no person ever had
    /// @param random strong
    /// @param proven false for benchmarks: then a name is anybody's, whatever it looks like
    public static Register load(
            AccountStore store, LongSupplier newUserId, RandomGenerator random, boolean proven) {
        AccountStore.Kept kept = store.accounts();
        return new Register(
                store,
                new Accounts(store, kept, newUserId, proven),
                new Invites(store, kept, random),
                new DeviceCodes(random),
                new Restraints(store, kept),
                kept.adminCode());
    }
}
