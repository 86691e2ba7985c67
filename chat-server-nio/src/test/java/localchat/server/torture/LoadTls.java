package localchat.server.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import localchat.core.identity.ClientTls;
import localchat.core.model.ServerAddress;

/// TLS of one [LoadLink], without blocking. Belongs to the load's thread.
final class LoadTls {
    private static final ClientTls TLS = new ClientTls();

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;

    /// What came and is not decrypted; ready to be filled.
    private final ByteBuffer incoming;

    /// What is encrypted and not written; ready to be read from.
    private final ByteBuffer outgoing;

    LoadTls(SocketChannel channel, InetSocketAddress server) {
        this.channel = channel;
        this.engine =
                TLS.newEngine(
                        new ServerAddress(server.getAddress().getHostAddress(), server.getPort()));
        int record = engine.getSession().getPacketBufferSize();
        this.incoming = ByteBuffer.allocate(2 * record);
        this.outgoing = ByteBuffer.allocate(record).flip();
    }

    /// Whether encrypted bytes wait for the socket.
    boolean hasUnsent() {
        return outgoing.hasRemaining();
    }

    /// Encrypts and writes, as much as is taken now; nothing of it before the handshake is done.
    void write(ByteBuffer out) throws IOException {
        while (true) {
            channel.write(outgoing);
            boolean wanted = isWanted() || (isOpen() && out.hasRemaining());
            if (outgoing.hasRemaining() || !wanted) {
                return;
            }
            engine.wrap(isOpen() ? out : NOTHING, outgoing.clear());
            outgoing.flip();
            runTasks();
        }
    }

    /// Whether the handshake, or a key update, has something to say.
    private boolean isWanted() {
        runTasks();
        HandshakeStatus status = engine.getHandshakeStatus();
        // An engine that has not begun is begun by its first wrapping.
        return status == HandshakeStatus.NEED_WRAP
                || (status == HandshakeStatus.NOT_HANDSHAKING && !isOpen());
    }

    private boolean isOpen() {
        return engine.getSession().isValid()
                && !engine.getSession().getProtocol().equals("NONE")
                && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /// Reads once, and decrypts into `target` what is whole and fits: the number of bytes, -1 at
    /// the end.
    int read(ByteBuffer target) throws IOException {
        int count = channel.read(incoming);
        int before = target.position();
        incoming.flip();
        try {
            boolean more = incoming.hasRemaining();
            while (more) {
                runTasks();
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    write(NOTHING);
                }
                SSLEngineResult result = engine.unwrap(incoming, target);
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    count = -1;
                }
                more = result.getStatus() == SSLEngineResult.Status.OK && incoming.hasRemaining();
            }
            runTasks();
        } finally {
            incoming.compact();
        }
        int decrypted = target.position() - before;
        return decrypted == 0 && count < 0 ? -1 : decrypted;
    }
}
