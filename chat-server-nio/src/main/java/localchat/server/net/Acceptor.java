package localchat.server.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import localchat.server.counters.Counter;
import localchat.server.loop.EventLoop;
import localchat.server.loop.Registration;
import org.jspecify.annotations.Nullable;

/// Accepts on one listening socket. Belongs to the loop thread.
///
/// When descriptors run out the kernel keeps the listening socket ready for ever: one descriptor is
/// held in reserve to accept and refuse the connection that waits, and accepting pauses.
public final class Acceptor {
    /// Connections accepted from one listening socket in one turn. Reason: a burst of logins is
    /// taken quickly, a flood cannot keep the loop from those who are there.
    private static final int ACCEPTS_PER_TURN = 128;

    /// Pause after a failed accept, in nanoseconds.
    private static final long PAUSE_NANOS = 100_000_000L;

    private final ServerSocketChannel listening;
    private final EventLoop loop;
    private final Connections connections;
    private final Transports transports;
    private final Function<Connection, ConnectionListener> listeners;
    private @Nullable Registration registration;
    private @Nullable SocketChannel reserve;

    /// @param listening bound and non-blocking
    /// @param transports what the bytes of a new connection travel in
    /// @param listeners who serves a new connection
    public Acceptor(
            ServerSocketChannel listening,
            EventLoop loop,
            Connections connections,
            Transports transports,
            Function<Connection, ConnectionListener> listeners) {
        this.listening = listening;
        this.loop = loop;
        this.connections = connections;
        this.transports = transports;
        this.listeners = listeners;
    }

    /// Begins to accept.
    ///
    /// @throws IOException when the socket was closed
    public void start() throws IOException {
        reserve = SocketChannel.open();
        registration = loop.register(listening, SelectionKey.OP_ACCEPT, ready -> onAcceptable());
    }

    /// Ends accepting and closes the listening socket.
    public void close() {
        closeQuietly(listening);
        if (reserve != null) {
            closeQuietly(reserve);
            reserve = null;
        }
    }

    private void onAcceptable() {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            try {
                SocketChannel accepted = listening.accept();
                if (accepted == null) {
                    return;
                }
                serve(accepted);
            } catch (IOException e) {
                connections.counters().add(Counter.ACCEPT_FAILURES);
                refuseWithReserve();
                pause();
                return;
            }
        }
    }

    private void serve(SocketChannel accepted) {
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (connections.limits().sendBufferBytes() > 0) {
                accepted.setOption(
                        StandardSocketOptions.SO_SNDBUF, connections.limits().sendBufferBytes());
            }
            InetSocketAddress remote = (InetSocketAddress) accepted.getRemoteAddress();
            Connection connection =
                    new Connection(
                            connections,
                            onResumed -> transports.of(accepted, onResumed),
                            remote.getAddress());
            connection.attach(
                    loop.register(accepted, SelectionKey.OP_READ, connection::onReady),
                    listeners.apply(connection));
            connections.admit(connection);
        } catch (IOException e) {
            // The peer was gone before it was served.
            closeQuietly(accepted);
        } catch (RuntimeException fault) {
            connections.onFault(fault);
            closeQuietly(accepted);
        }
    }

    private void refuseWithReserve() {
        if (reserve == null) {
            return;
        }
        closeQuietly(reserve);
        reserve = null;
        try {
            SocketChannel refused = listening.accept();
            if (refused != null) {
                closeQuietly(refused);
            }
        } catch (IOException e) {
            // Another thread took the descriptor; the pause is all that is left.
        }
        openReserve();
    }

    private void openReserve() {
        try {
            reserve = SocketChannel.open();
        } catch (IOException e) {
            reserve = null;
        }
    }

    private void pause() {
        if (registration == null) {
            return;
        }
        Registration paused = registration;
        paused.interest(0);
        loop.timers()
                .after(
                        PAUSE_NANOS,
                        () -> {
                            if (!listening.isOpen()) {
                                return;
                            }
                            if (reserve == null) {
                                openReserve();
                            }
                            paused.interest(SelectionKey.OP_ACCEPT);
                        });
    }

    private static void closeQuietly(java.nio.channels.Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing of it is left to be used.
        }
    }
}
