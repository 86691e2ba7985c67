package localchat.core.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import localchat.core.client.SecuredSocket.ServerProof;
import localchat.core.model.CloseReason;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.FrameReader;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import org.jspecify.annotations.Nullable;

/// One connection: a reader thread that first connects and then cuts bytes into frames, and a
/// writer thread. [#open], [#send], [#close] are called by the session thread; the owner is told by
/// the reader thread, or by the session thread when [#send] finds the queue full.
final class Link {
    /// Who hears about the connection. Called on other threads than the session's.
    interface Owner {
        /// A frame came. May wait: then nothing is read.
        void onFrame(Link link, ServerFrame frame, int bytes) throws InterruptedException;

        /// The connection could not be made.
        void onNotConnected(Link link, Loss loss);

        /// The connection is lost. Told once at most, and never after [#close].
        void onLost(Link link, Loss loss);
    }

    /// Frames that may wait to be written. Posts and requests in flight are bounded far below; only
    /// a peer that sends pings and reads no answers gets there, and is closed as SLOW_READER.
    static final int OUTGOING_FRAMES_MAX = 4_096;

    /// Bytes read at once. Reason: a few dozen messages; small enough for hundreds of sessions.
    private static final int READ_BYTES = 8 * 1024;

    /// Bytes gathered for one write, one frame at least.
    private static final int WRITE_BYTES = 16 * 1024;

    private final Connector connector;
    private final ServerAddress server;
    private final Clock clock;
    private final ThreadFactory threads;
    private final Owner owner;
    private final LinkedBlockingQueue<EncodedFrame> outgoing =
            new LinkedBlockingQueue<>(OUTGOING_FRAMES_MAX);
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile ServerProof proof = new ServerProof.None();
    private volatile long heardNanos;
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;

    Link(Connector connector, ServerAddress server, SessionEnvironment environment, Owner owner) {
        this.connector = connector;
        this.server = server;
        this.clock = environment.clock();
        this.threads = environment.threads();
        this.owner = owner;
        this.heardNanos = clock.nanos();
    }

    /// Begins to connect. What was sent before goes out first.
    void open() {
        Thread thread = threads.newThread(this::connectAndRead);
        reader = thread;
        thread.start();
    }

    /// Queues a frame. A full queue ends the connection.
    void send(ClientFrame frame) {
        if (!outgoing.offer(EncodedFrame.of(frame))) {
            lose(Loss.broken(server, CloseReason.SLOW_READER));
        }
    }

    /// What the server has proved; of use once a frame came.
    ServerProof proof() {
        return proof;
    }

    /// When bytes last came, by [Clock#nanos]; at first, when the link was made.
    long heardNanos() {
        return heardNanos;
    }

    /// Closes at once; what waits is not written. The owner hears nothing more.
    void close() {
        ended.set(true);
        stopThreads();
    }

    /// An interrupt closes a socket that a virtual thread is busy with, and ends its waits.
    private void stopThreads() {
        for (Thread thread : new Thread[] {reader, writer}) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private void lose(Loss loss) {
        if (ended.compareAndSet(false, true)) {
            owner.onLost(this, loss);
            stopThreads();
        }
    }

    private void connectAndRead() {
        try (Socket socket = connect()) {
            Thread thread = threads.newThread(() -> write(socket));
            writer = thread;
            if (ended.get()) {
                return;
            }
            thread.start();
            heardNanos = clock.nanos();
            lose(Loss.broken(server, readToEnd(socket.getInputStream())));
        } catch (Connector.NotConnectedException e) {
            if (ended.compareAndSet(false, true)) {
                owner.onNotConnected(this, e.loss());
            }
        } catch (IOException e) {
            lose(Loss.broken(server, CloseReason.PEER_RESET));
        } catch (MalformedFrameException e) {
            lose(Loss.broken(server, e.reason()));
        } catch (InterruptedException e) {
            // Closed: nobody wants to hear it.
        } catch (RuntimeException e) {
            lose(Loss.broken(server, CloseReason.INTERNAL_FAULT, "a fault in this program"));
            Ear.report(e);
        }
    }

    private Socket connect() throws Connector.NotConnectedException, InterruptedException {
        SecuredSocket secured = connector.connect();
        proof = secured.key();
        return secured.socket();
    }

    /// Reads until the stream ends. The first frame is held to the limit before login; what came
    /// before a login is a few dozen bytes from a chat server, and anything else announces more.
    private CloseReason readToEnd(InputStream in)
            throws IOException, InterruptedException, MalformedFrameException {
        FrameReader frames = new FrameReader(ProtocolLimits.LOGIN_FRAME_BYTES_MAX);
        byte[] bytes = new byte[READ_BYTES];
        while (true) {
            int count = in.read(bytes);
            if (count < 0) {
                return CloseReason.PEER_CLOSED;
            }
            heardNanos = clock.nanos();
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            FrameReader.Outcome outcome = frames.next(buffer);
            while (outcome == FrameReader.Outcome.FRAME) {
                hand(frames.frame());
                frames.limitTo(ProtocolLimits.FRAME_BYTES_MAX);
                outcome = frames.next(buffer);
            }
            if (outcome != FrameReader.Outcome.NEED_MORE) {
                return outcome == FrameReader.Outcome.EMPTY
                        ? CloseReason.FRAME_EMPTY
                        : CloseReason.FRAME_TOO_LARGE;
            }
        }
    }

    private void hand(ByteBuffer payload) throws InterruptedException, MalformedFrameException {
        int bytes = payload.remaining();
        owner.onFrame(this, WireDecoding.serverFrame(payload), bytes);
    }

    /// Runs on the writer thread. A failed write ends only the writing: what the server said before
    /// it closed is still to be read, and the reader finds the end.
    private void write(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            List<EncodedFrame> batch = new ArrayList<>();
            while (!Thread.currentThread().isInterrupted()) {
                EncodedFrame next = outgoing.take();
                int bytes = 0;
                while (next != null) {
                    batch.add(next);
                    bytes += next.length();
                    next = bytes < WRITE_BYTES ? outgoing.poll() : null;
                }
                out.write(joined(batch, bytes));
                batch.clear();
            }
        } catch (IOException | InterruptedException e) {
            // See above.
        }
    }

    private static byte[] joined(List<EncodedFrame> frames, int bytes) {
        ByteBuffer whole = ByteBuffer.allocate(bytes);
        for (EncodedFrame frame : frames) {
            frame.copyTo(0, frame.length(), whole);
        }
        return whole.array();
    }
}
