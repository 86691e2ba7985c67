package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {
    @TempDir private Path folder;

    @Test
    void makesAKeyWhereNoneIs() throws IOException {
        DeviceKey.loadOrCreate(file());

        assertTrue(Files.exists(file()));
    }

    @Test
    void makesTheFoldersOfTheKey() throws IOException {
        Path deep = folder.resolve("a/b/device.key");

        DeviceKey.loadOrCreate(deep);

        assertTrue(Files.exists(deep));
    }

    @Test
    void loadsTheSameKeyAgain() throws IOException {
        Digest32 made = DeviceKey.loadOrCreate(file()).deviceId();

        assertEquals(made, DeviceKey.loadOrCreate(file()).deviceId());
    }

    @Test
    void makesAnotherKeyForAnotherFile() throws IOException {
        assertNotEquals(
                DeviceKey.loadOrCreate(file()).deviceId(),
                DeviceKey.loadOrCreate(folder.resolve("other.key")).deviceId());
    }

    @Test
    void signsWithTheKeyThatItLoaded() throws IOException {
        byte[] made = proof(DeviceKey.loadOrCreate(file()));

        assertArrayEquals(made, proof(DeviceKey.loadOrCreate(file())));
    }

    @Test
    void leavesNothingBesideTheKey() throws IOException {
        DeviceKey.loadOrCreate(file());

        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void letsOnlyTheOwnerReadTheKey() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));

        DeviceKey.loadOrCreate(file());

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void doesNotTouchAKeyThatIsThere() throws IOException {
        DeviceKey.loadOrCreate(file());
        byte[] before = Files.readAllBytes(file());

        DeviceKey.loadOrCreate(file());

        assertArrayEquals(before, Files.readAllBytes(file()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "localchat-device-key-v1",
                "localchat-device-key-v2\nA\nA\n",
                "PK\u0003\u0004"
            })
    void refusesAFileThatIsNoKey(String content) throws IOException {
        Files.writeString(file(), content);

        assertRefused("is not a device key of Local Chat");
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});

        assertRefused("is not a device key of Local Chat");
    }

    @Test
    void refusesAFolderInPlaceOfTheKey() throws IOException {
        Files.createDirectory(file());

        assertRefused("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MCowBQYDK2VwAyEA"})
    void refusesADamagedPublicKey(String line) throws IOException {
        assertDamaged(1, line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "MC4CAQAwBQYDK2VwBCIEIA=="})
    void refusesADamagedPrivateKey(String line) throws IOException {
        assertDamaged(2, line);
    }

    @Test
    void refusesHalvesThatDoNotBelongTogether() throws IOException {
        Files.writeString(file(), key(1).file());
        List<String> lines = Files.readAllLines(file());
        String other = key(2).file().lines().toList().get(1);
        Files.write(file(), List.of(lines.get(0), other, lines.get(2)));

        assertRefused("is damaged: its two halves do not belong together");
    }

    @Test
    void eitherLoadsOrRefusesAFileWithAnyCharacterChanged() throws IOException {
        String good = key(1).file();
        Digest32 id = key(1).device().deviceId();
        Random random = new Random(25519);
        for (int i = 0; i < good.length(); i++) {
            char other = (char) (32 + random.nextInt(95));
            Files.writeString(file(), good.substring(0, i) + other + good.substring(i + 1));
            try {
                assertEquals(id, DeviceKey.loadOrCreate(file()).deviceId());
            } catch (IOException expected) {
                assertTrue(
                        expected.getMessage().startsWith(file().toString()), expected.getMessage());
            }
        }
    }

    @Test
    void doesNotReplaceADamagedKey() throws IOException {
        Files.writeString(file(), "damaged");

        assertThrows(IOException.class, () -> DeviceKey.loadOrCreate(file()));

        assertEquals("damaged", Files.readString(file()));
    }

    @Test
    void givesTheHashOfItsPublicKeyAsDeviceId() {
        DeviceKey key = DeviceKey.generate();

        assertEquals(LoginProof.deviceId(key.rawPublicKey()), key.deviceId());
    }

    @Test
    void doesNotChangeWithTheBytesItGives() {
        DeviceKey key = DeviceKey.generate();
        byte[] given = key.rawPublicKey();

        given[0]++;

        assertFalse(java.util.Arrays.equals(given, key.rawPublicKey()));
    }

    private void assertDamaged(int index, String line) throws IOException {
        List<String> lines = new java.util.ArrayList<>(key(1).file().lines().toList());
        lines.set(index, line);
        Files.write(file(), lines);

        assertRefused("is damaged: ");
    }

    private void assertRefused(String words) {
        var refusal = assertThrows(IOException.class, () -> DeviceKey.loadOrCreate(file()));

        assertTrue(refusal.getMessage().startsWith(file() + " " + words), refusal.getMessage());
    }

    private Path file() {
        return folder.resolve("device.key");
    }

    private static byte[] proof(DeviceKey key) {
        return key.proveLogin(new Digest32(new byte[32]), new byte[32]);
    }

    private static SeededKey key(int value) {
        byte[] seed = new byte[32];
        seed[0] = (byte) value;
        return SeededKey.of(seed);
    }
}
