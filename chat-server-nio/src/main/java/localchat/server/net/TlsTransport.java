package localchat.server.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import localchat.core.model.CloseReason;
import org.jspecify.annotations.Nullable;

/// Bytes in TLS 1.3 (RFC 8446). Belongs to the loop thread; the costly part of the handshake runs
/// on another one, and the connection is suspended meanwhile.
///
/// It keeps the beginning of a record that has not come whole, and the encrypted bytes that the
/// socket did not take; nothing when idle.
///
/// ```
///   handshake ──ClientHello──► suspended ──► handshake ──Finished──► established
/// ```
final class TlsTransport implements Transport {
    /// What a transport shares with the others of its loop.
    ///
    /// @param nowNanos the loop's monotonic clock
    record Shared(TlsBuffers buffers, HandshakeTasks tasks, LongSupplier nowNanos) {}

    /// Records without content that a peer may send in [#EMPTY_WINDOW_NANOS]; one more ends the
    /// connection with KEY_UPDATE_FLOOD. Reason: each key update costs as much as a hundred
    /// messages; who updates once in 2 seconds has no reason to.
    static final int EMPTY_RECORDS_MAX = 32;

    /// In nanoseconds.
    static final long EMPTY_WINDOW_NANOS = 60_000_000_000L;

    /// Bytes of a message that the engine keeps until it is whole, before the handshake is done;
    /// one more ends the connection with HANDSHAKE_FAILED. Reason: eight times the first message of
    /// a client of today; the platform would take twice as many, of everybody.
    static final int MESSAGE_BYTES_MAX = 16 * 1024;

    /// Bytes of records without content, since the last with content; one more ends the connection
    /// with KEY_UPDATE_FLOOD. Reason: the engine may keep them, for a message that is not whole; 32
    /// key updates have 864.
    static final int EMPTY_BYTES_MAX = 4 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PlainTransport socket;
    private final SSLEngine engine;
    private final Shared shared;
    private final Runnable onResumed;

    /// The beginning of a record; while suspended, all that came.
    private ByteBuffer unread = NOTHING;

    /// Encrypted bytes that the socket did not take.
    private ByteBuffer unsent = NOTHING;

    /// Bytes that the engine took and nothing has come of yet.
    private int engineBytes;

    /// What is being done on another thread.
    private @Nullable HandshakeJob job;

    private boolean established;
    private boolean deaf;
    private boolean closed;
    private int emptyRecords;
    private long emptyWindowNanos;

    /// @param engine of a server, in its initial state
    /// @param onResumed runs on the loop thread when it is suspended no longer
    TlsTransport(SocketChannel channel, SSLEngine engine, Shared shared, Runnable onResumed) {
        this.socket = new PlainTransport(channel);
        this.engine = engine;
        this.shared = shared;
        this.onResumed = onResumed;
        this.emptyWindowNanos = shared.nowNanos().getAsLong();
    }

    @Override
    public boolean isSuspended() {
        return job != null;
    }

    @Override
    public boolean isEstablished() {
        return established;
    }

    @Override
    public int bytesHeld() {
        return unread.remaining() + (established ? 0 : engineBytes);
    }

    @Override
    public void forgetIncoming() {
        deaf = true;
        unread = NOTHING;
    }

    @Override
    public boolean hasUnsent() {
        return unsent.hasRemaining();
    }

