package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import localchat.core.identity.KnownServers.KnownKey;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownServersTest {
    private static final ServerAddress BOX = new ServerAddress("box", 7667);
    private static final ServerAddress OTHER = new ServerAddress("::1", 7777);
    private static final String HEADER = "localchat-known-servers-v1\n";
    private static final String KEY_TEXT =
            "abababababababababababababababababababababababababababababababab";

    @TempDir private Path folder;
    private KnownServers known;

    @BeforeEach
    void open() throws IOException {
        known = KnownServers.in(folder);
    }

    private static Digest32 key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >> 8);
        return new Digest32(bytes);
    }

    private static KnownKey unverified(int number) {
        return new KnownKey(key(number), false);
    }

    @Test
    void remembersAcrossRuns() throws IOException {
        known.remember(BOX, unverified(1));
        known.remember(OTHER, new KnownKey(key(2), true));
        KnownServers again = KnownServers.in(folder);
        assertEquals(Optional.of(unverified(1)), again.find(BOX));
        assertEquals(Optional.of(new KnownKey(key(2), true)), again.find(OTHER));
        assertEquals(Optional.empty(), again.find(new ServerAddress("box", 7668)));
    }

    @Test
    void verifiesAKeyForAllItsAddresses() throws IOException {
        known.remember(BOX, unverified(1));
        known.remember(OTHER, unverified(1));
        known.remember(new ServerAddress("third", 1), unverified(2));
        known.verify(key(1));
        KnownServers again = KnownServers.in(folder);
        assertTrue(again.find(BOX).orElseThrow().verified());
        assertTrue(again.find(OTHER).orElseThrow().verified());
        assertFalse(again.find(new ServerAddress("third", 1)).orElseThrow().verified());
    }

    @Test
    void forgetsAnAddress() throws IOException {
        known.remember(BOX, unverified(1));
        assertTrue(known.forget(BOX));
        assertFalse(known.forget(BOX));
        assertEquals(Optional.empty(), KnownServers.in(folder).find(BOX));
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        known.remember(BOX, unverified(1));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(KnownServers.FILE_NAME))));
    }

    @Test
    void keepsAThousandAndLetsTheOldestUnverifiedGo() throws IOException {
        known.remember(BOX, new KnownKey(key(0), true));
        for (int i = 1; i < KnownServers.SERVERS_MAX; i++) {
            known.remember(new ServerAddress("host" + i, 1), unverified(i));
        }
        assertTrue(known.find(new ServerAddress("host1", 1)).isPresent(), "at the limit");
        known.remember(OTHER, unverified(7));
        assertTrue(known.find(BOX).isPresent(), "verified");
        assertTrue(known.find(OTHER).isPresent(), "the new one");
        assertFalse(known.find(new ServerAddress("host1", 1)).isPresent(), "the oldest");
        assertTrue(known.find(new ServerAddress("host2", 1)).isPresent());
    }

    /// Nothing is guessed: a server whose key is forgotten could be anybody.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "something else\n",
                HEADER + "box:7667\n",
                HEADER + "box:7667 " + KEY_TEXT + "\n",
                HEADER + "box:7667 " + KEY_TEXT + " perhaps\n",
                HEADER + "box:7667 abcd verified\n",
                HEADER + "box:7667 " + KEY_TEXT + "00 verified\n",
                HEADER + "box:x " + KEY_TEXT + " verified\n",
                HEADER + "box:7667 " + KEY_TEXT + " verified more\n"
            })
    void refusesADamagedFile(String content) throws IOException {
        Path file = folder.resolve(KnownServers.FILE_NAME);
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        IOException refusal = assertThrows(IOException.class, () -> KnownServers.in(folder));
        assertTrue(String.valueOf(refusal.getMessage()).contains(file.toString()));
    }
}
