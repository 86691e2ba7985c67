package localchat.server.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A server in a process of its own, with a data folder.
final class DurableServer implements AutoCloseable {
    private static final Duration LISTEN_PATIENCE = Duration.ofSeconds(30);

    private final ServerLaunch launch;
    private final Process process;
    private final long begunNanos = System.nanoTime();
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final AtomicInteger collecting = new AtomicInteger();
    private Optional<Vitals> atRest = Optional.empty();
    private long listeningMillis;

    private DurableServer(ServerLaunch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    static DurableServer launch(ServerLaunch launch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.environment().putAll(launch.environment());
        DurableServer server = new DurableServer(launch, builder.start());
        server.collect(server.process.getInputStream(), server.out);
        server.collect(server.process.getErrorStream(), server.err);
        return server;
    }

    private void collect(InputStream stream, List<String> lines) {
        collecting.incrementAndGet();
        Thread.ofVirtual()
                .start(() -> {
                    try (BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        reader.lines().forEach(lines::add);
                    } catch (IOException | UncheckedIOException e) {
                        lines.add("(the rest is lost: " + e.getMessage() + ")");
                    } finally {
                        collecting.decrementAndGet();
                    }
                });
    }

    /// @throws EndedException when it ended instead; the message has what it said
    void awaitListening() throws Exception {
        Await.until(
                LISTEN_PATIENCE, "the server to listen", () -> isListening() || !process.isAlive());
        if (!isListening()) {
            throw new EndedException("instead of listening the server ended and said " + said());
        }
        listeningMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    }

    private boolean isListening() {
        return out.stream().anyMatch(line -> line.startsWith("listening on "));
    }

    /// From the start of the process to the line that says that it listens, in milliseconds.
    long listeningMillis() {
        return listeningMillis;
    }

    /// What it used at rest, before whatever the case does to it; of a server that was started
    /// again there is nothing to compare with.
    Optional<Vitals> atRest() {
        return atRest;
    }

    /// See [#atRest].
    void atRest(Vitals now) {
        atRest = Optional.of(now);
    }

    InetSocketAddress address() {
        return launch.address();
    }

    ServerLaunch launch() {
        return launch;
    }

    Path data() {
        return launch.data();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Everything on its standard error so far, its log included.
    List<String> said() {
        return List.copyOf(err);
    }

    /// Those lines of it that have this in them.
    List<String> said(String part) {
        return err.stream().filter(line -> line.contains(part)).toList();
    }

    /// What it warned of and complained about.
    List<String> trouble() {
        return err.stream().filter(line -> !line.contains(" INFO ")).toList();
    }

    /// Open descriptors.
    int descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
            return (int) open.count();
        }
    }

    /// Ends it as `kill -9` does.
    void kill() throws Exception {
        process.toHandle().destroyForcibly();
        awaitExit(Duration.ofSeconds(20));
    }

    /// Sends a signal, by its name.
    void signal(String name) throws IOException {
        Shell.run("kill", "-" + name, String.valueOf(pid()));
    }

    /// Sends SIGTERM.
    ///
    /// Waits for its end and gives the exit code.
    int terminate() throws Exception {
        process.toHandle().destroy();
        return awaitExit(Duration.ofSeconds(10));
    }

    /// Waits for its end and gives the exit code.
    int awaitExit(Duration patience) throws Exception {
        Await.until(patience, "the server to end", () -> !process.isAlive());
        Await.until(patience, "its last words", () -> collecting.get() == 0);
        return process.exitValue();
    }

    /// Ends it, if it has not ended, and starts it again.
    DurableServer restart() throws Exception {
        close();
        process.waitFor();
        return launch.start();
    }

    /// A server ended that should have begun to listen.
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1;

        EndedException(String message) {
            super(message);
        }
    }

    /// Not through [Process], which would take away what the process says at its end.
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
