package localchat.server.storage;

import java.sql.SQLException;
import localchat.core.model.ErrorCode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What can be wrong with the disk, and what posts are refused with while it is.
enum StorageFault {
    /// No space is left.
    FULL(ErrorCode.STORAGE_FULL, "the server's disk is full"),
    /// Something could not be written or read; nothing says that the next try fails too.
    FAILED(ErrorCode.STORAGE_FAILED, "the server could not write to its disk"),
    /// Another process holds a lock on the database.
    LOCKED(ErrorCode.STORAGE_FAILED, "another program keeps the server from its database"),
    /// The file system takes nothing.
    READ_ONLY(ErrorCode.READ_ONLY, "the server's disk is read-only"),
    /// What is there is not what was written.
    DAMAGED(ErrorCode.READ_ONLY, "the server's database is damaged"),
    /// A sync failed: what of the last writes is on disk is unknown, and asking again would be
    /// answered with a lie.
    SYNC_FAILED(ErrorCode.STORAGE_FAILED, "the server's disk failed");

    private final ErrorCode code;
    private final String text;

    StorageFault(ErrorCode code, String text) {
        this.code = code;
        this.text = text;
    }

    /// What posts are refused with.
    ErrorCode code() {
        return code;
    }

    /// The same in English, for a person.
    String text() {
        return text;
    }

    /// Whether nothing may be written any more, until a person has seen to it.
    boolean isForGood() {
        return this == DAMAGED || this == SYNC_FAILED;
    }

    /// What an exception stands for.
    ///
    /// @param syncing whether it came from a statement that syncs: COMMIT or a checkpoint
    static StorageFault of(SQLException fault, boolean syncing) {
        if (fault instanceof DamagedException) {
            return DAMAGED;
        }
        if (!(fault instanceof SQLiteException ofDatabase)) {
            return FAILED;
        }
        int code = ofDatabase.getResultCode().code;
        return switch (SQLiteErrorCode.getErrorCode(code & 0xff)) {
            case SQLITE_FULL -> FULL;
            case SQLITE_BUSY, SQLITE_LOCKED -> LOCKED;
            case SQLITE_READONLY -> READ_ONLY;
            // A key that is there already, or a column that is not: the tables contradict each
            // other.
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CONSTRAINT, SQLITE_MISMATCH -> DAMAGED;
            case SQLITE_IOERR -> ofDisk(SQLiteErrorCode.getErrorCode(code), syncing);
            default -> FAILED;
        };
    }

    private static StorageFault ofDisk(SQLiteErrorCode code, boolean syncing) {
        return switch (code) {
            case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC -> SYNC_FAILED;
            case SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA -> DAMAGED;
            // These name what failed, and it was no sync.
            case SQLITE_IOERR_WRITE,
                    SQLITE_IOERR_READ,
                    SQLITE_IOERR_SHORT_READ,
                    SQLITE_IOERR_NOMEM,
                    SQLITE_IOERR_LOCK,
                    SQLITE_IOERR_RDLOCK,
                    SQLITE_IOERR_SHMOPEN,
                    SQLITE_IOERR_SHMSIZE,
                    SQLITE_IOERR_SHMLOCK,
                    SQLITE_IOERR_SHMMAP ->
                    FAILED;
            default -> syncing ? SYNC_FAILED : FAILED;
        };
    }
}
