package localchat.server.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/// Moves what was committed from the write-ahead log into the database, so that the log stays
/// short. Runs on the storage thread.
///
/// By SQL and not by SQLite itself, whose own checkpoints keep their faults to themselves: a sync
/// that failed there would be asked again and then answered with a lie.
final class Checkpoints {
    /// Writes after which a checkpoint is made. Reason: some 4 to 8 MB of log; a tenth of a
    /// second's work for a disk, and as much as is read again after a crash.
    private static final int WRITES = 1_000;

    /// A log of so many bytes is emptied even if that means waiting for readers. Reason: half of
    /// what it may have.
    private static final long LOG_BYTES_HIGH = 32L * 1024 * 1024;

    /// A log that could not be emptied is tried again after so long, in nanoseconds.
    private static final long EMPTYING_PAUSE_NANOS = 1_000_000_000L;

    private static final int PAGE_BYTES = 4_096;

    private final Sql sql;
    private final StoragePoints points;
    private final LongSupplier clockNanos;
    private int writes;
    private long emptiedNanos;

    Checkpoints(Sql sql, StoragePoints points, LongSupplier clockNanos) {
        this.sql = sql;
        this.points = points;
        this.clockNanos = clockNanos;
        this.emptiedNanos = clockNanos.getAsLong() - EMPTYING_PAUSE_NANOS;
    }

    /// So much more was committed.
    void onCommitted(int written) {
        writes += written;
    }

    /// Makes a checkpoint if it is time.
    ///
    /// @param idle whether there is nothing else to do
    void maybe(boolean idle) throws CommitException {
        if (writes < WRITES && !(idle && writes > 0)) {
            return;
        }
        long logPages = run("PASSIVE");
        writes = 0;
        long now = clockNanos.getAsLong();
        if (logPages * PAGE_BYTES > LOG_BYTES_HIGH && now - emptiedNanos >= EMPTYING_PAUSE_NANOS) {
            emptiedNanos = now;
            run("TRUNCATE");
        }
    }

    /// Empties the log, at the end.
    void finish() throws CommitException {
        run("TRUNCATE");
    }

    /// @return pages that are in the log
    private long run(String mode) throws CommitException {
        try {
            points.at(StoragePoints.Point.MID_CHECKPOINT);
            try (ResultSet row = sql.query("PRAGMA wal_checkpoint(" + mode + ")")) {
                return row.next() ? Math.max(0, row.getLong(2)) : 0;
            }
        } catch (SQLException e) {
            throw new CommitException(StorageFault.of(e, true), e);
        }
    }
}
