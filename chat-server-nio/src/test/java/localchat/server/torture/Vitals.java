package localchat.server.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server uses when it is at rest: rule V7. Asked of its JVM with `jcmd`, which collects its
/// garbage first.
///
/// @param heapBytes used on the heap right after a full collection
/// @param directBytes memory that the JVM has outside its heap for buffers: direct ones, and copies
///   that the JDK keeps of others
/// @param descriptors open ones
record Vitals(long heapBytes, long directBytes, int descriptors) {
    /// What a server must be started with to be asked for [#directBytes].
    static final String JVM_OPTION = "-XX:NativeMemoryTracking=summary";

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern GENERATION = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern BUFFERS =
            Pattern.compile("Other \\(reserved=\\d+, committed=(\\d+)");

    /// What may be more than before, as a part of it.
    private static final double MORE = 0.1;

    /// What may be more on the heap besides, however little there was. Reason: code that ran for
    /// the first time leaves its constants and caches; differences of up to 4 % of 5.5 MB were
    /// measured.
    private static final long HEAP_SLACK_BYTES = 256L * 1024;

    /// The same of direct memory. Reason: the rings keep what was said last for a minute, and a
    /// case is not to wait for that each time. A few thousand posts take 2 MB.
    private static final long DIRECT_SLACK_BYTES = 4L * 1024 * 1024;

    /// Longest until all is back. Reason: rings are given back after a minute of silence.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static Vitals of(DurableServer server) throws IOException {
        ask(server, "GC.run");
        return new Vitals(
                1024 * sum(GENERATION, ask(server, "GC.heap_info")),
                sum(BUFFERS, ask(server, "VM.native_memory", "summary", "scale=B")),
                server.descriptors());
    }

    private static String ask(DurableServer server, String... question) throws IOException {
        String[] command = new String[2 + question.length];
        command[0] = JCMD.toString();
        command[1] = String.valueOf(server.pid());
        System.arraycopy(question, 0, command, 2, question.length);
        return Shell.run(command);
    }

    private static long sum(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        long sum = 0;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }
        if (sum == 0) {
            throw new IOException("no " + pattern + " in what jcmd said: " + said);
        }
        return sum;
    }

    /// Waits until the server uses no more than it did before, give or take a tenth.
    static void awaitBack(Vitals before, DurableServer server) throws Exception {
        Vitals[] now = {of(server)};
        System.out.printf("V7: %s, before %s%n", now[0], before);
        try {
            Await.until(
                    PATIENCE,
                    "the server to use what it did before",
                    () -> {
                        if (now[0].isBackAt(before)) {
                            return true;
                        }
                        now[0] = of(server);
                        return false;
                    });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "V7: %s, before %s: %s".formatted(now[0], before, e.getMessage()), e);
        }
    }

    private boolean isBackAt(Vitals before) {
        return heapBytes <= before.heapBytes * (1 + MORE) + HEAP_SLACK_BYTES
                && directBytes <= before.directBytes * (1 + MORE) + DIRECT_SLACK_BYTES
                && descriptors <= before.descriptors * (1 + MORE);
    }
}
