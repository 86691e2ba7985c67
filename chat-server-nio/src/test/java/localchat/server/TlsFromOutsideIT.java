package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packaged server as other people's programs see it: a client of OpenSSL, a scanner for weak
/// TLS, and a recording of what passes on the network.
class TlsFromOutsideIT {
    private static final int PATIENCE_SECONDS = 60;

    private static final String NAME = "Wilhelmina";
    private static final String ROOM = "harbour-office";
    private static final String TEXT = "the gold is below the third plank";

    /// Said in the clear after all else: once it is recorded, so is what went before.
    private static final String LAST = "this is the end of the recording";

    private static final Pattern CIPHER =
            Pattern.compile("(Preferred|Accepted) +TLSv\\S+ +\\d+ bits +(?<cipher>\\S+).*");

    @TempDir private Path folder;

    private record Said(int exit, String text) {}

    private static Said run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), command[0]);
            return new Said(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void assumeProgram(String... answersTo) throws Exception {
        Said said;
        try {
            said = run(answersTo);
        } catch (IOException e) {
            said = new Said(-1, String.valueOf(e.getMessage()));
        }
        assumeTrue(said.exit() == 0, "needs the program " + answersTo[0]);
    }

    private static Said openssl(ServerProcess server, String version) throws Exception {
        return run(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server.address().getPort(),
                version,
                // What its own settings forbid is for the server to refuse.
                "-cipher",
                "ALL:@SECLEVEL=0");
    }

    @Test
    void speaksTls13() throws Exception {
        assumeProgram("openssl", "version");
        try (ServerProcess server = ServerProcess.startEncrypted("")) {
            Said said = openssl(server, "-tls1_3");
            assertEquals(0, said.exit(), said.text());
            assertTrue(said.text().contains("New, TLSv1.3, Cipher is TLS_AES_"), said.text());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_1", "-tls1"})
    void speaksNothingOlder(String version) throws Exception {
        assumeProgram("openssl", "version");
        try (ServerProcess server = ServerProcess.startEncrypted("")) {
            Said said = openssl(server, version);
            assertNotEquals(0, said.exit(), said.text());
            assertTrue(said.text().contains("alert protocol version"), said.text());
            assertTrue(said.text().contains("Cipher is (NONE)"), said.text());
        }
    }

    @Test
    void showsAScannerNothingWeak() throws Exception {
        assumeProgram("sslscan", "--version");
        try (ServerProcess server = ServerProcess.startEncrypted("")) {
            Said said = run("sslscan", "--no-colour", "127.0.0.1:" + server.address().getPort());
            System.out.println(said.text());
            assertEquals(0, said.exit());
            List<String> lines = said.text().lines().map(String::strip).toList();
            for (String old : List.of("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2")) {
                assertTrue(lines.stream().anyMatch(line -> line.matches(old + " +disabled")), old);
            }
            assertTrue(lines.stream().anyMatch(line -> line.matches("TLSv1.3 +enabled")));
            assertTrue(lines.contains("Session renegotiation not supported"));
            assertTrue(lines.contains("TLSv1.3 not vulnerable to heartbleed"));
            assertFalse(lines.stream().anyMatch(line -> line.startsWith("Compression enabled")));
            List<String> ciphers =
                    lines.stream()
                            .map(CIPHER::matcher)
                            .filter(Matcher::matches)
                            .map(line -> line.group("cipher"))
                            .sorted()
                            .toList();
            assertEquals(
                    List.of(
                            "TLS_AES_128_GCM_SHA256",
                            "TLS_AES_256_GCM_SHA384",
                            "TLS_CHACHA20_POLY1305_SHA256"),
                    ciphers);
        }
    }

    @Test
    void tellsNothingToWhoeverRecordsTheNetwork() throws Exception {
        try (ServerProcess server = ServerProcess.startEncrypted("")) {
            String recorded =
                    recorded(
                            server.address(),
                            () ->
                                    TestPeer.over(
                                            TestPeer.secured(
                                                    socket(server.address()), server.address()),
                                            DeviceKey.generate()));
            Stream.of(NAME, ROOM, TEXT)
                    .forEach(secret -> assertFalse(recorded.contains(secret), secret));
        }
    }

    /// What the recording would show without encryption: everything.
    @Test
    void recordingsWouldShowTheChat() throws Exception {
        assumeTrue(!TestServers.isEncrypted(), "needs a server that speaks plaintext");
        try (ServerProcess server = ServerProcess.start()) {
            String recorded =
                    recorded(
                            server.address(),
                            () -> TestPeer.connect(server.address(), DeviceKey.generate()));
            Stream.of(NAME, ROOM, TEXT)
                    .forEach(known -> assertTrue(recorded.contains(known), known));
        }
    }

    private interface Door {
        TestPeer connect() throws IOException;
    }

    private static Socket socket(InetSocketAddress server) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return socket;
    }

    /// All that passed on loopback while somebody chatted, a character a byte.
    private String recorded(InetSocketAddress server, Door door) throws Exception {
        assumeProgram("tcpdump", "--version");
        assumeTrue(System.getProperty("user.name").equals("root"), "a recording needs root");
        Path file = folder.resolve("recorded.pcap");
        Process tcpdump =
                new ProcessBuilder(
                                "tcpdump",
                                "-i",
                                "lo",
                                "-U",
                                "--immediate-mode",
                                "-Z",
                                "root",
                                "-s",
                                "0",
                                "-w",
                                file.toString(),
                                "tcp port " + server.getPort())
                        .redirectErrorStream(true)
                        .start();
        try {
            String said = tcpdump.inputReader().readLine();
            while (said != null && !said.contains("listening on")) {
                said = tcpdump.inputReader().readLine();
            }
            assumeTrue(said != null, "tcpdump records nothing here");
            chat(door);
            return awaitLast(file, server);
        } finally {
            tcpdump.destroyForcibly();
        }
    }

    private static void chat(Door door) throws IOException {
        try (TestPeer one = door.connect();
                TestPeer other = door.connect()) {
            one.login(NAME);
            other.login("Bo");
            long room = one.join(ROOM).getRoom().getRoomId();
            other.join(ROOM);
            one.say(room, TEXT);
            assertEquals(TEXT, other.awaitEvent().getEvent().getMessage().getText());
        }
    }

    private static String awaitLast(Path file, InetSocketAddress server) throws Exception {
        try (Socket socket = socket(server)) {
            socket.getOutputStream().write(LAST.getBytes(StandardCharsets.US_ASCII));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                String recorded = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (recorded.contains(LAST)) {
                    return recorded;
                }
                assertTrue(System.nanoTime() - deadline < 0, "nothing was recorded");
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
