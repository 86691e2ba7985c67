package localchat.server.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `strace` on a running server, which makes some of its system calls fail or take their time.
/// Closing it lets go of the server: the fault is over.
final class Strace implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    private Strace(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Skips the test where there is no strace, or it may not look into other processes.
    static void assume() {
        Shell.assumeRoot("injected faults");
        Shell.assumeProgram("strace", "strace", "-V");
    }

    /// Returns once the fault is in force.
    ///
    /// @param calls the system calls, with commas between
    /// @param fault what happens to them, as strace's `-e inject` wants it: `error=EIO`
    /// @param log where strace writes what it saw
    /// @param paths files that are meant; all when there are none
    static Strace inject(DurableServer server, String calls, String fault, Path log, Path... paths)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-p"));
        command.add(String.valueOf(server.pid()));
        command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":" + fault));
        for (Path path : paths) {
            command.addAll(List.of("-P", path.toRealPath().toString()));
        }
        command.addAll(List.of("-o", log.toString()));
        Path said = log.resolveSibling(log.getFileName() + "-said");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        Strace strace = new Strace(process, log);
        Await.until(
                PATIENCE,
                "strace to take hold",
                () -> Files.readString(said).contains("attached") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("strace said " + Files.readString(said));
        }
        return strace;
    }

    /// The calls that were made to fail, a line each.
    List<String> injected() throws IOException {
        return Files.readAllLines(log).stream().filter(line -> line.contains("INJECTED")).toList();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("strace does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
