package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.JoinLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, run as whoever runs a server runs it, with nothing of it on a terminal.
class OperatorCommandsIT {
    private static final String PROGRAM =
            Path.of("target", "chat-server", "bin", "chat-server").toString();
    private static final int PATIENCE_SECONDS = 30;

    @TempDir private Path folder;

    private record Outcome(int exitCode, List<String> out, List<String> err) {}

    private Outcome run(String command, String... options) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder(command, options)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), command + " hangs");
            return new Outcome(
                    process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
        } finally {
            process.destroyForcibly();
        }
    }

    private ProcessBuilder builder(String command, String... options) {
        List<String> words =
                new ArrayList<>(
                        List.of(PROGRAM, command, "--data", folder.resolve("data").toString()));
        words.addAll(List.of(options));
        return new ProcessBuilder(words);
    }

    /// A server that listens, and what it prints.
    private static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        Running(Process process) {
            this.process = process;
            this.out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
        }

        Optional<String> line() throws IOException {
            return Optional.ofNullable(out.readLine());
        }

        int terminate() throws InterruptedException {
            // Process.destroy would close what it printed too.
            process.toHandle().destroy();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the server hangs");
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private Running serve(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0"));
        words.addAll(List.of(options));
        return new Running(
                builder("run", words.toArray(String[]::new))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    @Test
    void inviteThroughTheRunningServerAndRotateTheKeyOfTheStoppedOne() throws Exception {
        String link;
        try (Running server = serve()) {
            assertTrue(server.line().orElseThrow().startsWith("listening on 127.0.0.1:"));
            link = server.line().orElseThrow();

            Outcome invited = run("invite", "--uses", "5", "--valid", "12h");
            assertEquals(0, invited.exitCode(), invited::toString);
            assertEquals(List.of(link), invited.out());

            Outcome refused = run("rotate-key");
            assertEquals(1, refused.exitCode());
            assertEquals(List.of(), refused.out());
            assertEquals(1, refused.err().size(), refused::toString);

            assertEquals(0, server.terminate());
            assertEquals(Optional.empty(), server.line(), "two lines and no more in a pipe");
        }
        Outcome nobody = run("invite");
        assertEquals(1, nobody.exitCode());
        assertEquals(1, nobody.err().size(), nobody::toString);

        Outcome rotated = run("rotate-key");
        assertEquals(new Outcome(0, rotated.out(), List.of()), rotated);
        try (Running server = serve()) {
            server.line();
            String newLink = server.line().orElseThrow();
            assertNotEquals(JoinLink.parse(link).key(), JoinLink.parse(newLink).key());
        }
    }

    /// The one that was killed left its socket.
    @Test
    void inviteAfterAServerWasKilled() throws Exception {
        try (Running killed = serve()) {
            killed.line();
            killed.process.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(folder.resolve("data").resolve("control.sock")));
        assertEquals(1, run("invite").exitCode());
        try (Running server = serve("--qr")) {
            server.line();
            String link = server.line().orElseThrow();
            for (String line : QrDrawing.PLAIN.lines(link)) {
                assertEquals(line, server.line().orElseThrow());
            }
            assertEquals(List.of(link), run("invite").out());
        }
    }
}
