package localchat.core.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.Fingerprints;
import localchat.core.model.UserName;
import net.harawata.appdirs.AppDirsFactory;

/// The folder of one client profile, its device key, and the lock that keeps a second process out
/// of it. Closing it frees the lock.
public final class Profile implements AutoCloseable {
    /// Longest name of a profile's folder, in characters. A longer one ends in a hash instead.
    /// Reason: file systems take 255, and names can be folded to many times their length.
    private static final int FOLDER_NAME_CHARACTERS_MAX = 200;

    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rwx------");

    /// The lock files, by real path, that this process holds. Static because the system counts
    /// locks by process: closing any channel to a file frees the lock another one holds, so a
    /// second attempt in this process must not even open it. Access under its own monitor.
    private static final Set<Path> OPEN = new HashSet<>();

    private final Path folder;
    private final Path lock;
    private final FileChannel lockFile;
    private final DeviceKey key;
    private boolean closed;

    private Profile(Path folder, Path lock, FileChannel lockFile, DeviceKey key) {
        this.folder = folder;
        this.lock = lock;
        this.lockFile = lockFile;
        this.key = key;
    }

    /// The profile of a name under the platform's data folder: one per name, without case.
    public static Path defaultFolder(UserName name) {
        String data = AppDirsFactory.getInstance().getUserDataDir("localchat", null, null);
        return Path.of(data, "profiles", folderName(name.folded()));
    }

    /// A name as one file name on every platform: letters, digits, `-` and `_` as they are,
    /// anything else as `=` and its UTF-16 unit in hexadecimal.
    private static String folderName(String folded) {
        StringBuilder safe = new StringBuilder("name-");
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            safe.append(plain ? String.valueOf(c) : "=%04x".formatted((int) c));
        }
        if (safe.length() > FOLDER_NAME_CHARACTERS_MAX) {
            String hash = Fingerprints.sha256(folded.getBytes(StandardCharsets.UTF_8)).toString();
            safe.setLength(FOLDER_NAME_CHARACTERS_MAX - hash.length());
            safe.append(hash);
        }
        return safe.toString();
    }

    /// Opens a profile, making its folder and key when they are not there.
    ///
    /// @throws InUseException when it is open already, in another process or in this one
    /// @throws IOException when the folder or key cannot be read or written; the message is fit to
    ///   be shown
    public static Profile open(Path folder) throws IOException {
        Path lock = lockIn(folder);
        synchronized (OPEN) {
            if (OPEN.contains(lock)) {
                throw new InUseException(folder);
            }
            Profile profile = openLocked(folder, lock);
            OPEN.add(lock);
            return profile;
        }
    }

    private static Path lockIn(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            closeToOthers(folder);
            return folder.toRealPath().resolve("lock");
        } catch (IOException e) {
            throw new IOException("the profile folder " + folder + " cannot be used: " + e, e);
        }
    }

    /// What is in it is nobody else's business: messages, drafts, the device key. On a system
    /// without such permissions the user's own folders are closed to others already.
    private static void closeToOthers(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                || Files.getPosixFilePermissions(folder).equals(OWNER_ALONE)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, OWNER_ALONE);
        } catch (FileSystemException e) {
            // It is somebody else's, or lies where there is nothing of the kind: whoever put it
            // there decides.
        }
    }

    private static Profile openLocked(Path folder, Path lock) throws IOException {
        FileChannel lockFile =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lockFile.tryLock() == null) {
                throw new InUseException(folder);
            }
            DeviceKey key = DeviceKey.loadOrCreate(folder.resolve("device.key"));
            return new Profile(folder, lock, lockFile, key);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /// Where it lies.
    public Path folder() {
        return folder;
    }

    /// The profile's device key.
    public DeviceKey key() {
        return key;
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

    /// This profile is open already.
    public static final class InUseException extends IOException {
        private static final long serialVersionUID = 1;

        InUseException(Path folder) {
            super("the profile " + folder + " is in use by another running client");
        }
    }
}
