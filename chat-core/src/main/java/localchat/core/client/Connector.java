package localchat.core.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.CloseReason;
import localchat.core.model.ServerAddress;

/// Makes one TCP connection: looks the host up, tries its addresses in order, never asks a proxy.
/// Runs on a connection's reader thread.
final class Connector {
    /// No connection could be made.
    static final class NotConnectedException extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Loss loss;

        NotConnectedException(Loss loss) {
            super(loss.text());
            this.loss = loss;
        }

        Loss loss() {
            return loss;
        }
    }

    /// Shortest time an address gets while others wait behind it, in nanoseconds. Reason: a LAN
    /// answers in milliseconds, a busy Wi-Fi in tenths of a second.
    private static final long TRY_NANOS_MIN = 250_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ServerAddress server;
    private final Clock clock;
    private final Duration timeout;

    /// @param timeout for everything together
    Connector(ServerAddress server, Clock clock, Duration timeout) {
        this.server = server;
        this.clock = clock;
        this.timeout = timeout;
    }

    /// A connected socket. Of the addresses that did not answer, the most telling failure counts:
    /// refused before silent before unreachable.
    ///
    /// @throws InterruptedException when the thread was interrupted while the name was looked up;
    ///   while a socket connects, an interrupt appears as a failure instead
    Socket connect() throws NotConnectedException, InterruptedException {
        long deadlineNanos = clock.nanos() + timeout.toNanos();
        List<InetAddress> addresses = resolve();
        Failure failure = Failure.UNREACHABLE;
        for (int i = 0; i < addresses.size(); i++) {
            long left = deadlineNanos - clock.nanos();
            long share = Math.max(left / (addresses.size() - i), Math.min(left, TRY_NANOS_MIN));
            if (share < NANOS_PER_MILLI) {
                throw failed(Failure.TIMED_OUT);
            }
            try {
                return connectTo(addresses.get(i), (int) (share / NANOS_PER_MILLI));
            } catch (IOException e) {
                failure = moreTelling(failure, failureOf(e));
            }
        }
        throw failed(failure);
    }

    private Socket connectTo(InetAddress address, int timeoutMillis) throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, server.port()), timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private List<InetAddress> resolve() throws NotConnectedException, InterruptedException {
        String host = server.host();
        boolean isLiteral = host.contains(":") || host.matches("[0-9.]+");
        try {
            return isLiteral ? List.of(InetAddress.ofLiteral(host)) : lookUp(host);
        } catch (IllegalArgumentException e) {
            // The address is well formed: only its zone (%eth7) can be one that this computer has
            // not.
            throw failed(Failure.UNREACHABLE);
        }
    }

    /// Looks a name up on a thread of its own that lives as long as the question: the platform's
    /// resolver blocks in native code for as long as it likes, which a virtual thread and our
    /// timeout cannot afford.
    private List<InetAddress> lookUp(String host)
            throws NotConnectedException, InterruptedException {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("localchat-resolver")
                .start(() -> {
                    try {
                        found.complete(List.of(InetAddress.getAllByName(host)));
                    } catch (UnknownHostException | RuntimeException e) {
                        found.completeExceptionally(e);
                    }
                });
        try {
            return found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failed(Failure.UNKNOWN_HOST);
        } catch (TimeoutException e) {
            throw failed(Failure.TIMED_OUT);
        }
    }

    private static Failure failureOf(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ -> Failure.TIMED_OUT;
            case NoRouteToHostException _ -> Failure.UNREACHABLE;
            // The same exception stands for a refusal and for the platform's own timeout.
            case ConnectException _ ->
                    String.valueOf(e.getMessage()).contains("timed out")
                            ? Failure.TIMED_OUT
                            : Failure.REFUSED;
            default -> Failure.UNREACHABLE;
        };
    }

    private static Failure moreTelling(Failure a, Failure b) {
        if (a == Failure.REFUSED || b == Failure.REFUSED) {
            return Failure.REFUSED;
        }
        return a == Failure.TIMED_OUT ? a : b;
    }

    private NotConnectedException failed(Failure failure) {
        String text =
                switch (failure) {
                    case UNKNOWN_HOST ->
                            "No computer with the name \"" + server.host() + "\" is known here.";
                    case REFUSED -> "No server is listening at " + server + ".";
                    case TIMED_OUT -> timedOut(server, timeout);
                    default -> "There is no way to " + server + " from this computer.";
                };
        CloseReason reason =
                failure == Failure.TIMED_OUT ? CloseReason.PEER_SILENT : CloseReason.PEER_RESET;
        return new NotConnectedException(Loss.passing(failure, reason, text));
    }

    /// What to say when nothing came in time.
    static String timedOut(ServerAddress server, Duration timeout) {
        String seconds =
                timeout.toMillis() % 1000 == 0
                        ? String.valueOf(timeout.toSeconds())
                        : String.valueOf(timeout.toMillis() / 1000.0);
        return server + " did not answer within " + seconds + " s.";
    }
}
