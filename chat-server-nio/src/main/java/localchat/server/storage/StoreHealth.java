package localchat.server.storage;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the store can be written to, and when to try again. Changed by the storage thread, and
/// by readers that find damage; asked by any thread.
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    /// After a failure nothing is tried for so long, in nanoseconds. Reason: posts are taken again
    /// soon after space came back, and a full disk is not kept busy.
    static final long PAUSE_NANOS = 1_000_000_000L;

    /// The same trouble is told to the operator so often, in nanoseconds.
    private static final long SILENCE_NANOS = 10_000_000_000L;

    private final LongSupplier clockNanos;
    private final Consumer<String> fatal;
    private volatile @Nullable StorageFault fault;
    private long triedNanos;
    private @Nullable StorageFault told;
    private long toldNanos;

    /// Whether the operator knows of what is wrong now.
    private boolean tellEnd;

    /// @param clockNanos a monotonic clock; safe from any thread
    /// @param fatal stops the server, for the reason that it is given; safe from any thread
    StoreHealth(LongSupplier clockNanos, Consumer<String> fatal) {
        this.clockNanos = clockNanos;
        this.fatal = fatal;
    }

    /// What is wrong; null when nothing is.
    @Nullable StorageFault fault() {
        return fault;
    }

    /// What is wrong and keeps the store from being tried now; null when it may be tried.
    @Nullable StorageFault block() {
        StorageFault now = fault;
        if (now == null) {
            return null;
        }
        return now.isForGood() || clockNanos.getAsLong() - triedNanos < PAUSE_NANOS ? now : null;
    }

    /// Something could not be written. Storage thread.
    void onFault(StorageFault now, String detail) {
        triedNanos = clockNanos.getAsLong();
        change(now, detail);
    }

    /// A thread of the store ended by a fault of the server's own. Any thread.
    void onEnd(Throwable detail) {
        fault = StorageFault.SYNC_FAILED;
        fatal.accept(
                "the thread "
                        + Thread.currentThread().getName()
                        + " ended by a fault: the server stops. Error: "
                        + detail);
    }

    /// A reader found what was not written. Any thread.
    void onDamage(String detail) {
        change(StorageFault.DAMAGED, detail);
    }

    private synchronized void change(StorageFault now, String detail) {
        StorageFault before = fault;
        if (before != null && before.isForGood()) {
            return;
        }
        fault = now;
        boolean isTold = told == now && clockNanos.getAsLong() - toldNanos < SILENCE_NANOS;
        if (before != now && !isTold) {
            told = now;
            toldNanos = clockNanos.getAsLong();
            tellEnd = true;
            LOG.error("{} error={}", advice(now), detail);
        }
        if (now == StorageFault.SYNC_FAILED) {
            fatal.accept(
                    "the disk failed to keep what was written to it: the server stops, and what was"
                            + " not acknowledged is not stored. Check the disk before starting"
                            + " again. Error: "
                            + detail);
        }
    }

    private static String advice(StorageFault fault) {
        return switch (fault) {
            case FULL ->
                    "the disk is full: nothing new is stored until there is space again; what is"
                            + " stored can be read";
            case FAILED ->
                    "the database cannot be written: nothing new is stored until it can; what is"
                            + " stored can be read";
            case LOCKED ->
                    "another program holds a lock on the database: nothing new is stored until it"
                            + " lets go; what is stored can be read";
            case READ_ONLY ->
                    "the data folder is read-only: nothing new is stored until it can be written"
                            + " again; what is stored can be read";
            case DAMAGED ->
                    "the database is damaged: nothing new is stored from now on. Stop the server"
                            + " and restore a backup";
            case SYNC_FAILED -> "a sync of the disk failed";
        };
    }

    /// Something was written. Storage thread.
    synchronized void onWritten() {
        StorageFault before = fault;
        if (before == null || before.isForGood()) {
            return;
        }
        fault = null;
        if (tellEnd) {
            tellEnd = false;
            LOG.warn("the database is written again");
        }
    }
}
