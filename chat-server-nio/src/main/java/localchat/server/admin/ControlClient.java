package localchat.server.admin;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Asks the server that runs on a data folder, from another process of this machine.
public final class ControlClient {
    /// Longest wait for an answer. Reason: longer than a server takes to decide.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ControlClient() {}

    /// Asks and waits for the answer, for 10 seconds at most.
    ///
    /// @throws IOException when no server runs on the folder or it cannot be asked; the message is
    ///   one line for a person
    public static Answer ask(Path folder, ControlRequest request) throws IOException {
        return ask(folder, request, PATIENCE);
    }

    static Answer ask(Path folder, ControlRequest request, Duration time) throws IOException {
        Path socket = find(folder);
        try (Patience patience = new Patience();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Patience.Limit _ = patience.limit(channel, time)) {
            connect(channel, socket, folder);
            send(channel, request);
            return receive(channel, folder);
        } catch (ClosedChannelException e) {
            throw new IOException(
                    "the server on " + folder + " did not answer within " + time.toSeconds() + " s",
                    e);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no sockets in folders", e);
        }
    }

    private static Path find(Path folder) throws IOException {
        try {
            return ControlSocket.find(folder);
        } catch (NoSuchFileException e) {
            throw nobody(folder, e);
        }
    }

    private static void connect(SocketChannel channel, Path socket, Path folder)
            throws IOException {
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // The system's words for "not there", "nobody listens" and "not allowed" differ.
            boolean isNobody = e instanceof ConnectException || !Files.exists(socket);
            throw isNobody
                    ? nobody(folder, e)
                    : new IOException(
                            "the server on %s cannot be asked by this user: %s"
                                    .formatted(folder, e.getMessage()),
                            e);
        }
    }

    /// A server that has enough connections answers without having read.
    private static void send(SocketChannel channel, ControlRequest request) throws IOException {
        try {
            ControlLines.write(channel, request.line());
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // Then its answer is there already, or reading says what is wrong.
        }
    }

    private static Answer receive(SocketChannel channel, Path folder) throws IOException {
        Optional<Answer> answer;
        try {
            answer = ControlLines.read(channel).flatMap(Answer::parse);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw unanswered(folder, e);
        }
        return answer.orElseThrow(() -> unanswered(folder, new EOFException("no answer")));
    }

    private static IOException unanswered(Path folder, IOException cause) {
        return new IOException(
                "the server on %s did not answer the command: %s"
                        .formatted(folder, cause.getMessage()),
                cause);
    }

    private static IOException nobody(Path folder, IOException cause) {
        return new IOException(
                "no server runs on the data folder "
                        + folder
                        + ", or its log says why commands cannot reach it",
                cause);
    }
}
