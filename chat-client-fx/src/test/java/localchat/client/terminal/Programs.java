package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The packaged programs, each in a process of its own, with profiles and data in one folder. All
/// of them end with the test. Reading what they print is bounded by the test's own timeout.
final class Programs implements AutoCloseable {
    private static final long WAIT_SECONDS = 120;

    /// Ports for servers. Reason: below those that the kernel gives to clients, one of which would
    /// otherwise sit on a server's port while it is away.
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 30_000;

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private int runs;

    Programs(Path folder) {
        this.folder = folder;
    }

    /// A port of loopback on which nothing listens.
    static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, loopback)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it: another one.
            }
        }
        throw new IOException("no port is free");
    }

    /// Starts the server on loopback and waits until it listens.
    Process startServer(int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--host", "127.0.0.1"));
        arguments.addAll(List.of("--port", String.valueOf(port), "--plaintext"));
        arguments.addAll(List.of("--data", folder.resolve("server").toString()));
        arguments.addAll(List.of(more));
        Process server =
                start(
                        new ProcessBuilder(
                                command(
                                        "../chat-server-nio/target/chat-server/bin/chat-server",
                                        arguments)));
        String line = server.inputReader().readLine();
        assertEquals("listening on 127.0.0.1:" + port, line);
        return server;
    }

    /// Starts the terminal client in a pipe. It enters the room "pipes".
    Process startTerm(int port, String name, String... more) throws IOException {
        return start(new ProcessBuilder(term(port, name, more)));
    }

    /// Runs the terminal client until its input is used up and all is well.
    ///
    /// @return the lines that it printed
    List<String> runTerm(int port, String name, List<String> input, String... more)
            throws Exception {
        runs++;
        Path in = Files.write(folder.resolve("in-" + runs), input);
        Path out = folder.resolve("out-" + runs);
        Process run =
                start(
                        new ProcessBuilder(term(port, name, more))
                                .redirectInput(in.toFile())
                                .redirectOutput(out.toFile()));
        assertTrue(run.waitFor(WAIT_SECONDS, TimeUnit.SECONDS), "the client ends");
        assertEquals(ExitCode.OK, run.exitValue());
        return Files.readAllLines(out);
    }

    /// The texts of all messages of the room, read by somebody who was never there before. Fails
    /// when the seqs have a hole or come twice.
    List<String> history(int port) throws Exception {
        String reader = "reader-" + runs;
        List<String> out = runTerm(port, reader, List.of(), "--json", "--history", "1000000");
        List<String> texts = new ArrayList<>();
        for (String line : out) {
            Map<String, String> object = TinyJson.object(line);
            if (object.get("type").equals("message")) {
                texts.add(object.get("text"));
                assertEquals(texts.size(), Long.parseLong(object.get("seq")));
            }
        }
        return texts;
    }

    /// The folder of somebody's profile.
    Path profile(String name) {
        return folder.resolve(name);
    }

    /// Reads the JSON lines that a client prints up to one that is meant.
    static void awaitLine(BufferedReader out, Predicate<Map<String, String>> meant)
            throws IOException {
        String line = out.readLine();
        while (line != null && !meant.test(TinyJson.object(line))) {
            line = out.readLine();
        }
        assertNotNull(line, "the client ended before it printed what was waited for");
    }

    /// Ends a process as `kill -9` does.
    static void kill(Process process) throws InterruptedException {
        // Not by the process itself, which would close its streams too.
        assertTrue(process.toHandle().destroyForcibly(), "the program is killed");
        assertTrue(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS), "the program is gone");
    }

    private List<String> term(int port, String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--server", "127.0.0.1:" + port));
        arguments.addAll(List.of("--name", name, "--plaintext", "--room", "pipes"));
        arguments.addAll(List.of("--profile", profile(name).toString()));
        arguments.addAll(List.of(more));
        return command("target/chat-client/bin/chat-term", arguments);
    }

    private static List<String> command(String path, List<String> arguments) {
        String ending = File.separatorChar == '\\' ? ".bat" : "";
        Path program = Path.of(path + ending).toAbsolutePath().normalize();
        assertTrue(Files.isExecutable(program), program + " is there after: mvn package");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        return command;
    }

    private Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
