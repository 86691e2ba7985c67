package localchat.core.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A small file with a secret: written whole or not at all, and nobody's but its owner's before the
/// secret is in it, wherever the file system can say so: by permissions, on Windows by an access
/// list ([OwnerAcl]).
final class PrivateFile {
    /// What writing has done so far, in this order. A crash may come after any of them.
    enum Step {
        /// There is an empty draft beside the file.
        DRAFT_MADE,
        /// The draft has its content, perhaps in memory only.
        DRAFT_WRITTEN,
        /// The draft is on the disk.
        DRAFT_FORCED,
        /// The draft has the file's name.
        MOVED,
        /// The name is on the disk.
        FOLDER_FORCED
    }

    /// Sees each step done; what it throws ends the writing there, as a crash would.
    interface Witness {
        Witness NONE = step -> {};

        void done(Step step) throws IOException;
    }

    private static final String DRAFT = ".draft";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /// Puts `content` into `file`, in place of what was there. The folder must exist.
    ///
    /// @throws IOException when it cannot be written, or not kept private; the message is for a
    ///   person
    static void write(Path file, byte[] content, Witness witness) throws IOException {
        Path folder = folderOf(file);
        Path draft = makeDraft(folder, nameOf(file));
        try {
            witness.done(Step.DRAFT_MADE);
            refuseLeakyFileSystem(draft);
            OwnerAcl.set(draft);
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                witness.done(Step.DRAFT_WRITTEN);
                channel.force(true);
            }
            witness.done(Step.DRAFT_FORCED);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        witness.done(Step.MOVED);
        if (isPosix(folder)) {
            // Windows opens no folder as a file, and needs no such thing.
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
        witness.done(Step.FOLDER_FORCED);
    }

    /// Removes the drafts that crashes left beside `file`. Only for who knows that no other process
    /// writes the file now.
    static void deleteDrafts(Path file) throws IOException {
        String drafts = nameOf(file) + ".*" + DRAFT;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folderOf(file), drafts)) {
            for (Path draft : left) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /// The whole content.
    ///
    /// @throws IOException when others may read or change the file, when it has more than
    ///   `bytesMax` bytes, or cannot be read; the message names the file and is for a person
    static byte[] read(Path file, int bytesMax) throws IOException {
        Optional<String> open = openToOthers(file);
        if (open.isPresent()) {
            throw new IOException(
                    file
                            + " is a secret, but other users of this computer can get at it ("
                            + open.get()
                            + "). Make it private with: chmod 600 "
                            + file
                            + " (and if somebody may have copied it, make a new key)");
        }
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(bytesMax + 1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
        if (content.length > bytesMax) {
            throw new IOException(file + " is damaged: it has more than " + bytesMax + " bytes");
        }
        return content;
    }

    private static Path makeDraft(Path folder, String name) throws IOException {
        return isPosix(folder)
                ? Files.createTempFile(
                        folder, name + ".", DRAFT, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.createTempFile(folder, name + ".", DRAFT);
    }

    /// Some file systems (FAT, some shared folders) take any permission and keep none.
    private static void refuseLeakyFileSystem(Path draft) throws IOException {
        Optional<String> open = openToOthers(draft);
        if (open.isPresent()) {
            throw new IOException(
                    folderOf(draft)
                            + " is no place for a secret: its file system lets other users read"
                            + " every file ("
                            + open.get()
                            + "). Choose a folder on another disk");
        }
    }

    /// The permissions, when they let others in.
    private static Optional<String> openToOthers(Path file) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return Optional.empty();
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            return permissions.stream().anyMatch(OF_OTHERS::contains)
                    ? Optional.of(PosixFilePermissions.toString(permissions))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a place for a file");
        }
        return folder;
    }

    private static String nameOf(Path file) throws IOException {
        Path name = file.getFileName();
        if (name == null) {
            throw new IOException(file + " is not a place for a file");
        }
        return name.toString();
    }
}
