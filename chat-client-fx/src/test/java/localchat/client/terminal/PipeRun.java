package localchat.client.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A run of the pipe mode against a [FakeSession], with standard streams of the test's.
final class PipeRun {
    private static final long WAIT_SECONDS = 20;

    private final PipedOutputStream input = new PipedOutputStream();
    private final LineCatcher out = new LineCatcher();
    private final LineCatcher err = new LineCatcher();
    private final CompletableFuture<FakeSession> session = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final PipeMode mode;

    private PipeRun(
            Consumer<FakeSession> onStart,
            Optional<OutputStream> otherOut,
            List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--server", "localhost:1", "--name", "ana"));
        all.add("--plaintext");
        all.addAll(arguments);
        Texts texts = new Texts(Language.ENGLISH);
        TerminalOptions options =
                ((Invocation.Run)
                                new CommandLineReader(texts, "1").read(all.toArray(String[]::new)))
                        .options();
        mode =
                new PipeMode(
                        options,
                        new PipeMode.Streams(
                                inputStream(),
                                new LineOutput(otherOut.orElse(out)),
                                new ErrorOutput(err)),
                        texts,
                        new NanoClock.SystemNanoClock());
        Thread.ofPlatform().daemon().start(() -> run(onStart));
    }

    /// Starts a run.
    ///
    /// @param onStart what the session does when it is started
    static PipeRun start(Consumer<FakeSession> onStart, String... arguments) {
        return new PipeRun(onStart, Optional.empty(), List.of(arguments));
    }

    /// Starts a run whose standard output is this.
    static PipeRun startWith(OutputStream out, Consumer<FakeSession> onStart, String... arguments) {
        return new PipeRun(onStart, Optional.of(out), List.of(arguments));
    }

    private PipedInputStream inputStream() {
        try {
            return new PipedInputStream(input, 1 << 20);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void run(Consumer<FakeSession> onStart) {
        try {
            exitCode.complete(
                    mode.run(
                            listener -> {
                                FakeSession fake = new FakeSession(listener, onStart);
                                session.complete(fake);
                                return fake;
                            },
                            new Times(ZoneOffset.UTC)));
        } catch (InterruptedException | RuntimeException e) {
            exitCode.completeExceptionally(e);
        }
    }

    FakeSession session() throws Exception {
        return session.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    PipeRun type(String text) throws IOException {
        return type(text.getBytes(StandardCharsets.UTF_8));
    }

    PipeRun type(byte[] bytes) throws IOException {
        input.write(bytes);
        input.flush();
        return this;
    }

    PipeRun endInput() throws IOException {
        input.close();
        return this;
    }

    void stop() {
        mode.stop();
    }

    /// The next line of standard output.
    String nextOut() throws InterruptedException {
        return out.next();
    }

    /// The next line of standard error.
    String nextErr() throws InterruptedException {
        return err.next();
    }

    FakeSession.Posted nextPost() throws Exception {
        FakeSession.Posted post = session().posts.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (post == null) {
            throw new AssertionError("nothing was posted");
        }
        return post;
    }

    boolean isOver() {
        return exitCode.isDone();
    }

    int exitCode() throws Exception {
        return exitCode.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /// All lines of standard output that were not asked for, when it is over.
    List<String> restOfOut() throws Exception {
        exitCode();
        return out.rest();
    }

    /// All lines of standard error that were not asked for, when it is over.
    List<String> restOfErr() throws Exception {
        exitCode();
        return err.rest();
    }

    /// Cuts what is written into lines.
    private static final class LineCatcher extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        String next() throws InterruptedException {
            String next = lines.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no line came");
            }
            return next;
        }

        synchronized List<String> rest() {
            List<String> rest = new ArrayList<>();
            lines.drainTo(rest);
            if (line.size() > 0) {
                rest.add("unfinished: " + line.toString(StandardCharsets.UTF_8));
            }
            return rest;
        }
    }
}