    // In
    // ------------------------------------------------------------------------------------------------

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (isSuspended()) {
            return 0;
        }
        if (deaf) {
            return Math.min(0, socket.read(shared.buffers().incoming.clear()));
        }
        ByteBuffer incoming = shared.buffers().incoming.clear().put(unread);
        unread = NOTHING;
        if (!established) {
            // Whoever is not let in yet is held to one record, which has room for itself.
            incoming.limit(Math.max(incoming.position(), TlsBuffers.RECORD_BYTES_MAX));
        }
        int count = socket.read(incoming);
        incoming.flip();
        int before = target.position();
        boolean open = decrypt(incoming, target);
        if (incoming.hasRemaining() && open) {
            unread = copyOf(incoming);
        }
        int decrypted = target.position() - before;
        boolean ended = !open || (count == END && !isSuspended());
        return decrypted == 0 && ended ? END : decrypted;
    }

    /// @return whether more may come
    private boolean decrypt(ByteBuffer incoming, ByteBuffer target) throws IOException {
        try {
            while (!isSuspended()) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> suspend();
                    case NEED_WRAP -> {
                        if (!answer()) {
                            return false;
                        }
                    }
                    default -> {
                        if (!incoming.hasRemaining()) {
                            return true;
                        }
                        switch (unwrap(incoming, target)) {
                            // The engine asks for room for a record before it looks whether the
                            // record is whole. For a whole one there always is room.
                            case BUFFER_UNDERFLOW, BUFFER_OVERFLOW -> {
                                return true;
                            }
                            case CLOSED -> {
                                return false;
                            }
                            default -> {}
                        }
                    }
                }
            }
            return true;
        } catch (SSLException e) {
            throw failed();
        }
    }

    private SSLEngineResult.Status unwrap(ByteBuffer incoming, ByteBuffer target)
            throws IOException {
        SSLEngineResult result = engine.unwrap(incoming, target);
        note(result.getHandshakeStatus());
        if (result.getStatus() == SSLEngineResult.Status.OK) {
            boolean nothing = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
            if (nothing && result.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                throw new SSLException("the engine does not get on");
            }
            if (result.bytesProduced() > 0) {
                engineBytes = 0;
            } else if (result.bytesConsumed() > 0) {
                countKept(result.bytesConsumed());
            }
        }
        return result.getStatus();
    }

    private void note(HandshakeStatus status) {
        if (status == HandshakeStatus.FINISHED) {
            established = true;
        }
    }

    private void countKept(int bytes) throws IOException {
        engineBytes += bytes;
        if (established) {
            countEmpty();
        } else if (engineBytes > MESSAGE_BYTES_MAX) {
            throw new SSLException("a message of the handshake is too long");
        }
    }

    private void countEmpty() throws FailedException {
        long now = shared.nowNanos().getAsLong();
        if (now - emptyWindowNanos > EMPTY_WINDOW_NANOS) {
            emptyWindowNanos = now;
            emptyRecords = 0;
        }
        if (++emptyRecords > EMPTY_RECORDS_MAX || engineBytes > EMPTY_BYTES_MAX) {
            throw new FailedException(CloseReason.KEY_UPDATE_FLOOD);
        }
    }

    /// Says what the handshake, or a key update, has to say.
    ///
    /// @return false when there is nothing more to be said
    private boolean answer() throws IOException {
        ByteBuffer outgoing = shared.buffers().outgoing.clear();
        SSLEngineResult result = engine.wrap(NOTHING, outgoing);
        note(result.getHandshakeStatus());
        send(outgoing.flip());
        return result.bytesProduced() > 0 && result.getStatus() == SSLEngineResult.Status.OK;
    }

    private void suspend() throws IOException {
        List<Runnable> tasks = new ArrayList<>();
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            tasks.add(task);
        }
        HandshakeJob begun = new HandshakeJob(tasks, this::resume);
        if (!shared.tasks().run(begun)) {
            throw new FailedException(CloseReason.TOO_MANY_LOGINS);
        }
        job = begun;
        engineBytes = 0;
    }

    private void resume() {
        job = null;
        if (!closed) {
            onResumed.run();
        }
    }

    /// The peer broke the protocol: it is told, as far as the socket takes it.
    private IOException failed() {
        boolean inHandshake = !established;
        sayLast();
        return new FailedException(
                inHandshake ? CloseReason.HANDSHAKE_FAILED : CloseReason.PEER_RESET);
    }

    // Out
    // -----------------------------------------------------------------------------------------------

    @Override
    public long write(ByteBuffer[] sources, int from, int to) throws IOException {
        if (!established || hasUnsent()) {
            return 0;
        }
        long taken = 0;
        // Whoever took little the last time is offered little: what it does not take is kept.
        int records = 1;
        long encrypted;
        do {
            encrypted = writeRecords(sources, from, to, records);
            taken += encrypted;
            records = TlsBuffers.RECORDS_PER_WRITE;
        } while (encrypted > 0 && !hasUnsent() && hasRemaining(sources, from, to));
        return taken;
    }

    private long writeRecords(ByteBuffer[] sources, int from, int to, int records)
            throws IOException {
        ByteBuffer outgoing = shared.buffers().outgoing.clear();
        long taken = 0;
        for (int i = 0; i < records && hasRemaining(sources, from, to); i++) {
            SSLEngineResult result = engine.wrap(sources, from, to - from, outgoing);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new SSLException("the connection is closed for writing");
            }
            taken += result.bytesConsumed();
        }
        send(outgoing.flip());
        return taken;
    }

    private static boolean hasRemaining(ByteBuffer[] sources, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (sources[i].hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /// Writes encrypted bytes behind those that wait.
    private void send(ByteBuffer encrypted) throws IOException {
        if (!hasUnsent()) {
            socket.write(encrypted);
        }
        if (encrypted.hasRemaining()) {
            unsent =
                    ByteBuffer.allocate(unsent.remaining() + encrypted.remaining())
                            .put(unsent)
                            .put(encrypted)
                            .flip();
        }
    }

    @Override
    public long flush() throws IOException {
        if (!hasUnsent()) {
            return 0;
        }
        // Through a direct buffer: of one on the heap the platform would keep a copy.
        ByteBuffer outgoing = shared.buffers().outgoing;
        long written = 0;
        while (hasUnsent()) {
            outgoing.clear();
            int part = Math.min(outgoing.remaining(), unsent.remaining());
            outgoing.put(unsent.slice(unsent.position(), part)).flip();
            int taken = socket.write(outgoing);
            unsent.position(unsent.position() + taken);
            written += taken;
            if (taken < part) {
                return written;
            }
        }
        unsent = NOTHING;
        return written;
    }

    @Override
    public void shutdownOutput() throws IOException {
        flush();
        if (isSuspended()) {
            cancelJob();
        } else {
            sayLast();
        }
        socket.shutdownOutput();
    }

    /// It stays suspended: the other thread may be at it.
    private void cancelJob() {
        if (job != null) {
            shared.tasks().cancel(job);
        }
    }

    /// Says what the engine says at the end: an alert, or that the connection is closed. Without it
    /// the end of the socket says the same.
    private void sayLast() {
        engine.closeOutbound();
        ByteBuffer outgoing = shared.buffers().outgoing;
        try {
            boolean said = true;
            while (said && !engine.isOutboundDone()) {
                outgoing.clear();
                said = engine.wrap(NOTHING, outgoing).bytesProduced() > 0;
                send(outgoing.flip());
            }
        } catch (IOException e) {
            // The socket, or the engine, is past saying anything.
        }
    }

    @Override
    public void close() {
        forget();
        socket.close();
    }

    @Override
    public void abort() {
        forget();
        socket.abort();
    }

    private void forget() {
        closed = true;
        cancelJob();
        engineBytes = 0;
        unread = NOTHING;
        unsent = NOTHING;
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }
}
