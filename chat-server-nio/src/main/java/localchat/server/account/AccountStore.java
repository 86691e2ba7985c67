package localchat.server.account;

import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;

/// The port to where people and what was decided about them are kept. All methods are called on the
/// loop thread and return at once.
///
/// What is put in and removed is written in this order, with the next commit, before any post that
/// was offered after it; what a commit could not write is tried with every later one. So what was
/// told of it to nobody but the one who did it may be lost with a crash before that commit, and
/// nothing else.
public interface AccountStore {
    /// Everything that is kept, once, at the start.
    ///
    /// @param adminCode hash of the code that makes the first administrator, as long as nobody has
    ///   used it; see [Codes]
    record Kept(
            List<AccountRecord.Person> people,
            List<AccountRecord.Name> names,
            List<AccountRecord.Device> devices,
            List<AccountRecord.Invite> invites,
            List<AccountRecord.Ban> bans,
            List<AccountRecord.Mute> mutes,
            List<AccountRecord.Block> blocks,
            Optional<Digest32> adminCode) {
        /// What a store holds that is new.
        public static final Kept NOTHING =
                new Kept(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty());

        /// Copies the lists.
        public Kept {
            people = List.copyOf(people);
            names = List.copyOf(names);
            devices = List.copyOf(devices);
            invites = List.copyOf(invites);
            bans = List.copyOf(bans);
            mutes = List.copyOf(mutes);
            blocks = List.copyOf(blocks);
        }
    }

    /// What was kept when the server started. To be asked once: it is large, and not kept in memory
    /// for a second time.
    Kept accounts();

    /// Adds it, or puts it in the place of the one with the same key.
    void put(AccountRecord record);

    /// Keeps it no more.
    void remove(AccountKey key);

    /// The code that makes the first administrator.
    ///
    /// @param hash empty once it was used
    void adminCode(Optional<Digest32> hash);

    /// Whether so much waits to be written that nobody may add to it by a wish of his own: such a
    /// wish is to be refused as BUSY. It cannot be written for long then, or something floods it.
    /// What must be decided is put in all the same, and is kept like the rest.
    boolean isBehind();

    /// Runs `told` on the loop thread once everything that was put in and removed before is
    /// written, later even when that is so already; not while that cannot be written. Those that
    /// were asked for first are told first.
    void whenWritten(Runnable told);
}
