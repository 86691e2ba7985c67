package localchat.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// What the storage thread asks the machine.
final class Machine {
    private final LongSupplier epochMillis;
    private final LongSupplier nanos;
    private final Path folder;

    Machine(LongSupplier epochMillis, LongSupplier nanos, Path folder) {
        this.epochMillis = epochMillis;
        this.nanos = nanos;
        this.folder = folder;
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    long epochMillis() {
        return epochMillis.getAsLong();
    }

    /// The monotonic clock.
    long nanos() {
        return nanos.getAsLong();
    }

    /// Whether the file system of the data folder takes nothing: SQLite calls that an error in
    /// writing like any other.
    boolean isReadOnly() {
        try {
            return Files.getFileStore(folder).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }
}
