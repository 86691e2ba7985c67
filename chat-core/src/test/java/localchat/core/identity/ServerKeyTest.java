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
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.identity.PrivateFile.Step;
import localchat.core.model.Digest32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyTest {
    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("server.key");
    }

    @Test
    void isNotThereBeforeItIsMade() {
        assertFalse(ServerKey.exists(folder));
    }

    @Test
    void isThereOnceItIsMade() throws IOException {
        ServerKey.create(folder);

        assertTrue(ServerKey.exists(folder));
    }

    @Test
    void isThereEvenWhenItLeadsNowhere() throws IOException {
        Files.createSymbolicLink(file, folder.resolve("nowhere"));

        assertTrue(ServerKey.exists(folder));
    }

    @Test
    void loadsWhatItMade() throws IOException {
        ServerKey made = ServerKey.create(folder);

        ServerKey loaded = ServerKey.load(folder);

        assertEquals(made.hash(), loaded.hash());
        assertEquals(made.certificate(), loaded.certificate());
    }

    @Test
    void isAnotherInEveryFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));

        assertNotEquals(ServerKey.create(folder).hash(), ServerKey.create(other).hash());
    }

    @Test
    void isNamedByTheHashOfItsPublicKey() throws IOException {
        ServerKey key = ServerKey.create(folder);

        assertEquals(
                Fingerprints.sha256(key.certificate().getPublicKey().getEncoded()), key.hash());
    }

    @Test
    void overwritesNoKey() throws IOException {
        ServerKey.create(folder);
        byte[] before = Files.readAllBytes(file);

        assertRefused(() -> ServerKey.create(folder), " is there already");
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void makesNoKeyWhereOneIsMissing() {
        assertRefused(() -> ServerKey.load(folder), " is missing");
        assertFalse(ServerKey.exists(folder));
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        Path nowhere = folder.resolve("nowhere");

        var refusal = assertThrows(IOException.class, () -> ServerKey.create(nowhere));

        assertTrue(
                refusal.getMessage()
                        .startsWith(nowhere.resolve("server.key") + " cannot be written"),
                refusal.getMessage());
    }

    @Test
    void leavesNothingBesideTheKey() throws IOException {
        ServerKey.create(folder);
        ServerKey.rotate(folder);

        assertEquals(List.of(file), files());
    }

    @Test
    void isNeverReadableByOthersNotEvenForAMoment() throws IOException {
        assumePosix();
        List<Step> seen = new ArrayList<>();
        PrivateFile.Witness witness =
                step -> {
                    seen.add(step);
                    for (Path each : files()) {
                        assertEquals("rw-------", permissions(each), each + " at " + step);
                    }
                };

        ServerKey.create(folder, witness);
        ServerKey.rotate(folder, witness);

        assertEquals(Stream.of(Step.values(), Step.values()).flatMap(Stream::of).toList(), seen);
    }

    @Test
    void hasNoContentBeforeItIsOnTheDisk() throws IOException {
        ServerKey.create(
                folder,
                step ->
                        assertEquals(
                                step.compareTo(Step.MOVED) >= 0, Files.exists(file), "" + step));
    }

    @Test
    void writesNoSecretWhereNothingStaysPrivate() throws IOException {
        assumePosix();
        List<Long> sizes = new ArrayList<>();
        PrivateFile.Witness leakyFileSystem =
                step -> {
                    Path draft = files().getFirst();
                    sizes.add(Files.size(draft));
                    Files.setPosixFilePermissions(
                            draft, PosixFilePermissions.fromString("rwxr-xr-x"));
                };

        assertRefused(
                () -> ServerKey.create(folder, leakyFileSystem),
                " cannot be written: " + folder + " is no place for a secret");
        assertEquals(List.of(0L), sizes);
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rwxrwxrwx"})
    void refusesAFileThatOthersCanGetAt(String permissions) throws IOException {
        assumePosix();
        ServerKey.create(folder);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(() -> ServerKey.load(folder), " is a secret, but other users");
        assertEquals(permissions, permissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rwx------"})
    void takesAFileThatIsItsOwnersAlone(String permissions) throws IOException {
        assumePosix();
        Digest32 made = ServerKey.create(folder).hash();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertEquals(made, ServerKey.load(folder).hash());
    }

    @ParameterizedTest
    @CsvSource({"-1, is not a server key", "0, is not a server key", "1, is damaged: it has more"})
    void looksAtNoFileThatIsLongerThanAKeyCanBe(int over, String words) throws IOException {
        ServerKey.create(folder);
        Files.write(file, new byte[16 * 1024 + over]);

        assertRefused(() -> ServerKey.load(folder), " " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "localchat-device-key-v1", "PK\u0003\u0004"})
    void refusesAFileThatIsNoKey(String content) throws IOException {
        ServerKey.create(folder);
        Files.writeString(file, content);

        assertRefused(() -> ServerKey.load(folder), " is not a server key of Local Chat");
    }

    @Test
    void refusesAFileCutOffAnywhere() throws IOException {
        ServerKey.create(folder);
        String good = Files.readString(file);
        for (int length = 0; length < good.length(); length++) {
            Files.writeString(file, good.substring(0, length));

            assertRefused(() -> ServerKey.load(folder), " is not a server key of Local Chat");
        }
    }

    @Test
    void eitherLoadsOrRefusesAFileWithAnyCharacterChanged() throws IOException {
        ServerKey.create(folder);
        Digest32 hash = ServerKey.rotate(folder).hash();
        String good = Files.readString(file);
        Random random = new Random(7667);
        for (int i = 0; i < good.length(); i++) {
            char other = (char) (32 + random.nextInt(95));
            Files.writeString(file, good.substring(0, i) + other + good.substring(i + 1));
            try {
                assertEquals(hash, ServerKey.load(folder).hash());
            } catch (IOException expected) {
                assertTrue(expected.getMessage().startsWith(file + " is "), expected.getMessage());
            }
        }
    }

    @Test
    void refusesAKeyWithTheCertificateOfAnother() throws IOException {
        String mine = madeFile();
        String other = madeFile();
        int end = mine.indexOf("-----BEGIN CERT");
        Files.writeString(
                file, mine.substring(0, end) + other.substring(other.indexOf("-----BEGIN CERT")));

        assertRefused(
                () -> ServerKey.load(folder),
                " is damaged: its key and its certificate do not fit together");
    }

    @Test
    void refusesACertificateWithADamagedSignature() throws Exception {
        byte[] der = ServerKey.create(folder).certificate().getEncoded();
        der[der.length - 1] ^= 1;
        replaceCertificate(der);

        assertRefused(() -> ServerKey.load(folder), " is damaged: ");
    }

    @Test
    void refusesTheSuccessionOfAnotherKey() throws Exception {
        ServerKey.create(folder);
        KeySuccession borrowed = ServerKey.rotate(folder).succession();
        writeKey("secp256r1", borrowed);

        assertRefused(
                () -> ServerKey.load(folder), " is damaged: its succession leads to another key");
    }

    @Test
    void refusesAKeyOnAnotherCurve() throws Exception {
        ServerKey.create(folder);
        writeKey("secp384r1", KeySuccession.none());

        assertRefused(() -> ServerKey.load(folder), " is damaged: it is not a P-256 key");
    }

    @Test
    void takesAKeyThatAnotherProgramWrote() throws Exception {
        ServerKey.create(folder);
        Digest32 hash = writeKey("secp256r1", KeySuccession.none());

        assertEquals(hash, ServerKey.load(folder).hash());
    }

    /// Puts a new key with this succession, belonging to it or not, into the file.
    private Digest32 writeKey(String curve, KeySuccession succession) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        KeyPair pair = generator.generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + base64.encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        replaceCertificate(ServerCertificate.selfSigned(pair, succession).getEncoded());
        return Fingerprints.ofServerKey(pair.getPublic());
    }

    private void replaceCertificate(byte[] der) throws IOException {
        String text = Files.readString(file);
        int end = text.indexOf("-----BEGIN CERT");
        Files.writeString(
                file,
                (end < 0 ? text : text.substring(0, end))
                        + "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getEncoder().encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void takesLineEndsOfWindows() throws IOException {
        Digest32 made = ServerKey.create(folder).hash();
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        assertEquals(made, ServerKey.load(folder).hash());
    }

    @Test
    void hasACertificateThatSaysNothingAboutAnybody() throws Exception {
        var certificate = ServerKey.create(folder).certificate();

        assertEquals("CN=Local Chat", certificate.getSubjectX500Principal().getName());
        assertEquals("CN=Local Chat", certificate.getIssuerX500Principal().getName());
        assertEquals(null, certificate.getSubjectAlternativeNames());
        assertEquals(java.util.Set.of("2.5.29.15"), certificate.getCriticalExtensionOIDs());
        assertEquals(java.util.Set.of(), certificate.getNonCriticalExtensionOIDs());
    }

    @Test
    void hasACertificateThatMaySignAndNothingElse() throws IOException {
        boolean[] usage = ServerKey.create(folder).certificate().getKeyUsage();

        assertTrue(usage[0]);
        for (int i = 1; i < usage.length; i++) {
            assertFalse(usage[i], "bit " + i);
        }
    }

    @Test
    void hasACertificateForThirtyYearsWhateverTheClockSays() throws IOException {
        var certificate = ServerKey.create(folder).certificate();
        var from = certificate.getNotBefore().toInstant();
        var to = certificate.getNotAfter().toInstant();

        assertEquals("2020-01-01T00:00:00Z", from.toString());
        assertTrue(Duration.between(from, to).toDays() > 30 * 365, from + " to " + to);
    }

    @Test
    void hasACertificateNumberThatFitsTheRules() throws IOException {
        var number = ServerKey.create(folder).certificate().getSerialNumber();

        assertEquals(1, number.signum());
        assertTrue(number.bitLength() > 64 && number.bitLength() <= 127, "" + number);
    }

    @Test
    void showsNoSecretInALog() throws IOException {
        ServerKey key = ServerKey.create(folder);

        assertEquals("server key " + key.hash(), key.toString());
    }

    @Test
    void beginsWithoutASuccession() throws IOException {
        assertEquals(0, ServerKey.create(folder).succession().size());
    }

    @Test
    void isAnotherKeyAfterARotation() throws IOException {
        Digest32 old = ServerKey.create(folder).hash();

        Digest32 next = ServerKey.rotate(folder).hash();

        assertNotEquals(old, next);
        assertEquals(next, ServerKey.load(folder).hash());
    }

    @Test
    void isNamedByTheKeyBefore() throws IOException {
        Digest32 first = ServerKey.create(folder).hash();
        Digest32 second = ServerKey.rotate(folder).hash();

        ServerKey third = ServerKey.rotate(folder);

        assertEquals(2, third.succession().size());
        assertTrue(third.succession().leads(first, third.hash()));
        assertTrue(third.succession().leads(second, third.hash()));
    }

    @Test
    void keepsTheNewestOfALongSuccession() throws IOException {
        Digest32 first = ServerKey.create(folder).hash();
        for (int i = 0; i < KeySuccession.LINKS_MAX; i++) {
            ServerKey.rotate(folder);
        }
        ServerKey eighth = ServerKey.load(folder);
        assertTrue(eighth.succession().leads(first, eighth.hash()));

        ServerKey ninth = ServerKey.rotate(folder);

        assertEquals(KeySuccession.LINKS_MAX, ninth.succession().size());
        assertFalse(ninth.succession().leads(first, ninth.hash()));
        assertTrue(ninth.succession().leads(eighth.hash(), ninth.hash()));
        assertTrue(Files.size(file) < ServerKey.FILE_BYTES_MAX / 2, "" + Files.size(file));
    }

    @Test
    void rotatesNoKeyThatIsMissing() {
        assertRefused(() -> ServerKey.rotate(folder), " is missing");
    }

    /// A crash in the middle: the writing just ends, and nothing is tidied up.
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static PrivateFile.Witness crashAfter(Step last) {
        return step -> {
            if (step == last) {
                throw new Crash();
            }
        };
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void isWholeOrNotThereAfterACrashOfItsMaking(Step last) throws IOException {
        assertThrows(Crash.class, () -> ServerKey.create(folder, crashAfter(last)));

        assertEquals(last.compareTo(Step.MOVED) >= 0, ServerKey.exists(folder));
        Digest32 hash =
                (ServerKey.exists(folder) ? ServerKey.load(folder) : ServerKey.create(folder))
                        .hash();
        assertEquals(hash, ServerKey.load(folder).hash());
        assertEquals(List.of(file), files());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void isTheOldOrTheNewKeyAfterACrashOfARotation(Step last) throws IOException {
        Digest32 old = ServerKey.create(folder).hash();

        assertThrows(Crash.class, () -> ServerKey.rotate(folder, crashAfter(last)));

        ServerKey held = ServerKey.load(folder);
        boolean isNew = last.compareTo(Step.MOVED) >= 0;
        assertEquals(isNew, !held.hash().equals(old));
        assertEquals(isNew, held.succession().leads(old, held.hash()));
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void rotatesAfterACrashAndTidiesUp(Step last) throws IOException {
        Digest32 old = ServerKey.create(folder).hash();
        assertThrows(Crash.class, () -> ServerKey.rotate(folder, crashAfter(last)));

        ServerKey next = ServerKey.rotate(folder);

        assertTrue(next.succession().leads(old, next.hash()));
        assertEquals(List.of(file), files());
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DRAFT_MADE", "DRAFT_WRITTEN", "DRAFT_FORCED"})
    void keepsTheOldKeyWhenTheDiskRefusesTheNew(Step last) throws IOException {
        Digest32 old = ServerKey.create(folder).hash();
        PrivateFile.Witness full =
                step -> {
                    if (step == last) {
                        throw new IOException("No space left on device");
                    }
                };

        assertRefused(
                () -> ServerKey.rotate(folder, full),
                " cannot be written: No space left on device");
        assertEquals(old, ServerKey.load(folder).hash());
        assertEquals(List.of(file), files());
    }

    private String madeFile() throws IOException {
        Files.deleteIfExists(file);
        ServerKey.create(folder);
        return Files.readString(file);
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void assertRefused(Attempt attempt, String words) {
        var refusal = assertThrows(IOException.class, attempt::run);

        assertTrue(refusal.getMessage().startsWith(file + words), refusal.getMessage());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void assumePosix() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }
}
