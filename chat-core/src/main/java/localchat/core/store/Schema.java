package localchat.core.store;

import java.util.List;

/// What is in a file of this program.
///
/// @param applicationId stands in the file's head and tells it from any other SQLite file
/// @param version raised with every change that an older program does not understand
/// @param statements make the tables in an empty file
record Schema(int applicationId, int version, List<String> statements) {
    /// Copies the list.
    Schema {
        statements = List.copyOf(statements);
    }
}
