package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    @TempDir Path parent;

    @Test
    void makesAFolderThatNobodyElseMayLookInto() throws IOException {
        Path wanted = parent.resolve("one").resolve("two");
        try (DataFolder folder = DataFolder.open(wanted)) {
            assertEquals(wanted.toRealPath(), folder.path());
            assertEquals(
                    "rwx------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)));
        }
    }

    @Test
    void leavesTheAccessToAFolderAsItIs() throws IOException {
        Path wanted = Files.createDirectory(parent.resolve("there"));
        Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwxr-x---"));
        DataFolder.open(wanted).close();
        assertEquals(
                "rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(wanted)));
    }

    @Test
    void keepsASecondOneOutUntilTheFirstIsClosed() throws IOException {
        Path link = parent.resolve("link");
        Path wanted = parent.resolve("data");
        DataFolder first = DataFolder.open(wanted);
        Files.createSymbolicLink(link, wanted);
        for (Path path : new Path[] {wanted, link}) {
            IOException refused =
                    assertThrows(
                            DataFolder.InUseException.class, () -> DataFolder.open(path).close());
            assertFalse(refused.getMessage().contains("\n"));
        }
        first.close();
        first.close();
        DataFolder.open(link).close();
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        IOException refused = assertThrows(IOException.class, () -> DataFolder.open(file));
        assertTrue(refused.getMessage().contains("it is no folder"), refused.getMessage());
    }

    @Test
    void refusesAPathThatTheDatabaseWouldMisread() {
        IOException refused =
                assertThrows(IOException.class, () -> DataFolder.open(parent.resolve("a?b=c")));
        assertTrue(refused.getMessage().contains("'?'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse", "fuseblk", "fuse.sshfs"})
    void knowsFileSystemsThatAreShared(String type) {
        assertTrue(DataFolder.isShared(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "apfs", "NTFS"})
    void knowsFileSystemsThatAreNot(String type) {
        assertFalse(DataFolder.isShared(type));
    }
}
