package localchat.server.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestServers;

/// One connection of a [LoadClient]: frames out, frames in, without blocking. Belongs to the load's
/// thread.
final class LoadLink {
    private static final int PREFIX_BYTES = 4;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer shared;
    private final Optional<LoadTls> tls;
    private byte[] partial = new byte[0];
    private ByteBuffer out = ByteBuffer.allocate(1024).flip();
    private boolean reading = true;

    /// Begins to connect.
    ///
    /// @param shared what is read at once; links that share it keep only what is left of it
    LoadLink(LoadPlan plan, Selector selector, ByteBuffer shared, Object attachment)
            throws IOException {
        this.shared = shared;
        channel = SocketChannel.open();
        tls =
                TestServers.isEncrypted()
                        ? Optional.of(new LoadTls(channel, plan.server()))
                        : Optional.empty();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (plan.receiveBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, plan.receiveBufferBytes());
            }
            if (plan.local().isPresent()) {
                channel.bind(new InetSocketAddress(plan.local().get(), 0));
            }
            channel.connect(plan.server());
            key = channel.register(selector, SelectionKey.OP_CONNECT, attachment);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether the connection has come about.
    boolean finishConnect() throws IOException {
        boolean done = channel.finishConnect();
        if (done) {
            write();
        }
        return done;
    }

    private void interest() {
        if (key.isValid()) {
            boolean writing = tls.map(LoadTls::hasUnsent).orElse(out.hasRemaining());
            key.interestOps(
                    (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0));
        }
    }

    /// To read, or to leave everything to the kernel's buffers.
    void reading(boolean now) {
        reading = now;
        if (channel.isConnected()) {
            interest();
        }
    }

    /// Bytes that wait for the socket.
    int bytesWaiting() {
        return out.remaining();
    }

    void send(ClientFrame frame) throws IOException {
        byte[] bytes = frame.toByteArray();
        int wanted = out.remaining() + PREFIX_BYTES + bytes.length;
        ByteBuffer next = out.compact();
        if (next.capacity() < wanted) {
            next = ByteBuffer.allocate(2 * wanted).put(next.flip());
        }
        out = next.putInt(bytes.length).put(bytes).flip();
        write();
    }

    void write() throws IOException {
        if (tls.isPresent()) {
            tls.get().write(out);
        } else {
            channel.write(out);
        }
        interest();
    }

    /// Hands over the whole frames that have come.
    ///
    /// @throws IOException when the connection has ended
    void read(Consumer<ServerFrame> frames) throws IOException {
        shared.clear();
        int count = tls.isPresent() ? tls.get().read(shared) : channel.read(shared);
        if (count < 0) {
            throw new IOException("the server closed the connection");
        }
        shared.flip();
        byte[] bytes = Arrays.copyOf(partial, partial.length + count);
        shared.get(bytes, partial.length, count);
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.remaining() >= PREFIX_BYTES
                && all.remaining() - PREFIX_BYTES >= all.getInt(all.position())) {
            int length = all.getInt();
            ByteBuffer payload = all.slice(all.position(), length);
            all.position(all.position() + length);
            frames.accept(ServerFrame.parseFrom(payload));
        }
        partial = Arrays.copyOfRange(bytes, all.position(), bytes.length);
        if (tls.isPresent() && channel.isOpen()) {
            write(); // The handshake may have ended, or have more to say.
        }
    }

    /// Whether a frame has begun to come and not ended.
    boolean hasCutFrame() {
        return partial.length > 0;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone, which is all that was wanted.
        }
    }
}
