package localchat.server.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import localchat.server.counters.Counters;
import org.jspecify.annotations.Nullable;

/// Opens, closes and opens again a store on disk.
final class StoreFixture {
    final AtomicLong nowNanos = new AtomicLong(1);
    final List<String> fatal = new CopyOnWriteArrayList<>();
    final Counters counters = new Counters();
    Durability durability = Durability.OFF;

    /// What happens at the store's named points now.
    volatile StoragePoints points = StoragePoints.NONE;

    /// What happens when the store wants the server to end.
    volatile Runnable onFatal = () -> {};

    private final StoreUnderTest store;
    private @Nullable DataFolder folder;
    private @Nullable SqliteLog log;

    StoreFixture(StoreUnderTest store) {
        this.store = store;
    }

    SqliteLog open(Path path) throws IOException {
        DataFolder opened = DataFolder.open(path);
        folder = opened;
        StoreWiring wiring =
                new StoreWiring(
                        store.nowMillis::get,
                        nowNanos::get,
                        store.letters::add,
                        this::onFatal,
                        counters);
        SqliteLog made = SqliteLog.open(opened, durability, wiring, this::at);
        log = made;
        store.use(made);
        return made;
    }

    private void onFatal(String line) {
        fatal.add(line);
        onFatal.run();
    }

    private void at(StoragePoints.Point point) throws SQLException {
        points.at(point);
    }

    SqliteLog log() {
        return Objects.requireNonNull(log);
    }

    void close() throws IOException {
        if (log != null) {
            log.close();
            log = null;
        }
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    /// Has the store look for what expires now, with a clock that it trusts, and waits until it
    /// has.
    void expireNow() {
        long now = store.nowMillis.get();
        store.nowMillis.set(Math.max(0, now - Expiry.EVEN_NANOS / 1_000_000));
        wake();
        store.nowMillis.set(now);
        nowNanos.addAndGet(Expiry.EVEN_NANOS);
        wake();
    }

    /// Lets the storage thread do what it does between posts.
    void wake() {
        for (int i = 0; i < 5; i++) {
            store.say(2, 1, "wakes the storage thread");
        }
    }
}
