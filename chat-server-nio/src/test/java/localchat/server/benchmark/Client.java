package localchat.server.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/// One connection of the generator. Most clients only count what comes; some examine it.
final class Client implements AutoCloseable {
    private static final byte[] NOTHING = {};

    /// Where frames go that are written at the end of this turn. Reason: a client that logs in or
    /// posts now and then needs no more; it grows.
    private static final int OUT_BYTES = 256;

    private final Crowd crowd;
    private final int number;
    private final int[] rooms;
    private final SocketChannel channel;
    private final SelectionKey key;
    private Tally tally;
    private Optional<OrderCheck> check = Optional.empty();
    private byte[] cutFrame = NOTHING;
    private ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private boolean waitsToWrite;
    private long received;
    private long nowNanos;
    private int posts;

    /// Begins to connect.
    ///
    /// @param number from 0
    Client(Crowd crowd, int number, Selector selector, InetSocketAddress server)
            throws IOException {
        this.crowd = crowd;
        this.number = number;
        this.rooms = crowd.seating().roomsOf(number);
        this.tally = crowd.tally();
        this.channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // Closing resets: 10,000 ports in TIME_WAIT would be missing in the next run.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        boolean connected = channel.connect(server);
        this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        if (connected) {
            onConnected();
        }
    }

    private void onConnected() throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        crowd.wire().onConnected(this);
    }

    /// The socket is ready for something.
    void onKey(ByteBuffer scratch) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            onConnected();
            return;
        }
        if (key.isReadable()) {
            read(scratch, scratch.capacity() / 2);
        }
        if (key.isWritable()) {
            flush();
        }
    }

    /// Reads once and takes the whole frames.
    ///
    /// @param scratch shared by all clients; a cut frame is kept elsewhere in between
    /// @param bytesMax to read
    /// @return bytes read
    int read(ByteBuffer scratch, int bytesMax) throws IOException {
        scratch.clear();
        scratch.put(cutFrame);
        scratch.limit(scratch.position() + bytesMax);
        int bytes = channel.read(scratch);
        if (bytes < 0) {
            throw new IOException("the server closed the connection of person " + number);
        }
        if (bytes > 0) {
            tally.onRead();
            takeFrames(scratch.flip());
        }
        return bytes;
    }

    private void takeFrames(ByteBuffer in) throws IOException {
        if (check.isPresent()) {
            nowNanos = System.nanoTime();
        }
        Wire wire = crowd.wire();
        int at = 0;
        int end = in.limit();
        while (end - at >= Wire.PREFIX_BYTES) {
            int length = in.getInt(at);
            int next = at + Wire.PREFIX_BYTES + length;
            if (length < 0 || length > in.capacity() / 2 - Wire.PREFIX_BYTES) {
                throw new IOException(
                        "the server announced a frame of %,d bytes".formatted(length));
            }
            if (next > end) {
                break;
            }
            wire.onFrame(this, in, at + Wire.PREFIX_BYTES, length);
            at = next;
        }
        cutFrame = at == end ? NOTHING : new byte[end - at];
        in.get(at, cutFrame);
    }

    /// Queues a frame; it is written at the end of the turn.
    void send(byte[] frame) {
        if (out.position() == 0) {
            crowd.onWaiting(this);
        }
        if (out.remaining() < frame.length) {
            ByteBuffer larger = ByteBuffer.allocate(2 * (out.position() + frame.length));
            out = larger.put(out.flip());
        }
        out.put(frame);
    }

    /// Writes what is queued, as far as the socket takes it.
    void flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        boolean waits = out.position() > 0;
        if (waits != waitsToWrite) {
            waitsToWrite = waits;
            int write = SelectionKey.OP_WRITE;
            key.interestOps(waits ? key.interestOps() | write : key.interestOps() & ~write);
        }
    }

    /// From now on this client is counted by itself and not read when bytes come: somebody calls
    /// [#read].
    void separate(Tally own) throws IOException {
        tally = own;
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Throttle.SOCKET_BYTES);
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    /// It is read again like all others.
    void rejoin() throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Crowd.READ_BYTES);
        key.interestOpsOr(SelectionKey.OP_READ);
    }

    void examineWith(OrderCheck orderCheck) {
        check = Optional.of(orderCheck);
    }

    /// Whether this client looks into what comes.
    boolean examines() {
        return check.isPresent();
    }

    /// It is logged in and in all its rooms.
    void onReady() {
        crowd.onReady();
    }

    void onRoomEntered(long roomId, long nextSeq) {
        check.ifPresent(order -> order.onEntered(roomId, nextSeq));
    }

    void onDelivery() {
        received++;
        tally.onDelivery();
    }

    void onPresence() {
        tally.onPresence();
    }

    void onSeq(long roomId, long seq) {
        check.orElseThrow().onSeq(roomId, seq);
    }

    void onStamp(ByteBuffer in, int at) {
        check.orElseThrow().onSequence(Stamp.stream(in, at), Stamp.sequence(in, at));
        tally.onStamp(Stamp.dueNanos(in, at), nowNanos);
    }

    /// From 0.
    int nextPostNumber() {
        return posts++;
    }

    int number() {
        return number;
    }

    /// Numbers of its rooms in the seating.
    int[] rooms() {
        return rooms;
    }

    /// Messages received.
    long received() {
        return received;
    }

    /// What came out of order.
    long faults() {
        return check.map(OrderCheck::faults).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
