package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
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

    @TempDir private Path folder;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void twoWatchersSeeAllThatThreeSendersSayInOneOrder() throws Exception {
        try (Programs programs = new Programs(folder)) {
            int port = Programs.freePort();
            programs.startServer(port);
            List<Process> watchers = new ArrayList<>();
            for (String name : List.of("watcher-1", "watcher-2")) {
                Process watcher = programs.startTerm(port, name, "--json", "--follow");
                watcher.getOutputStream().close();
                watchers.add(watcher);
            }
            for (Process watcher : watchers) {
                Programs.awaitLine(
                        watcher.inputReader(), line -> line.get("type").equals("joined"));
            }
            List<Future<List<String>>> seen = new ArrayList<>();
            for (Process watcher : watchers) {
                seen.add(threads.submit(() -> messages(watcher.inputReader(), 3 * LINES)));
            }
            List<Future<Integer>> ends = new ArrayList<>();
            for (String name : List.of("s1", "s2", "s3")) {
                Process sender = programs.startTerm(port, name, "--timeout", "60");
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
