package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// T65 of the torture list, against the packaged programs: the client is ended with `kill -9` and
/// started again with the same profile. What it was given is in the room exactly once.
@Timeout(240)
class ClientKillIT {
    private static final int LINES = 10_000;

    /// The input runs so far ahead of what the room has at most, so that the kill comes in the
    /// middle however fast the machine is. Reason: more than the client reads ahead of its
    /// acknowledgements, so that it always has something under way.
    private static final int AHEAD = 3 * PendingLines.WINDOW_LINES;

    private static final long KEPT_MILLIS_MAX = 30_000;

    @TempDir private Path folder;
    private Programs programs;
    private int port;
    private Process server;

    @BeforeEach
    void start() throws Exception {
        programs = new Programs(folder);
        port = Programs.freePort();
        server = programs.startServer(port, "--posts-per-second", "0");
    }

    @AfterEach
    void endAll() {
        programs.close();
    }

    @Test
    void anInputFedAgainAfterAKillMidWayIsInTheRoomOnceAndInOrder() throws Exception {
        List<String> all = IntStream.rangeClosed(1, LINES).mapToObj(n -> "line " + n).toList();
        feedHalfAndKill(all);
        List<String> half = programs.history(port);
        assertTrue(half.size() >= LINES / 2 && half.size() < LINES, half.size() + " came so far");
        assertEquals(all.subList(0, half.size()), half);
        programs.runTerm(port, "ana", all, "--once", "key", "--timeout", "60");
        assertEquals(all, programs.history(port));
    }

    private void feedHalfAndKill(List<String> all) throws Exception {
        Process watcher = programs.startTerm(port, "watcher", "--json", "--follow");
        BufferedReader seen = watcher.inputReader();
        Programs.awaitLine(seen, line -> line.get("type").equals("joined"));
        Process client = programs.startTerm(port, "ana", "--once", "key");
        Writer input = client.outputWriter();
        int fed = 0;
        for (int came = 0; came < LINES / 2; came++) {
            int mayBeFed = Math.min(LINES, came + AHEAD);
            for (; fed < mayBeFed; fed++) {
                input.write(all.get(fed) + "\n");
            }
            input.flush();
            Programs.awaitLine(seen, line -> line.get("type").equals("message"));
        }
        Programs.kill(client);
        Programs.kill(watcher);
    }

    @Test
    void whatWasTypedWhileTheServerWasAwayIsSentOnceByTheNextRun() throws Exception {
        Process client = startTyping();
        Programs.kill(server);
        Programs.awaitLine(client.inputReader(), line -> "reconnecting".equals(line.get("state")));
        typeAndKill(client);
        server = programs.startServer(port);
        programs.runTerm(port, "ana", List.of(), "--timeout", "60");
        assertTypedOnce();
    }

    /// The server stores the posts and its answers reach nobody: the next run sends them again.
    @Test
    void whatWasSentToAServerThatStoodStillIsThereOnceAfterTheNextRun() throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs signals");
        Process client = startTyping();
        signal("STOP");
        try {
            typeAndKill(client);
        } finally {
            signal("CONT");
        }
        assumeTrue(programs.history(port).size() > 1, "a post was sent before the kill");
        programs.runTerm(port, "ana", List.of(), "--timeout", "60");
        assertTypedOnce();
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).start();
        assertTrue(kill.waitFor(30, TimeUnit.SECONDS), "a signal is sent");
        assertEquals(0, kill.exitValue());
    }

    /// Somebody whose first line has come.
    private Process startTyping() throws IOException {
        Process client = programs.startTerm(port, "ana", "--json");
        type(client, "zero");
        Programs.awaitLine(client.inputReader(), line -> "zero".equals(line.get("text")));
        return client;
    }

    private static void type(Process client, String line) throws IOException {
        Writer input = client.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    /// Types two lines, one after the other is in the outbox, and kills the client then: of the
    /// second a half may be there, the first is.
    private void typeAndKill(Process client) throws Exception {
        for (String line : List.of("typed first", "typed second")) {
            type(client, line);
            awaitKept(line);
        }
        Programs.kill(client);
    }

    /// Waits until a line is in the files of the outbox, which the client has locked.
    private void awaitKept(String line) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEPT_MILLIS_MAX);
        while (!isKept(line)) {
            assertTrue(System.nanoTime() < end, "it is not kept in time: " + line);
            Thread.sleep(5);
        }
    }

    private boolean isKept(String line) throws IOException {
        try (Stream<Path> files = Files.list(programs.profile("ana"))) {
            for (Path file : files.toList()) {
                boolean isOutbox = file.getFileName().toString().startsWith("outbox.db");
                if (isOutbox && has(Files.readAllBytes(file), line)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean has(byte[] file, String line) {
        return new String(file, StandardCharsets.ISO_8859_1).contains(line);
    }

    private void assertTypedOnce() throws Exception {
        List<String> said = programs.history(port);
        List<String> both = List.of("zero", "typed first", "typed second");
        assertTrue(said.equals(both) || said.equals(both.subList(0, 2)), said.toString());
    }
}
