package localchat.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import localchat.core.identity.ServerKey;
import localchat.core.model.Id128;
import localchat.server.account.AccountStore;
import localchat.server.room.Directory;
import localchat.server.room.MessageLog;
import localchat.server.storage.DataFolder;
import localchat.server.storage.Durability;
import localchat.server.storage.MemoryLog;
import localchat.server.storage.SqliteLog;
import localchat.server.storage.StoreWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store of one server, of whatever kind, from its opening to its end.
///
/// @param serverId names the server; of a durable store for ever
/// @param key what the server proves itself with; of a durable store for ever
/// @param isSettled whether nothing waits to be decided; asked on the loop thread
/// @param release lets go of threads, files and locks, within the time it is given
record Store(
        MessageLog log,
        Directory directory,
        AccountStore accounts,
        Id128 serverId,
        ServerKey key,
        BooleanSupplier isSettled,
        Consumer<Duration> release) {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    /// Opens the store that the configuration names.
    ///
    /// @throws IOException when it cannot be used; the message is one line for a person
    static Store open(StoreConfig config, StoreWiring wiring) throws IOException {
        return switch (config) {
            case StoreConfig.Memory(int eventsMax) -> inMemory(eventsMax, wiring);
            case StoreConfig.Durable(Path folder) -> durable(folder, wiring);
        };
    }

    private static Store inMemory(int eventsMax, StoreWiring wiring) {
        SecureRandom random = new SecureRandom();
        MemoryLog log =
                new MemoryLog(
                        Id128.random(random), wiring.epochMillis(), wiring.later(), eventsMax);
        return new Store(
                log,
                log,
                log,
                Id128.random(random),
                ServerKey.passing(),
                () -> true,
                patience -> {});
    }

    private static Store durable(Path path, StoreWiring wiring) throws IOException {
        DataFolder folder = DataFolder.open(path);
        try {
            ServerKey key = keyOf(folder);
            SqliteLog log = SqliteLog.open(folder, Durability.FULL, wiring);
            return new Store(
                    log,
                    log,
                    log,
                    log.serverId(),
                    key,
                    () -> log.undecided() == 0,
                    patience -> {
                        if (log.close(patience)) {
                            close(folder);
                        } else {
                            LOG.warn("the data folder stays locked until this process ends");
                        }
                    });
        } catch (IOException | RuntimeException e) {
            close(folder);
            throw e;
        }
    }

    /// The key of a folder; a new folder gets one. People know a server by its key: one that came
    /// back with another would be taken for an impostor.
    private static ServerKey keyOf(DataFolder folder) throws IOException {
        if (ServerKey.exists(folder.path())) {
            return ServerKey.load(folder.path());
        }
        if (folder.hasDatabase()) {
            throw new IOException(
                    "the data folder %s has a database and no %s, by which people know this server: put it back, from a backup if need be"
                            .formatted(folder.path(), ServerKey.FILE_NAME));
        }
        try {
            return ServerKey.create(folder.path());
        } catch (IOException e) {
            if (folder.hasSpace()) {
                throw e;
            }
            throw new IOException(
                    "the data folder "
                            + folder.path()
                            + " cannot be used: the disk is full; make space and start again",
                    e);
        }
    }

    private static void close(DataFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            // The lock goes with the process.
            LOG.warn("closing the data folder failed error={}", e.getMessage());
        }
    }
}
