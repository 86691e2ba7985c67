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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.CloseReason;
import localchat.core.model.ServerAddress;

/// Makes one connection to a server: looks its hosts up, tries their addresses in order, never asks
/// a proxy, and has the [Gatekeeper] make sure who is there. Runs on a connection's reader thread.
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
    private final ServerTrust trust;
    private final Clock clock;
    private final Duration timeout;

    /// @param timeout for everything together
    Connector(ServerAddress server, ServerTrust trust, Clock clock, Duration timeout) {
        this.server = server;
        this.trust = trust;
        this.clock = clock;
        this.timeout = timeout;
    }

    private record Candidate(ServerAddress server, InetAddress address) {}

    /// A connection to the server that is meant. Of the addresses that failed, the most telling
    /// failure counts: another server's key before no chat server before refused before silent
    /// before unreachable.
    ///
    /// @throws InterruptedException when the thread was interrupted while the name was looked up;
    ///   while a socket connects, an interrupt appears as a failure instead
    SecuredSocket connect() throws NotConnectedException, InterruptedException {
        long deadlineNanos = clock.nanos() + timeout.toNanos();
        List<Candidate> candidates = resolve();
        Loss loss = lossOf(server, Failure.UNREACHABLE);
        for (int i = 0; i < candidates.size(); i++) {
            long left = deadlineNanos - clock.nanos();
            long share = Math.max(left / (candidates.size() - i), Math.min(left, TRY_NANOS_MIN));
            if (share < NANOS_PER_MILLI) {
                loss = moreTelling(loss, lossOf(server, Failure.TIMED_OUT));
                break;
            }
            try {
                return connectTo(candidates.get(i), share);
            } catch (NotConnectedException e) {
                loss = moreTelling(loss, e.loss());
            }
        }
        throw new NotConnectedException(loss);
    }

    private SecuredSocket connectTo(Candidate candidate, long shareNanos)
            throws NotConnectedException {
        Socket socket = new Socket(Proxy.NO_PROXY);
        int millis = (int) (shareNanos / NANOS_PER_MILLI);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(candidate.address(), candidate.server().port()), millis);
        } catch (IOException e) {
            Gatekeeper.closeQuietly(socket);
            throw new NotConnectedException(lossOf(candidate.server(), failureOf(e)));
        }
        return new Gatekeeper(trust, Duration.ofMillis(millis)).secure(socket, candidate.server());
    }

    /// The addresses of the server's hosts, in order. A host that nobody knows is left out when
    /// another one is known.
    private List<Candidate> resolve() throws NotConnectedException, InterruptedException {
        List<ServerAddress> servers = new ArrayList<>(List.of(server));
        if (trust instanceof ServerTrust.Named named) {
            servers.addAll(named.others());
        }
        List<Candidate> candidates = new ArrayList<>();
        Optional<NotConnectedException> failure = Optional.empty();
        for (ServerAddress each : servers) {
            try {
                resolve(each).forEach(address -> candidates.add(new Candidate(each, address)));
            } catch (NotConnectedException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        if (candidates.isEmpty() && failure.isPresent()) {
            throw failure.get();
        }
        return candidates;
    }

    private List<InetAddress> resolve(ServerAddress each)
            throws NotConnectedException, InterruptedException {
        String host = each.host();
        boolean isLiteral = host.contains(":") || host.matches("[0-9.]+");
        try {
            return isLiteral ? List.of(InetAddress.ofLiteral(host)) : lookUp(each);
        } catch (IllegalArgumentException e) {
            // The address is well formed: only its zone (%eth7) can be one that this computer has
            // not.
            throw new NotConnectedException(lossOf(each, Failure.UNREACHABLE));
        }
    }

    /// Looks a name up on a thread of its own that lives as long as the question: the platform's
    /// resolver blocks in native code for as long as it likes, which a virtual thread and our
    /// timeout cannot afford.
    private List<InetAddress> lookUp(ServerAddress each)
            throws NotConnectedException, InterruptedException {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("localchat-resolver")
                .start(() -> {
                    try {
                        found.complete(List.of(InetAddress.getAllByName(each.host())));
                    } catch (UnknownHostException | RuntimeException e) {
                        found.completeExceptionally(e);
                    }
                });
        try {
            return found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new NotConnectedException(lossOf(each, Failure.UNKNOWN_HOST));
        } catch (TimeoutException e) {
            throw new NotConnectedException(lossOf(each, Failure.TIMED_OUT));
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

    private static Loss moreTelling(Loss a, Loss b) {
        return rank(b.failure()) > rank(a.failure()) ? b : a;
    }

    private static int rank(Failure failure) {
        return switch (failure) {
            case KEY_CHANGED -> 5;
            case KEY_UNKNOWN -> 4;
            case NOT_A_CHAT_SERVER -> 3;
            case REFUSED -> 2;
            case TIMED_OUT -> 1;
            default -> 0;
        };
    }

    private Loss lossOf(ServerAddress each, Failure failure) {
        String text =
                switch (failure) {
                    case UNKNOWN_HOST ->
                            "No computer with the name \"" + each.host() + "\" is known here.";
                    case REFUSED -> "No server is listening at " + each + ".";
                    case TIMED_OUT -> timedOut(each, timeout);
                    default -> "There is no way to " + each + " from this computer.";
                };
        CloseReason reason =
                failure == Failure.TIMED_OUT ? CloseReason.PEER_SILENT : CloseReason.PEER_RESET;
        return Loss.passing(failure, reason, text);
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
