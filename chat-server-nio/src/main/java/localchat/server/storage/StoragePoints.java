package localchat.server.storage;

import java.sql.SQLException;

/// Named moments in the life of a store, at which tests end the process or throw what a disk would
/// make SQLite throw. In a running server nothing happens there.
@FunctionalInterface
interface StoragePoints {
    /// The moments, in the order in which a commit passes them.
    enum Point {
        /// A transaction was begun; nothing is in it.
        AFTER_BEGIN,
        /// All posts of a group are in the transaction.
        AFTER_INSERTS,
        /// The transaction is complete; what is thrown here comes from COMMIT.
        BEFORE_COMMIT,
        /// The transaction is on disk; nobody has been told.
        AFTER_COMMIT,
        /// A checkpoint is about to move pages into the database; what is thrown here comes from
        /// it. A test that wants its middle lets another thread end the process.
        MID_CHECKPOINT,
        /// A step to another schema was made and is not yet committed.
        MID_MIGRATION
    }

    /// Nothing happens anywhere.
    StoragePoints NONE = point -> {};

    /// Called on the thread that does the work.
    ///
    /// @throws SQLException what the disk is to be made to say
    void at(Point point) throws SQLException;
}
