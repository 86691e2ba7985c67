package localchat.core.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A file could not be read or written. What was being written is not in it.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /// What went wrong, as far as it matters to who wrote.
    public enum Kind {
        /// There is no space left; the same may succeed later.
        FULL,
        /// The file is damaged or none of ours.
        DAMAGED,
        /// A newer version of the program made the file.
        NEWER,
        /// The disk did not confirm what was written. The system may have thrown it away, and would
        /// confirm a second attempt all the same, so the file must not be used any more.
        UNCONFIRMED,
        /// Anything else: no permission, a failing disk.
        FAILED
    }

    /// A primary result code is the lowest byte of an extended one (sqlite.org/rescode.html).
    private static final int PRIMARY_CODE_MASK = 0xFF;

    private final Kind kind;

    StoreException(Kind kind, String text) {
        super(text);
        this.kind = kind;
    }

    StoreException(Kind kind, String text, Throwable cause) {
        super(text, cause);
        this.kind = kind;
    }

    static StoreException of(SQLException e) {
        return new StoreException(kind(e), String.valueOf(e.getMessage()), e);
    }

    private static Kind kind(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return Kind.FAILED;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code) {
            case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC -> Kind.UNCONFIRMED;
            default ->
                    switch (code.code & PRIMARY_CODE_MASK) {
                        case 11, 26 -> Kind.DAMAGED;
                        case 13 -> Kind.FULL;
                        default -> Kind.FAILED;
                    };
        };
    }

    public Kind kind() {
        return kind;
    }
}
