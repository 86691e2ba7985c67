package localchat.core.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.store.CacheFile;
import localchat.core.store.OutboxFile;
import localchat.core.store.StoreException;

/// What a profile keeps on disk for its session: the outbox, which is precious, and the cache,
/// which is not. Handed to a session, which closes it; to be closed by hand only when no session
/// was made.
public final class ClientStore implements AutoCloseable {
    private final Path folder;
    private final OutboxFile outbox;
    private final Optional<CacheFile> cache;
    private final List<String> notices;

    private ClientStore(
            Path folder, OutboxFile outbox, Optional<CacheFile> cache, List<String> notices) {
        this.folder = folder;
        this.outbox = outbox;
        this.cache = cache;
        this.notices = List.copyOf(notices);
    }

    /// Opens what a profile keeps, making what is not there. An outbox that is damaged is set aside
    /// under another name; a cache that is damaged or of a newer version is made anew.
    ///
    /// @throws IOException when messages could not be kept safe; the text is fit to be shown
    public static ClientStore open(Profile profile) throws IOException {
        return open(profile.folder());
    }

    /// As [#open(Profile)], in a folder that no other session uses.
    static ClientStore open(Path folder) throws IOException {
        List<String> notices = new ArrayList<>();
        OutboxFile outbox = openOutbox(folder, notices);
        return new ClientStore(folder, outbox, openCache(folder, notices), notices);
    }

    private static OutboxFile openOutbox(Path folder, List<String> notices) throws IOException {
        try {
            return OutboxFile.open(folder);
        } catch (StoreException e) {
            switch (e.kind()) {
                case DAMAGED -> notices.add(setAside(folder));
                case NEWER ->
                        throw new IOException(
                                "the waiting messages in "
                                        + folder
                                        + " were written by a newer version of this program; use"
                                        + " that version",
                                e);
                case FULL ->
                        throw new IOException(
                                "there is no space left on the disk of "
                                        + folder
                                        + "; free some space and try again",
                                e);
                case UNCONFIRMED, FAILED ->
                        throw new IOException(
                                "the waiting messages in "
                                        + folder
                                        + " cannot be opened: "
                                        + e.getMessage(),
                                e);
            }
        }
        try {
            return OutboxFile.open(folder);
        } catch (StoreException e) {
            throw new IOException(
                    "no file for waiting messages can be made in " + folder + ": " + e.getMessage(),
                    e);
        }
    }

    private static String setAside(Path folder) throws IOException {
        Path damaged = folder.resolve(OutboxFile.NAME);
        Path aside = folder.resolve("outbox-damaged.db");
        for (int i = 2; Files.exists(aside); i++) {
            aside = folder.resolve("outbox-damaged-" + i + ".db");
        }
        Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
        for (String suffix : List.of("-wal", "-shm")) {
            Path beside = folder.resolve(OutboxFile.NAME + suffix);
            if (Files.exists(beside)) {
                Files.move(beside, folder.resolve(aside.getFileName() + suffix));
            }
        }
        return "The file with waiting messages was damaged. It is kept as "
                + aside
                + "; messages that had not been sent may be missing.";
    }

    private static Optional<CacheFile> openCache(Path folder, List<String> notices) {
        try {
            return Optional.of(CacheFile.open(folder));
        } catch (StoreException e) {
            boolean isWorthless =
                    switch (e.kind()) {
                        case DAMAGED, NEWER -> true;
                        case FULL, UNCONFIRMED, FAILED -> false;
                    };
            if (isWorthless) {
                notices.add(
                        "What was kept of the rooms on this computer could not be read and is"
                                + " fetched anew.");
                return makeCacheAnew(folder, notices);
            }
            notices.add(noCache(e));
            return Optional.empty();
        }
    }

    private static Optional<CacheFile> makeCacheAnew(Path folder, List<String> notices) {
        try {
            CacheFile.delete(folder);
            return Optional.of(CacheFile.open(folder));
        } catch (StoreException e) {
            notices.add(noCache(e));
            return Optional.empty();
        }
    }

    private static String noCache(StoreException e) {
        return "Nothing of the rooms can be kept on this computer: " + e.getMessage();
    }

    OutboxFile outbox() {
        return outbox;
    }

    /// The cache as a session uses it.
    Optional<RoomCache> keptRooms(SessionParts parts) {
        return cache.map(file -> new KeptRooms(parts, file, folder));
    }

    /// What a person should know about the opening, in English.
    List<String> notices() {
        return notices;
    }

    /// Closes both files.
    @Override
    public void close() {
        try {
            try {
                outbox.close();
            } finally {
                if (cache.isPresent()) {
                    cache.get().close();
                }
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
