package localchat.server.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import localchat.core.model.Id128;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The storage thread: takes what waits, commits it in groups, and sends word to the loop. It alone
/// writes.
///
/// Whose post was refused is refused until the loop has heard of it, which a barrier in the queue
/// tells; see [RefusedAuthors]. Each refusal asks for a barrier of its own.
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /// Another process's lock is waited for so long, in nanoseconds; then the posts are refused.
    /// Reason: longer than a backup's or a curious person's lock lasts.
    private static final long LOCK_PATIENCE_NANOS = 10_000_000_000L;

    /// The longest wait for work, in nanoseconds; between two waits there is housekeeping.
    private static final long TICK_NANOS = 1_000_000_000L;

    /// Hears of results. Called on the storage thread.
    interface Reports {
        /// A transaction is on disk.
        ///
        /// @param nanos how long it took
        void onCommitted(Work work, List<PostOutcome> outcomes, long nanos);

        /// Posts were refused.
        ///
        /// @param barrier to be put into the queue once the refusals are heard of
        void onRefused(List<LogPost> posts, StorageFault fault, long barrier);
    }

    /// What it works on; belongs to it once it runs.
    ///
    /// @param epoch of the history
    record Tools(
            Sql sql,
            GroupWriter groups,
            Checkpoints checkpoints,
            Expiry expiry,
            HeadFile headFile,
            Id128 epoch,
            StoragePoints points) {}

    private final CommitQueue queue;
    private final Tools tools;
    private final Machine machine;
    private final StoreHealth health;
    private final Reports reports;
    private final Pending pending = new Pending();
    private volatile boolean hurried;
    private final RefusedAuthors refused = new RefusedAuthors();
    private long refusals;
    private StorageFault lastFault = StorageFault.FAILED;
    private boolean headFileFailed;
    private long houseFailedNanos;

    Writer(CommitQueue queue, Tools tools, Machine machine, StoreHealth health, Reports reports) {
        this.queue = queue;
        this.tools = tools;
        this.machine = machine;
        this.health = health;
        this.reports = reports;
        this.houseFailedNanos = machine.nanos() - StoreHealth.PAUSE_NANOS;
    }

    @Override
    public void run() {
        try {
            Optional<Work> work = queue.take(TICK_NANOS);
            while (work.isPresent() && !hurried) {
                handle(work.orElseThrow());
                keepHouse(work.orElseThrow().isNothing());
                work = queue.take(isBusyWithHouse() ? 0 : TICK_NANOS);
            }
        } catch (InterruptedException e) {
            LOG.warn("the storage thread was interrupted: it ends");
        } catch (RuntimeException | Error e) {
            LOG.error("the storage thread ended by a fault", e);
            health.onEnd(e);
        } finally {
            end();
        }
    }

    /// Whether there is more to do beside posts.
    private boolean isBusyWithHouse() {
        return tools.expiry().isUnderWay()
                && health.block() == null
                && machine.nanos() - houseFailedNanos >= StoreHealth.PAUSE_NANOS;
    }

    /// To end at once, whatever waits. Any thread.
    void hurry() {
        hurried = true;
    }

    private void handle(Work work) {
        pending.add(work);
        refused.onBarrier(work.barrier());
        if (work.posts().isEmpty() && pending.isEmpty()) {
            return;
        }
        StorageFault block = health.block();
        if (block == null && health.fault() == StorageFault.FULL) {
            block = makeSpace();
        }
        if (block != null) {
            refuse(work.posts(), block);
            return;
        }
        List<LogPost> allowed = work.posts();
        if (!refused.isEmpty()) {
            allowed = allowed.stream().filter(post -> !refused.holds(post)).toList();
            refuse(work.posts().stream().filter(refused::holds).toList(), lastFault);
        }
        if (!allowed.isEmpty() || !pending.isEmpty()) {
            commit(pending.with(allowed));
        }
    }

    private void refuse(List<LogPost> posts, StorageFault fault) {
        if (!posts.isEmpty()) {
            lastFault = fault;
            refused.add(posts, ++refusals);
            reports.onRefused(posts, fault, refusals);
        }
    }

    private void commit(Work work) {
        long begun = machine.nanos();
        List<PostOutcome> outcomes = write(work, begun);
        if (outcomes == null) {
            refuse(work.posts(), lastFault);
            return;
        }
        pending.clear();
        tellHead();
        try {
            tools.points().at(StoragePoints.Point.AFTER_COMMIT);
        } catch (SQLException e) {
            throw new IllegalStateException("nothing can fail where nothing is done", e);
        }
        health.onWritten();
        tools.checkpoints()
                .onCommitted(work.posts().size() + work.notes().size() + work.marks().size());
        reports.onCommitted(work, outcomes, machine.nanos() - begun);
    }

    /// What the write-ahead log holds may fit into the database, where pages may be free.
    ///
    /// @return why nothing may be written after this; null when it may be tried
    private @Nullable StorageFault makeSpace() {
        try {
            tools.checkpoints().empty();
        } catch (CommitException e) {
            if (e.fault().isForGood()) {
                onFault(e);
                return e.fault();
            }
        }
        return null;
    }

    private @Nullable List<PostOutcome> write(Work work, long begunNanos) {
        while (true) {
            try {
                return tools.groups().write(work, machine.epochMillis());
            } catch (CommitException e) {
                boolean waits =
                        e.fault() == StorageFault.LOCKED
                                && machine.nanos() - begunNanos < LOCK_PATIENCE_NANOS
                                && !hurried;
                if (!waits) {
                    onFault(e);
                    return null;
                }
                LockSupport.parkNanos(10_000_000L);
            } catch (RuntimeException e) {
                LOG.error("a fault in the server: the posts of one group are refused", e);
                lastFault = StorageFault.FAILED;
                return null;
            }
        }
    }

    private void onFault(CommitException e) {
        StorageFault fault = e.fault();
        if (fault == StorageFault.FAILED && machine.isReadOnly()) {
            fault = StorageFault.READ_ONLY;
        }
        lastFault = fault;
        health.onFault(fault, String.valueOf(e.getMessage()));
    }

    /// Before anybody hears of a commit.
    private void tellHead() {
        try {
            tools.headFile().write(new HeadFile.Head(tools.epoch(), tools.groups().eventsTotal()));
            headFileFailed = false;
        } catch (IOException e) {
            if (!headFileFailed) {
                headFileFailed = true;
                LOG.warn(
                        "the file that tells how far the history has come cannot be written: should"
                                + " the end of the database be lost, nobody would notice error={}",
                        e.getMessage());
            }
        }
    }

    private void keepHouse(boolean idle) {
        if (health.block() != null
                || machine.nanos() - houseFailedNanos < StoreHealth.PAUSE_NANOS) {
            return;
        }
        try {
            int expired = tools.expiry().step(machine.epochMillis());
            if (expired > 0) {
                tools.checkpoints().onCommitted(expired);
            }
            tools.checkpoints().maybe(idle);
        } catch (CommitException e) {
            houseFailedNanos = machine.nanos();
            // Others' locks pass; on a full disk posts may still fit where these do not.
            if (e.fault() != StorageFault.LOCKED && e.fault() != StorageFault.FULL) {
                onFault(e);
            }
        } catch (RuntimeException e) {
            LOG.error("a fault in the server: something beside the posts was not done", e);
            tools.expiry().abandon();
        }
    }

    private void end() {
        if (!pending.isEmpty()) {
            LOG.warn(
                    "the server stops: what people have read and what was decided about them last is not stored");
        }
        if (health.fault() == null) {
            try {
                tools.checkpoints().empty();
            } catch (CommitException e) {
                LOG.warn("the last checkpoint failed error={}", e.getMessage());
            }
        }
        try (HeadFile _ = tools.headFile()) {
            // Closing asks for the sync that failed again, and then says that all is on disk: the
            // system may have dropped what it could not write. The next start reads what is there.
            if (health.fault() != StorageFault.SYNC_FAILED) {
                tools.sql().close();
            }
        } catch (SQLException | IOException e) {
            LOG.warn("closing the database failed error={}", e.getMessage());
        }
    }
}
