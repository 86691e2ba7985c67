package localchat.server;

import java.nio.file.Path;
import localchat.server.storage.MemoryLog;

/// Where a server keeps its messages.
public sealed interface StoreConfig {
    /// In memory: they end with the server.
    ///
    /// @param eventsMax events kept; past it the oldest go
    record Memory(int eventsMax) implements StoreConfig {
        /// Events kept by default. Reason: weeks of an office in 25 MB of heap.
        public static final int EVENTS_MAX = MemoryLog.EVENTS_MAX;

        /// @throws IllegalArgumentException when `eventsMax` is below 1
        public Memory {
            if (eventsMax < 1) {
                throw new IllegalArgumentException("at least 1 event is kept, not " + eventsMax);
            }
        }

        /// With [#EVENTS_MAX].
        public static Memory standard() {
            return new Memory(EVENTS_MAX);
        }
    }

    /// In a database in this folder, which is made when it is not there.
    record Durable(Path folder) implements StoreConfig {}
}
