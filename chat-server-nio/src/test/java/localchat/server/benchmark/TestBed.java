package localchat.server.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts the servers, each alone on its CPU, and ends them whatever happens.
final class TestBed {
    private static final List<String> CHAT_OPTIONS =
            List.of(
                    "run",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--plaintext",
                    "--posts-per-second",
                    "0");

    private static final List<String> IN_MEMORY_OPTIONS =
            List.of("--auth", "none", "--store", "memory");

    /// Everybody must prove who they are here.
    private static final List<String> ON_DISK_OPTIONS = List.of("--store", "sqlite");

    private static final long END_SECONDS = 5;

    private static final int LOG_LINES_SHOWN = 5;

    private final Path program;
    private final Path log;
    private final Kernel kernel;
    private final Optional<Pinning> pinning;
    private final List<Process> started = new ArrayList<>();
    private final List<ScratchFolder> scratchFolders = new ArrayList<>();
    private boolean ended;

    /// @param program the folder of the packaged chat server
    /// @param pinning of servers; empty where it is not possible
    TestBed(Path program, Kernel kernel, Optional<Pinning> pinning) {
        this.program = program;
        this.log = program.resolveSibling("benchmark.log");
        this.kernel = kernel;
        this.pinning = pinning;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of servers"));
    }

    /// Starts a server and waits until it listens.
    ///
    /// @param chatOptions further options of the chat's `run`
    MeasuredProcess start(Contender contender, String... chatOptions) throws IOException {
        List<String> command = new ArrayList<>();
        pinning.ifPresent(cpus -> command.addAll(cpus.serverPrefix()));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + program.resolve("lib", "chat-server.options"));
        switch (contender) {
            case CHAT, IN_MEMORY -> addChat(command, IN_MEMORY_OPTIONS, chatOptions);
            case ON_DISK -> addChat(command, ON_DISK_OPTIONS, chatOptions);
            case LIMIT ->
                    Collections.addAll(
                            command,
                            "-cp",
                            System.getProperty("java.class.path"),
                            LimitServer.class.getName());
        }
        return MeasuredProcess.await(start(command), log, kernel);
    }

    /// As its launcher does, so that the process id is the JVM's everywhere.
    private void addChat(List<String> command, List<String> store, String... chatOptions)
            throws IOException {
        Path lib = program.resolve("lib");
        Optional.ofNullable(System.getenv("LOCALCHAT_JAVA_OPTS"))
                .filter(options -> !options.isBlank())
                .ifPresent(
                        options -> Collections.addAll(command, options.strip().split("\\s+", -1)));
        try (Stream<Path> files = Files.list(lib)) {
            List<String> jars =
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".jar"))
                            .sorted()
                            .toList();
            command.add("-cp");
            command.add(String.join(File.pathSeparator, jars));
        }
        command.add("@" + lib.resolve("chat-server.main"));
        command.addAll(CHAT_OPTIONS);
        command.addAll(store);
        Collections.addAll(command, chatOptions);
    }

    private synchronized Process start(List<String> command) throws IOException {
        if (ended) {
            throw new IOException("the benchmark was ended");
        }
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        started.removeIf(before -> !before.isAlive());
        started.add(process);
        return process;
    }

    /// Runs on the shutdown thread, after the benchmark or Ctrl-C.
    private synchronized void end() {
        ended = true;
        started.forEach(Process::destroyForcibly);
        try {
            for (Process process : started) {
                process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            for (ScratchFolder folder : scratchFolders) {
                folder.close();
            }
        } catch (IOException e) {
            // It lies in the build's folder and goes with that.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// An empty folder beside the packaged server. It is deleted at the latest when the benchmark
    /// ends, even by Ctrl-C.
    synchronized ScratchFolder scratchFolder() throws IOException {
        if (ended) {
            throw new IOException("the benchmark was ended");
        }
        ScratchFolder folder = new ScratchFolder(program.resolveSibling(""));
        scratchFolders.add(folder);
        return folder;
    }

    /// The last lines that the latest server wrote to its log.
    List<String> logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    Kernel kernel() {
        return kernel;
    }
}
