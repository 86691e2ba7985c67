package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class StorageFaultTest {
    /// The second is what it means from a statement that syncs.
    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, FULL, FULL",
        "SQLITE_BUSY, LOCKED, LOCKED",
        "SQLITE_BUSY_SNAPSHOT, LOCKED, LOCKED",
        "SQLITE_LOCKED, LOCKED, LOCKED",
        "SQLITE_READONLY, READ_ONLY, READ_ONLY",
        "SQLITE_READONLY_DBMOVED, READ_ONLY, READ_ONLY",
        "SQLITE_READONLY_DIRECTORY, READ_ONLY, READ_ONLY",
        "SQLITE_CORRUPT, DAMAGED, DAMAGED",
        "SQLITE_CORRUPT_INDEX, DAMAGED, DAMAGED",
        "SQLITE_NOTADB, DAMAGED, DAMAGED",
        "SQLITE_CONSTRAINT_PRIMARYKEY, DAMAGED, DAMAGED",
        "SQLITE_IOERR_CORRUPTFS, DAMAGED, DAMAGED",
        "SQLITE_IOERR_WRITE, FAILED, FAILED",
        "SQLITE_IOERR_READ, FAILED, FAILED",
        "SQLITE_IOERR, FAILED, SYNC_FAILED",
        "SQLITE_IOERR_TRUNCATE, FAILED, SYNC_FAILED",
        "SQLITE_IOERR_FSYNC, SYNC_FAILED, SYNC_FAILED",
        "SQLITE_IOERR_DIR_FSYNC, SYNC_FAILED, SYNC_FAILED",
        "SQLITE_CANTOPEN, FAILED, FAILED",
        "SQLITE_NOMEM, FAILED, FAILED"
    })
    void tellsFaultsApart(SQLiteErrorCode code, StorageFault writing, StorageFault syncing) {
        SQLiteException fault = new SQLiteException("fault", code);
        assertEquals(writing, StorageFault.of(fault, false));
        assertEquals(syncing, StorageFault.of(fault, true));
    }

    @Test
    void takesWhatIsNotOfTheDatabaseForAFailure() {
        assertEquals(StorageFault.FAILED, StorageFault.of(new SQLException("closed"), true));
        assertEquals(StorageFault.DAMAGED, StorageFault.of(new DamagedException("x"), false));
    }
}
