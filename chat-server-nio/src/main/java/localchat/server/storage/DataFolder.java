package localchat.server.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder in which a server keeps everything, and the lock that keeps a second server out of
/// it. Closing it frees the lock.
public final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    /// Types of file systems whose locks and syncs cannot be relied on, or that are shared with
    /// other machines; FUSE's begin with "fuse".
    private static final Set<String> SHARED_TYPES =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p");

    /// The lock files, by real path, that this process holds. Static because the system counts
    /// locks by process: closing any channel to a file frees the lock another one holds, so a
    /// second attempt in this process must not even open it. Access under its own monitor.
    private static final Set<Path> OPEN = new HashSet<>();

    private final Path path;
    private final Path lock;
    private final FileChannel lockFile;
    private boolean closed;

    private DataFolder(Path path, Path lock, FileChannel lockFile) {
        this.path = path;
        this.lock = lock;
        this.lockFile = lockFile;
    }

    /// Opens a folder, making it when it is not there: then nobody but the user who runs the server
    /// may look into it.
    ///
    /// @throws InUseException when a server has it open already, in another process or in this one
    /// @throws IOException when it cannot be used; the message is one line for a person
    public static DataFolder open(Path wanted) throws IOException {
        Path path = usable(wanted);
        warnOfSharedFileSystem(path);
        Path lock = path.resolve("lock");
        synchronized (OPEN) {
            if (OPEN.contains(lock)) {
                throw new InUseException(path);
            }
            FileChannel lockFile = lockedFile(path, lock);
            OPEN.add(lock);
            return new DataFolder(path, lock, lockFile);
        }
    }

    private static Path usable(Path wanted) throws IOException {
        if (wanted.toString().contains("?")) {
            throw new IOException(
                    "the data folder " + wanted + " cannot be used: its path may not contain '?'");
        }
        try {
            makePrivate(wanted.toAbsolutePath());
            return wanted.toRealPath();
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "the data folder " + wanted + " cannot be used: it is no folder", e);
        } catch (IOException e) {
            throw unusable(wanted, e);
        }
    }

    private static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private static FileChannel lockedFile(Path path, Path lock) throws IOException {
        FileChannel lockFile;
        try {
            lockFile = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(path, e);
        }
        try {
            if (lockFile.tryLock() == null) {
                throw new InUseException(path);
            }
            return lockFile;
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static IOException unusable(Path folder, IOException reason) {
        String why =
                reason instanceof AccessDeniedException
                        ? "this user may not write to " + reason.getMessage()
                        : reason.toString();
        return new IOException("the data folder " + folder + " cannot be used: " + why, reason);
    }

    private static void warnOfSharedFileSystem(Path path) {
        try {
            String type = Files.getFileStore(path).type();
            if (isShared(type)) {
                LOG.warn(
                        "the data folder is on a {} file system, which may lose what was stored or"
                                + " let two servers in: use a disk of this machine folder={}",
                        type,
                        path);
            }
        } catch (IOException e) {
            LOG.warn("cannot tell the file system of the data folder error={}", e.getMessage());
        }
    }

    /// Whether databases are not safe on file systems of this type.
    static boolean isShared(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return SHARED_TYPES.contains(lower) || lower.startsWith("fuse");
    }

    /// Where it lies, without symbolic links.
    public Path path() {
        return path;
    }

    /// Whether its disk has room for anything more; true when the system does not say.
    public boolean hasSpace() {
        try {
            return Files.getFileStore(path).getUsableSpace() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /// Whether something was ever stored here.
    public boolean hasDatabase() {
        return Files.exists(database());
    }

    /// The database's file.
    Path database() {
        return databaseIn(path);
    }

    static Path databaseIn(Path folder) {
        return folder.resolve("chat.db");
    }

    /// The database's write-ahead log.
    Path writeAheadLog() {
        return path.resolve("chat.db-wal");
    }

    /// How far the history had come, beside the database; see [HeadFile].
    Path head() {
        return headIn(path);
    }

    static Path headIn(Path folder) {
        return folder.resolve("head");
    }

    /// Where the native part of the database unpacks itself.
    Path nativeLibraries() {
        return path.resolve("native");
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            if (!closed) {
                closed = true;
                OPEN.remove(lock);
                lockFile.close();
            }
        }
    }

    /// A server has this folder open already.
    public static final class InUseException extends IOException {
        private static final long serialVersionUID = 1;

        InUseException(Path folder) {
            super("the data folder " + folder + " is in use by another running server");
        }
    }
}
