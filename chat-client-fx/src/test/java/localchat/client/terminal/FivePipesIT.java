package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The packaged programs: five clients in pipes at once in one room.
@Timeout(180)
class FivePipesIT {
    private static final int LINES = 1_000;
    private static final long WAIT_SECONDS = 120;

    @TempDir private Path profiles;
    private final List<Process> processes = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
        threads.shutdownNow();
    }

    @Test
    void twoWatchersSeeAllThatThreeSendersSayInOneOrder() throws Exception {
        String server = startServer();
        List<Process> watchers = new ArrayList<>();
        for (String name : List.of("watcher-1", "watcher-2")) {
            Process watcher = startTerm(server, name, "--json", "--follow");
            watcher.getOutputStream().close();
            watchers.add(watcher);
        }
        for (Process watcher : watchers) {
            awaitJoined(watcher.inputReader());
        }
        List<Future<List<String>>> seen = new ArrayList<>();
        for (Process watcher : watchers) {
            seen.add(threads.submit(() -> messages(watcher.inputReader(), 3 * LINES)));
        }
        List<Future<Integer>> ends = new ArrayList<>();
        for (String name : List.of("s1", "s2", "s3")) {
            Process sender = startTerm(server, name, "--timeout", "60");
            ends.add(threads.submit(feeding(sender, name)));
        }
        for (Future<Integer> end : ends) {
            assertEquals(0, end.get(WAIT_SECONDS, TimeUnit.SECONDS));
        }
        List<String> first = seen.get(0).get(WAIT_SECONDS, TimeUnit.SECONDS);
        assertEquals(first, seen.get(1).get(WAIT_SECONDS, TimeUnit.SECONDS));
        for (String name : List.of("s1", "s2", "s3")) {
            assertEquals(
                    lines(name), first.stream().filter(line -> line.startsWith(name)).toList());
        }
        for (Process watcher : watchers) {
            watcher.destroy();
            assertTrue(watcher.waitFor(5, TimeUnit.SECONDS), "a killed watcher ends");
        }
    }

    private String startServer() throws IOException {
        Process server =
                start(
                        program("../chat-server-nio/target/chat-server/bin/chat-server"),
                        List.of(
                                "run",
                                "--host",
                                "127.0.0.1",
                                "--port",
                                "0",
                                "--plaintext",
                                "--data",
                                profiles.resolve("server").toString()));
        String line = server.inputReader().readLine();
        assertTrue(line != null && line.startsWith("listening on "), line);
        return line.substring("listening on ".length());
    }

    private Process startTerm(String server, String name, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--server", server, "--name", name));
        arguments.addAll(List.of("--plaintext", "--room", "pipes"));
        arguments.addAll(List.of("--profile", profiles.resolve(name).toString()));
        arguments.addAll(List.of(more));
        return start(program("target/chat-client/bin/chat-term"), arguments);
    }

    private Process start(Path program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    private static Path program(String path) {
        String ending = File.separatorChar == '\\' ? ".bat" : "";
        Path program = Path.of(path + ending).toAbsolutePath().normalize();
        assertTrue(Files.isExecutable(program), program + " is there after: mvn package");
        return program;
    }

    /// Feeds a sender, reads on what it prints, and says with which code it ended.
    private Callable<Integer> feeding(Process sender, String name) {
        return () -> {
            Future<Long> printed = threads.submit(() -> sender.inputReader().lines().count());
            try (Writer input = sender.outputWriter()) {
                for (String line : lines(name)) {
                    input.write(line + "\n");
                }
            }
            printed.get(WAIT_SECONDS, TimeUnit.SECONDS);
            return sender.waitFor();
        };
    }

    private static List<String> lines(String name) {
        return IntStream.rangeClosed(1, LINES).mapToObj(n -> name + " line " + n).toList();
    }

    private static void awaitJoined(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (TinyJson.object(line).get("type").equals("joined")) {
                return;
            }
        }
        throw new AssertionError("it ended before it joined");
    }

    /// The texts of so many messages, whose seqs have no hole.
    private static List<String> messages(BufferedReader out, int count) throws IOException {
        List<String> texts = new ArrayList<>();
        long seq = 0;
        while (texts.size() < count) {
            String line = out.readLine();
            Map<String, String> object = TinyJson.object(String.valueOf(line));
            if (object.get("type").equals("message")) {
                assertEquals(++seq, Long.parseLong(object.get("seq")));
                texts.add(object.get("text"));
            }
        }
        return texts;
    }
}
