package localchat.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {
    /// What is added to the folder's path while the socket is made, in bytes.
    private static final int DRAFT_BYTES = "/control.new/control.sock".length();

    @TempDir private Path parent;
    private Path folder;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        parent = parent.toRealPath();
        folder = Files.createDirectory(parent.resolve("data"));
        temporary = Files.createDirectory(parent.resolve("tmp"));
    }

    /// A folder whose socket is made under a path of so many bytes.
    private Path folderForPathOf(int bytes) throws IOException {
        int name = bytes - DRAFT_BYTES - parent.toString().length() - 1;
        return Files.createDirectory(parent.resolve("d".repeat(name)));
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertReaches(ControlSocket socket, Path folder) throws IOException {
        try (SocketChannel client =
                        SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.find(folder)));
                SocketChannel server = socket.channel().accept()) {
            ControlLines.write(client, "hello");
            assertEquals("hello", ControlLines.read(server).orElseThrow());
        }
    }

    @Test
    void isInTheFolderAndItsOwnersAlone() throws IOException {
        ControlSocket socket = ControlSocket.bind(folder, temporary);
        assertEquals(List.of("control.sock"), namesIn(folder));
        assertEquals("rw-------", permissions(folder.resolve("control.sock")));
        assertReaches(socket, folder);
        socket.remove();
        assertEquals(List.of(), namesIn(folder));
    }

    @Test
    void isInTheFolderAsLongAsItsPathFits() throws IOException {
        Path longest = folderForPathOf(ControlSocket.PATH_BYTES_MAX);
        ControlSocket socket = ControlSocket.bind(longest, temporary);
        assertFalse(Files.isSymbolicLink(longest.resolve("control.sock")));
        assertReaches(socket, longest);
        socket.remove();
    }

    @Test
    void isElsewhereAndItsOwnersAloneWhenThePathIsTooLong() throws IOException {
        Path tooLong = folderForPathOf(ControlSocket.PATH_BYTES_MAX + 1);
        ControlSocket socket = ControlSocket.bind(tooLong, temporary);
        Path target = Files.readSymbolicLink(tooLong.resolve("control.sock"));
        assertTrue(target.startsWith(temporary), target::toString);
        assertEquals("rwx------", permissions(target.getParent()));
        assertEquals("rw-------", permissions(target));
        assertReaches(socket, tooLong);
        socket.remove();
        assertEquals(List.of(), namesIn(tooLong));
        assertEquals(List.of(), namesIn(temporary));
    }

    @Test
    void isNowhereWhenEvenTheTemporaryPathIsTooLong() throws IOException {
        Path tooLong = folderForPathOf(ControlSocket.PATH_BYTES_MAX + 1);
        IOException refused =
                assertThrows(IOException.class, () -> ControlSocket.bind(tooLong, tooLong));
        assertTrue(refused.getMessage().contains("too long"), refused::toString);
        assertEquals(List.of(), namesIn(tooLong));
    }

    @Test
    void replacesWhatAKilledServerLeft() throws IOException {
        ControlSocket.bind(folder, temporary).channel().close();
        Files.createDirectory(folder.resolve("control.new"));
        Files.createFile(folder.resolve("control.new").resolve("control.sock"));
        ControlSocket socket = ControlSocket.bind(folder, temporary);
        assertReaches(socket, folder);
        assertEquals(List.of("control.sock"), namesIn(folder));
        socket.remove();
    }

    @Test
    void replacesWhatAKilledServerLeftElsewhere() throws IOException {
        Path tooLong = folderForPathOf(ControlSocket.PATH_BYTES_MAX + 1);
        ControlSocket.bind(tooLong, temporary).channel().close();
        ControlSocket socket = ControlSocket.bind(tooLong, temporary);
        assertReaches(socket, tooLong);
        assertEquals(1, namesIn(temporary).size());
        socket.remove();
    }

    @Test
    void replacesALinkThatLeadsNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("control.sock"), parent.resolve("nowhere"));
        ControlSocket socket = ControlSocket.bind(folder, temporary);
        assertReaches(socket, folder);
        socket.remove();
    }

    @Test
    void leavesAloneWhatALinkLeadsToWhenItIsNotItsOwn() throws IOException {
        Path other = Files.createFile(parent.resolve("control.sock"));
        Files.createSymbolicLink(folder.resolve("control.sock"), other);
        ControlSocket.bind(folder, temporary).remove();
        assertTrue(Files.exists(other));
    }

    @Test
    void leavesAFileOfThatNameAlone() throws IOException {
        Path file = Files.createFile(folder.resolve("control.sock"));
        assertThrows(IOException.class, () -> ControlSocket.bind(folder, temporary));
        assertTrue(Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void isNotFoundWhereALinkLeadsToAPlaceForAnybody() throws IOException {
        Path tooLong = folderForPathOf(ControlSocket.PATH_BYTES_MAX + 1);
        ControlSocket socket = ControlSocket.bind(tooLong, temporary);
        Path place = ControlSocket.find(tooLong).getParent();
        for (String open : new String[] {"rwxrwx---", "rwx---rwx"}) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(open));
            assertThrows(IOException.class, () -> ControlSocket.find(tooLong), open);
        }
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
        assertEquals(place, ControlSocket.find(tooLong).getParent());
        socket.remove();
    }

    @Test
    void isNotFoundInAFolderThatIsNotThere() {
        assertThrows(NoSuchFileException.class, () -> ControlSocket.find(parent.resolve("none")));
    }
}
