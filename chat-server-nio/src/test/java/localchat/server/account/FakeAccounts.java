package localchat.server.account;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import localchat.core.model.Digest32;

/// An [AccountStore] in memory that writes when the test says so, as a disk writes when it can.
/// Until it is told otherwise it writes what comes, later.
public final class FakeAccounts implements AccountStore {
    private final Consumer<Runnable> later;
    private final AccountBook written = new AccountBook();
    private final AccountBook put = new AccountBook();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean holds;
    private boolean isBehind;
    private boolean underWay;

    /// @param later runs a task on the loop thread
    public FakeAccounts(Consumer<Runnable> later) {
        this.later = later;
    }

    /// The store of a server that starts where this one's was killed: what was not written is lost.
    public FakeAccounts restarted() {
        FakeAccounts next = new FakeAccounts(later);
        next.written.putAll(written);
        next.put.putAll(written);
        return next;
    }

    /// From now on nothing is written until [#write].
    public void holdWriting() {
        holds = true;
    }

    /// Writes what waits, and from now on what comes.
    public void write() {
        holds = false;
        maybeWriteLater();
    }

    /// Whether it says that too much waits.
    public void behind(boolean now) {
        isBehind = now;
    }

    /// What a crash leaves.
    public Kept written() {
        return written.kept();
    }

    /// Everything that was put in, written or not.
    public Kept all() {
        return put.kept();
    }

    private void change(Consumer<AccountBook> change) {
        change.accept(put);
        waiting.add(() -> change.accept(written));
        maybeWriteLater();
    }

    private void maybeWriteLater() {
        if (!holds && !underWay && !waiting.isEmpty()) {
            underWay = true;
            later.accept(this::writeNow);
        }
    }

    private void writeNow() {
        underWay = false;
        while (!holds && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Override
    public Kept accounts() {
        return written.kept();
    }

    @Override
    public void put(AccountRecord record) {
        change(book -> book.put(record));
    }

    @Override
    public void remove(AccountKey key) {
        change(book -> book.remove(key));
    }

    @Override
    public void adminCode(Optional<Digest32> hash) {
        change(book -> book.adminCode(hash));
    }

    @Override
    public boolean isBehind() {
        return isBehind;
    }

    /// Nothing waits: told later, even while writing is held.
    @Override
    public void whenWritten(Runnable told) {
        if (waiting.isEmpty()) {
            later.accept(told);
        } else {
            waiting.add(told);
            maybeWriteLater();
        }
    }
}
