package localchat.server.room;

import localchat.core.model.ErrorCode;

/// How a reading from the store came out.
public sealed interface Reading<T> {
    /// It was there.
    record Found<T>(T value) implements Reading<T> {}

    /// It could not be read.
    ///
    /// @param code BUSY when too much waits to be read, STORAGE_FAILED when the store is at fault
    /// @param text English, for a person
    record Failed<T>(ErrorCode code, String text) implements Reading<T> {}
}
