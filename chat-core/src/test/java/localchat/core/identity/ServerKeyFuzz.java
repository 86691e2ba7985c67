package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Any bytes as a server's key file, and a good file with any damage: it is that server's key or is
/// refused with words that name the file, and the file stays as it is. The same for the bytes of a
/// succession.
///
/// Input: first byte 0: the file. 1: damage of the private key, 2: of the certificate, 3: of a
/// succession, each as steps of four bytes: where (two), what to do, a value.
public final class ServerKeyFuzz {
    /// A key with two before it: made anew in each process, of the same lengths but for a byte or
    /// two.
    private static final String GOOD = goodFile();

    private static final byte[] SUCCESSION = succession();

    private ServerKeyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0]) {
            case 1 -> loadDamaged(0, rest);
            case 2 -> loadDamaged(1, rest);
            case 3 -> decode(damaged(SUCCESSION, rest));
            default -> load(new String(rest, StandardCharsets.ISO_8859_1));
        }
    }

    private static void loadDamaged(int block, byte[] steps) throws IOException {
        List<String> names = List.of("PRIVATE KEY", "CERTIFICATE");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String begin = "-----BEGIN " + names.get(i) + "-----\n";
            String end = "-----END " + names.get(i) + "-----\n";
            int from = GOOD.indexOf(begin) + begin.length();
            byte[] der = Base64.getMimeDecoder().decode(GOOD.substring(from, GOOD.indexOf(end)));
            byte[] shown = i == block ? damaged(der, steps) : der;
            text.append(begin)
                    .append(Base64.getMimeEncoder().encodeToString(shown))
                    .append("\n")
                    .append(end);
        }
        load(text.toString());
    }

    private static void load(String text) throws IOException {
        try (FuzzFolder folder = FuzzFolder.with(ServerKey.FILE_NAME, text)) {
            try {
                ServerKey key = ServerKey.load(folder.path());
                assertEquals(hashOf(GOOD), key.hash().toString(), "another server");
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(folder.file() + " is"), e.getMessage());
            }
            String after = Files.readString(folder.file(), StandardCharsets.ISO_8859_1);
            assertEquals(text, after, "the file was changed");
        }
    }

    private static void decode(byte[] encoded) {
        KeySuccession succession;
        try {
            succession = KeySuccession.decode(encoded);
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass(), "not a refusal of ours");
            return;
        }
        assertArrayEquals(encoded, succession.encoded());
        assertTrue(succession.size() >= 1);
    }

    private static byte[] damaged(byte[] good, byte[] steps) {
        byte[] bytes = good.clone();
        for (int i = 0; i + 3 < steps.length && bytes.length > 0; i += 4) {
            int at = ((steps[i] & 0xFF) << 8 | (steps[i + 1] & 0xFF)) % bytes.length;
            switch (steps[i + 2] & 3) {
                case 0 -> bytes[at] = steps[i + 3];
                case 1 -> bytes[at] ^= (byte) (1 << (steps[i + 3] & 7));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    int to = Math.min(bytes.length, at + (steps[i + 3] & 0xFF));
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - at));
                    System.arraycopy(bytes, to, shorter, at, bytes.length - to);
                    bytes = shorter;
                }
            }
        }
        return bytes;
    }

    private static String hashOf(String text) throws IOException {
        try (FuzzFolder folder = FuzzFolder.with(ServerKey.FILE_NAME, text)) {
            return ServerKey.load(folder.path()).hash().toString();
        }
    }

    private static String goodFile() {
        try (FuzzFolder folder = FuzzFolder.with("none", "")) {
            Path file = folder.path().resolve(ServerKey.FILE_NAME);
            ServerKey.create(folder.path());
            ServerKey.rotate(folder.path());
            ServerKey.rotate(folder.path());
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            Files.delete(file);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] succession() {
        try (FuzzFolder folder = FuzzFolder.with(ServerKey.FILE_NAME, GOOD)) {
            return ServerKey.load(folder.path()).succession().encoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
