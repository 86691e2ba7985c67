package localchat.server.net;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;
import localchat.core.model.CloseReason;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.loop.Registration;

/// The client's side of a connection that has no socket. What the test says waits until the server
/// reads it in a turn, one piece a turn; what the server writes is kept to be decoded.
public final class TurnPeer {
    private final Wire wire = new Wire();
    private final Connection connection;
    private int interest = SelectionKey.OP_READ;
    private Optional<CloseReason> closed = Optional.empty();

    /// Accepted, nothing said.
    ///
    /// @param listeners who serves the connection, as in [Acceptor]
    public static <L extends ConnectionListener> TurnPeer connect(
            Connections connections, Function<Connection, L> listeners) {
        TurnPeer peer = new TurnPeer(connections);
        ConnectionListener serves = listeners.apply(peer.connection);
        peer.connection.attach(peer.new Place(), peer.new Witness(serves));
        connections.admit(peer.connection);
        return peer;
    }

    private TurnPeer(Connections connections) {
        connection =
                new Connection(connections, onResumed -> wire, InetAddress.getLoopbackAddress());
    }

    /// Sends these bytes: the server finds them in one read, unless they are more than it takes.
    public void say(byte... bytes) {
        if (bytes.length > 0) {
            wire.pieces.addLast(ByteBuffer.wrap(bytes));
        }
    }

    /// Sends one frame.
    public void say(ClientFrame.Builder frame) {
        say(bytes(frame.build()));
    }

    /// A frame with its length prefix, however long it is.
    public static byte[] bytes(ClientFrame frame) {
        return prefixed(frame.toByteArray());
    }

    /// A payload with its length prefix.
    public static byte[] prefixed(byte... payload) {
        return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
    }

    /// Closes the connection behind what was said.
    public void hangUp() {
        wire.ended = true;
    }

    /// Breaks the connection at once: what was said and not yet read is lost.
    public void breakOff() {
        wire.broken = true;
    }

    /// From now on each write is taken up to so many bytes.
    public void takes(long bytesPerWrite) {
        wire.accepts = bytesPerWrite;
    }

    /// What a selector would tell the connection in one turn.
    public void onTurn() {
        if (isGone()) {
            return;
        }
        int ready = hasMoreToSay() ? SelectionKey.OP_READ : 0;
        ready |= wire.accepts > 0 ? SelectionKey.OP_WRITE : 0;
        if ((ready & interest) != 0) {
            connection.onReady(ready & interest);
        }
    }

    /// Whether something waits to be read by the server, its end included.
    public boolean hasMoreToSay() {
        return !isGone() && (!wire.pieces.isEmpty() || wire.ended || wire.broken);
    }

    /// The frames that came since the last call. What is not yet whole stays for the next one.
    public List<ServerFrame> hear() {
        if (wire.taken.size() == 0) {
            return List.of();
        }
        List<ServerFrame> frames = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(wire.taken.toByteArray());
        while (bytes.remaining() >= 4 && bytes.remaining() - 4 >= bytes.getInt(bytes.position())) {
            byte[] payload = new byte[bytes.getInt()];
            bytes.get(payload);
            try {
                frames.add(ServerFrame.parseFrom(payload));
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("the server wrote what is no ServerFrame", e);
            }
        }
        wire.taken.reset();
        wire.taken.write(bytes.array(), bytes.position(), bytes.remaining());
        return frames;
    }

    /// Bytes of a frame of which the rest has not come.
    public int bytesOfTornFrame() {
        return wire.taken.size();
    }

    /// A checksum of all bytes that the server has written so far.
    public long checksum() {
        return wire.checksum.getValue();
    }

    /// Whether the server holds a frame that was begun, or waits for the peer to take bytes.
    public boolean isHeldUp() {
        return connection.bytesHeld() > 0 || (interest & SelectionKey.OP_WRITE) != 0;
    }

    /// Why the server closed the connection, once it has.
    public Optional<CloseReason> closeReason() {
        return closed;
    }

    /// Whether the server has freed the socket.
    public boolean isGone() {
        return wire.gone;
    }

    private final class Place implements Registration {
        @Override
        public void interest(int operations) {
            interest = operations;
        }

        @Override
        public void cancel() {
            interest = 0;
        }
    }

    /// Notes the end and passes everything on.
    private final class Witness implements ConnectionListener {
        private final ConnectionListener serves;

        Witness(ConnectionListener serves) {
            this.serves = serves;
        }

        @Override
        public void onFrame(ByteBuffer frame) {
            serves.onFrame(frame);
        }

        @Override
        public EncodedFrame pingFrame() {
            return serves.pingFrame();
        }

        @Override
        public Optional<EncodedFrame> farewell(CloseReason reason) {
            return serves.farewell(reason);
        }

        @Override
        public void onClosed(CloseReason reason) {
            if (closed.isPresent()) {
                throw new AssertionError("closed twice: " + closed.get() + ", " + reason);
            }
            closed = Optional.of(reason);
            serves.onClosed(reason);
        }
    }

    private static final class Wire implements Transport {
        private final ArrayDeque<ByteBuffer> pieces = new ArrayDeque<>();
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CRC32C checksum = new CRC32C();
        private long accepts = Long.MAX_VALUE;
        private boolean ended;
        private boolean broken;
        private boolean gone;

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (broken) {
                throw new IOException("Connection reset");
            }
            ByteBuffer piece = pieces.peek();
            if (piece == null) {
                return ended ? END : 0;
            }
            int bytes = Math.min(target.remaining(), piece.remaining());
            target.put(piece.slice(piece.position(), bytes));
            piece.position(piece.position() + bytes);
            if (!piece.hasRemaining()) {
                pieces.remove();
            }
            return bytes;
        }

        @Override
        public long write(ByteBuffer[] sources, int from, int to) throws IOException {
            if (broken) {
                throw new IOException("Broken pipe");
            }
            long left = accepts;
            for (int i = from; i < to && left > 0; i++) {
                byte[] some = new byte[(int) Math.min(left, sources[i].remaining())];
                sources[i].get(some);
                taken.writeBytes(some);
                checksum.update(some);
                left -= some.length;
            }
            return accepts - left;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void abort() {
            close();
        }

        @Override
        public void close() {
            gone = true;
        }
    }
}
