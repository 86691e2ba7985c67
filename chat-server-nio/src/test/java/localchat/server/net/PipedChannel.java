package localchat.server.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/// The server's end of a connection without a socket: what the test gives it can be read, what is
/// written to it is kept. Not blocking.
final class PipedChannel extends SocketChannel {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private ByteBuffer readable = ByteBuffer.allocate(0);
    private boolean ended;
    private int takes = Integer.MAX_VALUE;

    PipedChannel() {
        super(SelectorProvider.provider());
    }

    /// The peer sends these bytes behind those that were not read yet.
    void give(byte[] bytes) {
        readable =
                ByteBuffer.allocate(readable.remaining() + bytes.length)
                        .put(readable)
                        .put(bytes)
                        .flip();
    }

    /// The peer sends nothing more.
    void end() {
        ended = true;
    }

    /// From now on a write takes at most so many bytes.
    void takes(int bytesPerWrite) {
        takes = bytesPerWrite;
    }

    boolean hasReadable() {
        return readable.hasRemaining();
    }

    /// What was written since the last call.
    byte[] written() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (!readable.hasRemaining()) {
            return ended ? -1 : 0;
        }
        int count = Math.min(target.remaining(), readable.remaining());
        target.put(readable.slice(readable.position(), count));
        readable.position(readable.position() + count);
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        byte[] taken = new byte[Math.min(takes, source.remaining())];
        source.get(taken);
        written.writeBytes(taken);
        return taken.length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += write(sources[i]);
        }
        return count;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public SocketChannel shutdownInput() {
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() {
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public SocketChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isConnectionPending() {
        return false;
    }

    @Override
    public boolean connect(SocketAddress remote) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean finishConnect() {
        return true;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
}
