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
    /// Pages written to the log, as far as can be told, after which a checkpoint is made. Reason: 8
    /// MB, a tenth of a second's work for a disk, and as much as is read again after a crash.
    private static final int PAGES = 2_000;

    /// Pages that a commit writes beside those of its posts: the ends of tables and indexes.
    private static final int PAGES_OF_COMMIT = 6;

    /// A log of so many bytes is emptied even if that means waiting for readers. Reason: half of
    /// what it may have.
    private static final long LOG_BYTES_HIGH = 32L * 1024 * 1024;

    /// A log that could not be emptied is tried again after so long, in nanoseconds.
    private static final long EMPTYING_PAUSE_NANOS = 1_000_000_000L;

    private static final int PAGE_BYTES = 4_096;

    private final Sql sql;
    private final StoragePoints points;
    private final LongSupplier clockNanos;
    private int pages;
    private long emptiedNanos;

    Checkpoints(Sql sql, StoragePoints points, LongSupplier clockNanos) {
        this.sql = sql;
        this.points = points;
        this.clockNanos = clockNanos;
        this.emptiedNanos = clockNanos.getAsLong() - EMPTYING_PAUSE_NANOS;
    }

    /// A transaction was committed that wrote so many rows.
    void onCommitted(int rows) {
        pages += rows + PAGES_OF_COMMIT;
    }

    /// Makes a checkpoint if it is time.
    ///
    /// @param idle whether there is nothing else to do
    void maybe(boolean idle) throws CommitException {
        if (pages < PAGES && !(idle && pages > 0)) {
            return;
        }
        long logPages = run("PASSIVE");
        pages = 0;
        long now = clockNanos.getAsLong();
        if (logPages * PAGE_BYTES > LOG_BYTES_HIGH && now - emptiedNanos >= EMPTYING_PAUSE_NANOS) {
            emptiedNanos = now;
            run("TRUNCATE");
        }
    }

    /// Empties the log: at the end, and when the disk is full and its space is of use.
    void empty() throws CommitException {
        run("TRUNCATE");
        pages = 0;
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
