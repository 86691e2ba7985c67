package localchat.server.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// Where the control channel of a data folder is: [#FILE_NAME] in it, a socket, or a symbolic link
/// to one in a private temporary folder where the folder's path is too long for a socket.
///
/// Nobody but the owner can ever connect: the socket gets its name only once it has its
/// permissions.
///
/// @param channel listens
/// @param place the name in the data folder
/// @param target what the name leads to, where it is a link
record ControlSocket(ServerSocketChannel channel, Path place, Optional<Path> target) {
    /// The name in the data folder.
    static final String FILE_NAME = "control.sock";

    /// Longest path of a socket, in bytes; a longer one is made elsewhere. Reason: Linux takes 107,
    /// macOS 103, and the path is counted as UTF-8, which some systems do not use.
    static final int PATH_BYTES_MAX = 100;

    /// Commands that may wait for being accepted.
    private static final int BACKLOG = 8;

    private static final String DRAFT_FOLDER = "control.new";
    private static final String TEMPORARY_PREFIX = "localchat-";

    /// Makes the socket of a folder, in place of one that a killed server left. The caller holds
    /// the folder's lock.
    ///
    /// @param temporary where a private folder is made when the path is too long
    /// @throws IOException when it cannot be made; the message is one line for a person
    static ControlSocket bind(Path folder, Path temporary) throws IOException {
        Path home = folder.toRealPath();
        Path place = home.resolve(FILE_NAME);
        removeStale(place);
        Path draft = home.resolve(DRAFT_FOLDER).resolve(FILE_NAME);
        if (!fits(draft)) {
            return bindElsewhere(place, temporary);
        }
        if (!isPosix(home)) {
            // The folder's own rights hold.
            return new ControlSocket(listen(place), place, Optional.empty());
        }
        Files.deleteIfExists(draft);
        Files.deleteIfExists(folderOf(draft));
        Files.createDirectory(
                folderOf(draft),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ServerSocketChannel channel = listenPrivately(draft);
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(folderOf(draft));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new ControlSocket(channel, place, Optional.empty());
    }

    private static ControlSocket bindElsewhere(Path place, Path temporary) throws IOException {
        Path target =
                Files.createTempDirectory(temporary.toRealPath(), TEMPORARY_PREFIX)
                        .resolve(FILE_NAME);
        try {
            if (!fits(target)) {
                throw new IOException("the path is too long for a socket: " + target);
            }
            ServerSocketChannel channel = listenPrivately(target);
            try {
                Files.createSymbolicLink(place, target);
            } catch (IOException | UnsupportedOperationException e) {
                channel.close();
                throw e;
            }
            return new ControlSocket(channel, place, Optional.of(target));
        } catch (IOException | UnsupportedOperationException e) {
            removeElsewhere(target);
            throw e;
        }
    }

    private static ServerSocketChannel listenPrivately(Path path) throws IOException {
        ServerSocketChannel channel = listen(path);
        try {
            if (isPosix(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static ServerSocketChannel listen(Path path) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void removeStale(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes what =
                Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (what.isSymbolicLink()) {
            removeElsewhere(place.resolveSibling(Files.readSymbolicLink(place)));
        } else if (!what.isOther()) {
            throw new IOException(place + " is there and is no socket");
        }
        Files.deleteIfExists(place);
    }

    /// Removes a socket in a temporary folder, if it is one of ours, and the folder.
    private static void removeElsewhere(Path target) {
        try {
            Path folder = folderOf(target);
            boolean ours =
                    target.endsWith(FILE_NAME)
                            && String.valueOf(folder.getFileName()).startsWith(TEMPORARY_PREFIX);
            if (ours) {
                Files.deleteIfExists(target);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // An empty folder more in the place for what may be lost.
        }
    }

    /// Where a command finds the socket of a folder.
    ///
    /// @throws java.nio.file.NoSuchFileException when there is none
    /// @throws IOException when what is there may be somebody else's
    static Path find(Path folder) throws IOException {
        Path home = folder.toRealPath();
        Path place = home.resolve(FILE_NAME);
        if (!Files.isSymbolicLink(place)) {
            return place;
        }
        Path target = place.toRealPath();
        if (isPosix(target) && !isOwn(place, folderOf(target))) {
            throw new IOException(
                    place + " leads to " + target + ", which is not in a folder of the server's");
        }
        return target;
    }

    /// Whether who made the link has the folder for himself. Temporary folders are swept, and
    /// anybody can make another one of that name.
    private static boolean isOwn(Path link, Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        return Files.getOwner(link, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder))
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /// Stops listening and removes what [#bind] made. The caller holds the folder's lock still.
    void remove() {
        Patience.closeQuietly(channel);
        target.ifPresent(ControlSocket::removeElsewhere);
        try {
            Files.deleteIfExists(place);
        } catch (IOException e) {
            // Nobody answers there, and the next server replaces it.
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static Path folderOf(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(path + " is not a place for a socket");
        }
        return folder;
    }
}
