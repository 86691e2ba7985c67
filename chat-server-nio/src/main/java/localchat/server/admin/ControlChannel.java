package localchat.server.admin;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers commands of this machine on the socket of a data folder. Runs on threads of its own, one
/// that accepts and one for each connection; its methods may be called from any thread.
public final class ControlChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

    /// Connections at a time; one more is told to come again. Reason: they are typed by hand or
    /// come from a script, and each is over in milliseconds.
    static final int CONNECTIONS_MAX = 4;

    /// How long a connection may take.
    ///
    /// @param transfer for its request to come, and for its answer to be taken
    /// @param decision for the server to answer; shorter than what a command waits
    record Times(Duration transfer, Duration decision) {
        static final Times STANDARD = new Times(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    /// Pause after a failure to accept, such as for want of a descriptor, in milliseconds.
    private static final long PAUSE_MILLIS = 500;

    private final ControlSocket socket;
    private final Operator operator;
    private final Times times;
    private final Patience patience = new Patience();
    private final Semaphore places = new Semaphore(CONNECTIONS_MAX);
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    private ControlChannel(ControlSocket socket, Operator operator, Times times) {
        this.socket = socket;
        this.operator = operator;
        this.times = times;
    }

    /// Opens the channel of a folder whose lock the caller holds, until after it is closed.
    ///
    /// @throws IOException when it cannot be opened; the message is one line for a person
    public static ControlChannel open(Path folder, Operator operator) throws IOException {
        return open(folder, operator, Times.STANDARD);
    }

    static ControlChannel open(Path folder, Operator operator, Times times) throws IOException {
        try {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            ControlChannel channel =
                    new ControlChannel(ControlSocket.bind(folder, temporary), operator, times);
            Thread.ofPlatform().name("control").daemon().start(channel::accept);
            return channel;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no sockets in folders", e);
        }
    }

    private void accept() {
        boolean failing = false;
        while (closing.getCount() > 0) {
            try {
                admit(socket.channel().accept());
                failing = false;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                if (!failing) {
                    LOG.warn("commands cannot reach the server error={}", e.getMessage());
                }
                failing = true;
                if (isClosedWithin(PAUSE_MILLIS)) {
                    return;
                }
            }
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void admit(SocketChannel connection) {
        if (!places.tryAcquire()) {
            String line =
                    "%d commands are being answered already: try again".formatted(CONNECTIONS_MAX);
            answer(connection, new Answer.Refused(line));
            Patience.closeQuietly(connection);
            return;
        }
        Thread thread =
                Thread.ofPlatform()
                        .name("control-connection")
                        .daemon()
                        .unstarted(() -> serve(connection));
        serving.add(thread);
        thread.start();
        if (closing.getCount() == 0) {
            thread.interrupt();
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            Optional<Answer> answer = received(connection);
            answer.ifPresent(known -> answer(connection, known));
        } catch (IOException e) {
            // Whoever asked has gone, took too long, or the server ends.
        } finally {
            serving.remove(Thread.currentThread());
            places.release();
        }
    }

    /// Reads the request and has it answered; nothing when nothing whole was asked.
    private Optional<Answer> received(SocketChannel connection) throws IOException {
        Optional<String> line;
        try (Patience.Limit _ = patience.limit(connection, times.transfer())) {
            line = ControlLines.read(connection);
        } catch (ControlLines.LineTooLongException e) {
            return Optional.of(new Answer.Refused(String.valueOf(e.getMessage())));
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(decided(ControlRequest.parse(line.get())));
        } catch (IllegalArgumentException e) {
            return Optional.of(new Answer.Refused(String.valueOf(e.getMessage())));
        }
    }

    private Answer decided(ControlRequest request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            switch (request) {
                case ControlRequest.Link() -> operator.link(answer::complete);
                case ControlRequest.CreateInvite(InviteWish wish) ->
                        operator.createInvite(wish, answer::complete);
            }
            return answer.get(times.decision().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Answer.Refused(
                    "the server did not answer within " + times.decision().toSeconds() + " s");
        } catch (InterruptedException e) {
            return new Answer.Refused("the server ends");
        } catch (ExecutionException | RuntimeException e) {
            LOG.warn("a command failed", e);
            return new Answer.Refused("the server failed to do it: its log says why");
        }
    }

    private void answer(SocketChannel connection, Answer answer) {
        try (Patience.Limit _ = patience.limit(connection, times.transfer())) {
            ControlLines.write(connection, answer.line());
        } catch (IOException e) {
            // Nobody waits for it any more.
        }
    }

    /// Ends connections, stops listening and removes the socket. Waits for nobody.
    @Override
    public void close() {
        closing.countDown();
        socket.remove();
        serving.forEach(Thread::interrupt);
        patience.close();
    }
}
