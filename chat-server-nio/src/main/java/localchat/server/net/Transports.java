package localchat.server.net;

import java.nio.channels.SocketChannel;
import java.util.function.LongSupplier;
import localchat.core.identity.ServerKey;
import localchat.core.identity.ServerTls;

/// What the bytes of new connections travel in. Belongs to the loop thread.
public interface Transports {
    /// A transport for a connection that was accepted, non-blocking.
    ///
    /// @param onResumed runs on the loop thread when the transport is suspended no longer
    Transport of(SocketChannel accepted, Runnable onResumed);

    /// Bytes as they are, for loopback, benchmarks and debugging.
    static Transports plain() {
        return (accepted, onResumed) -> new PlainTransport(accepted);
    }

    /// TLS 1.3 with this key.
    ///
    /// @param tasks where the costly part of handshakes is done
    /// @param nowNanos the loop's monotonic clock
    static Transports tls(ServerKey key, HandshakeTasks tasks, LongSupplier nowNanos) {
        ServerTls tls = ServerTls.with(key);
        TlsTransport.Shared shared = new TlsTransport.Shared(new TlsBuffers(), tasks, nowNanos);
        return (accepted, onResumed) ->
                new TlsTransport(accepted, tls.newEngine(), shared, onResumed);
    }
}
