package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.client.Profile.InUseException;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    @TempDir private Path temporary;

    @Test
    void makesItsFolder() throws IOException {
        try (Profile profile = Profile.open(folder())) {
            assertTrue(Files.isDirectory(profile.folder()));
        }
    }

    @Test
    void keepsItsFolderToItself() throws IOException {
        Path loose = Files.createDirectories(temporary.resolve("loose"));
        Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Path folder : List.of(folder(), loose)) {
            try (Profile profile = Profile.open(folder)) {
                assertEquals(
                        "rwx------",
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(profile.folder())));
            }
        }
    }

    @Test
    void hasTheSameKeyEachTime() throws IOException {
        Digest32 first;
        try (Profile profile = Profile.open(folder())) {
            first = profile.key().deviceId();
        }

        try (Profile profile = Profile.open(folder())) {
            assertEquals(first, profile.key().deviceId());
        }
    }

    @Test
    void keepsTheSameProcessOutWhileItIsOpen() throws IOException {
        try (Profile open = Profile.open(folder())) {
            var refusal = assertThrows(InUseException.class, () -> Profile.open(open.folder()));

            assertEquals(
                    "the profile " + folder() + " is in use by another running client",
                    refusal.getMessage());
        }
    }

    @Test
    void keepsTheSameProcessOutByAnotherPathToTheFolder() throws IOException {
        try (Profile open = Profile.open(folder())) {
            Path link = Files.createSymbolicLink(temporary.resolve("link"), open.folder());

            assertThrows(InUseException.class, () -> Profile.open(link));
        }
    }

    @Test
    void keepsASecondProcessOutWhileItIsOpen() throws Exception {
        try (Profile open = Profile.open(folder())) {
            assertEquals("in use", openInAnotherProcess(open.folder()));
        }
    }

    @Test
    void keepsASecondProcessOutAfterTheSameProcessWasRefused() throws Exception {
        try (Profile open = Profile.open(folder())) {
            assertThrows(InUseException.class, () -> Profile.open(open.folder()));

            assertEquals("in use", openInAnotherProcess(open.folder()));
        }
    }

    @Test
    void letsASecondProcessInOnceItIsClosed() throws Exception {
        Profile.open(folder()).close();

        assertEquals("opened", openInAnotherProcess(folder()));
    }

    @Test
    void letsTheSameProcessInOnceItIsClosed() throws IOException {
        Profile.open(folder()).close();

        Profile.open(folder()).close();
    }

    @Test
    void mayBeClosedTwice() throws IOException {
        Profile first = Profile.open(folder());
        first.close();
        try (Profile second = Profile.open(folder())) {
            first.close();

            assertThrows(InUseException.class, () -> Profile.open(second.folder()));
        }
    }

    @Test
    void isNotInUseAfterItsKeyCouldNotBeRead() throws IOException {
        Files.createDirectories(folder());
        Path key = Files.writeString(folder().resolve("device.key"), "damaged");
        assertThrows(IOException.class, () -> Profile.open(folder()));
        Files.delete(key);

        Profile.open(folder()).close();
    }

    @Test
    void saysWhichFolderCannotBeUsed() throws IOException {
        Files.writeString(folder(), "a file");

        var refusal = assertThrows(IOException.class, () -> Profile.open(folder()));

        assertTrue(
                refusal.getMessage()
                        .startsWith("the profile folder " + folder() + " cannot be used"),
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "Ana, name-ana",
        "Ana-Maria_2, name-ana-maria_2",
        "a b, name-a=0020b",
        "../x, name-=002e=002e=002fx",
        "CON, name-con",
        "é, name-=00e9",
        "😀, name-=d83d=de00"
    })
    void liesInAFolderNamedAfterItsPerson(String name, String folderName) {
        Path folder = Profile.defaultFolder(new UserName(name));

        assertEquals(
                Path.of("profiles", folderName),
                folder.subpath(folder.getNameCount() - 2, folder.getNameCount()));
    }

    @ParameterizedTest
    @CsvSource({"Ana, ANA, true", "Ana, Anna, false", "a b, a-b, false", "=0020, ' x', false"})
    void isOneForEachNameWithoutCase(String one, String other, boolean same) {
        assertEquals(
                same,
                Profile.defaultFolder(new UserName(one))
                        .equals(Profile.defaultFolder(new UserName(other))));
    }

    @Test
    void liesUnderAnAbsoluteFolder() {
        assertTrue(Profile.defaultFolder(new UserName("Ana")).isAbsolute());
    }

    @ParameterizedTest
    @CsvSource({"a, 64", "山, 21", "😀, 16", "ﷺ, 21"})
    void liesInAFolderWhoseNameEveryPlatformTakes(String character, int count) {
        Path folder = Profile.defaultFolder(new UserName(character.repeat(count)));

        assertTrue(folder.getFileName().toString().length() <= 200, folder.toString());
    }

    @Test
    void keepsLongNamesApart() {
        assertNotEquals(
                Profile.defaultFolder(new UserName("ﷺ".repeat(20) + "a")),
                Profile.defaultFolder(new UserName("ﷺ".repeat(20) + "b")));
    }

    private Path folder() {
        return temporary.resolve("profile");
    }

    /// What another Java process says when it opens this profile.
    private static String openInAnotherProcess(Path folder)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Opener.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            String answer = process.inputReader().readLine();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            return String.valueOf(answer);
        } finally {
            process.destroyForcibly();
        }
    }

    /// The other process.
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) throws IOException {
            try {
                Profile.open(Path.of(arguments[0])).close();
                System.out.println("opened");
            } catch (InUseException e) {
                System.out.println("in use");
            }
        }
    }
}
