package localchat.server.storage;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;

/// Numbers what is put in and removed, hands it to the storage thread, and tells when it is
/// written. Belongs to the loop thread.
final class SqliteAccounts implements AccountStore {
    /// Changes that may wait before whoever makes them is asked to wait too. Reason: some 30 MB,
    /// and three times what 10,000 people cause who come at once; on a disk that works they wait
    /// for a few commits.
    static final int BEHIND = 65_536;

    /// Waits for everything up to this number.
    private record Waiting(long number, Runnable told) {}

    private final CommitQueue queue;
    private final Letters letters;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Optional<Kept> kept;
    private long lastPut;
    private long lastWritten;

    /// @param kept as of the database
    SqliteAccounts(CommitQueue queue, Letters letters, Kept kept) {
        this.queue = queue;
        this.letters = letters;
        this.kept = Optional.of(kept);
    }

    @Override
    public Kept accounts() {
        Kept asked =
                kept.orElseThrow(() -> new IllegalStateException("the accounts were given away"));
        kept = Optional.empty();
        return asked;
    }

    @Override
    public void put(AccountRecord record) {
        queue.add(new Note.Kept(++lastPut, record));
    }

    @Override
    public void remove(AccountKey key) {
        queue.add(new Note.Gone(++lastPut, key));
    }

    @Override
    public void adminCode(Optional<Digest32> hash) {
        queue.add(new Note.AdminCode(++lastPut, hash));
    }

    @Override
    public boolean isBehind() {
        return lastPut - lastWritten >= BEHIND;
    }

    @Override
    public void whenWritten(Runnable told) {
        if (lastPut == lastWritten) {
            letters.send(told);
        } else {
            waiting.add(new Waiting(lastPut, told));
        }
    }

    /// These were written, and with them everything that was put in before the last of them. A
    /// fault of one that is told keeps the others from nothing.
    void onWritten(List<Note> notes) {
        for (Note note : notes) {
            if (note instanceof Note.Account account) {
                lastWritten = Math.max(lastWritten, account.number());
            }
        }
        while (!waiting.isEmpty() && waiting.element().number() <= lastWritten) {
            letters.send(waiting.remove().told());
        }
    }
}
