package localchat.server.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The yardstick: the tightest broadcaster that one thread of plain `java.nio` can be. Everything
/// that arrived in a turn goes to every member in one write, as it came: no login, no rooms, no
/// history, nothing is looked at but lengths. A server that does more cannot be cheaper.
///
/// A frame is a 4-byte big-endian length and that many bytes. The first frame of a connection is
/// empty and answered with an empty one: from then on it is a member.
final class LimitServer implements AutoCloseable {
    private static final int PREFIX_BYTES = 4;

    /// Most bytes of one read.
    private static final int READ_BYTES = 256 * 1024;

    /// Longest frame; whoever announces more is cut off.
    private static final int FRAME_BYTES_MAX = 64 * 1024;

    /// What one turn may bring in; more is read in the next.
    private static final int TURN_BYTES = 4 * 1024 * 1024;

    /// Bytes that may wait for one member; past it the member is cut off.
    private static final long BACKLOG_BYTES_MAX = 512L * 1024 * 1024;

    private static final byte[] NOTHING = {};

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final Consumer<SelectionKey> onKey = this::onKey;

    /// Whole frames that arrived in this turn.
    private final ByteBuffer turn = ByteBuffer.allocateDirect(TURN_BYTES);

    private final List<Member> members = new ArrayList<>();

    /// One connection.
    private static final class Member {
        final SocketChannel channel;
        final SelectionKey key;

        /// What came of a frame that is not complete.
        byte[] cutFrame = NOTHING;

        /// What its socket did not take, in order; while it is not empty all else queues behind it.
        final ArrayDeque<ByteBuffer> backlog = new ArrayDeque<>();

        long backlogBytes;
        boolean greeted;

        private Member(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }

        /// Its key knows it from now on.
        static void register(SocketChannel channel, Selector selector) throws IOException {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Member(channel, key));
        }
    }

    /// On a free port of loopback.
    LimitServer() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /// Serves until the process is ended.
    public static void main(String[] args) throws IOException {
        LimitServer server = new LimitServer();
        System.out.println("listening on 127.0.0.1:" + server.address().getPort());
        while (true) {
            server.turn();
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /// Waits until something is to be done, and does it.
    void turn() throws IOException {
        selector.select(onKey);
        if (turn.position() > 0) {
            turn.flip();
            broadcast();
            turn.clear();
        }
    }

    private void onKey(SelectionKey key) {
        if (key.attachment() instanceof Member member) {
            try {
                if (key.isReadable()) {
                    read(member);
                }
                if (key.isValid() && key.isWritable()) {
                    writeBacklog(member);
                }
            } catch (IOException e) {
                drop(member);
            }
        } else {
            acceptAll();
        }
    }

    private void acceptAll() {
        try {
            for (SocketChannel channel = listener.accept();
                    channel != null;
                    channel = listener.accept()) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Member.register(channel, selector);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Member member) throws IOException {
        if (turn.remaining() < READ_BYTES + FRAME_BYTES_MAX) {
            return; // It stays readable.
        }
        int start = turn.position();
        int kept = start;
        try {
            turn.put(member.cutFrame);
            turn.limit(turn.position() + READ_BYTES);
            if (member.channel.read(turn) < 0) {
                throw new IOException("closed");
            }
            if (member.greeted) {
                kept = takeFrames(member, start);
            } else {
                greet(member, start);
            }
        } finally {
            turn.limit(TURN_BYTES).position(kept);
        }
    }

    /// Leaves whole frames in the turn and the cut one with its member.
    ///
    /// @param start where the member's bytes begin
    /// @return where its last whole frame ends
    private int takeFrames(Member member, int start) throws IOException {
        int at = start;
        int end = turn.position();
        while (end - at >= PREFIX_BYTES) {
            int length = turn.getInt(at);
            if (length < 0 || length > FRAME_BYTES_MAX - PREFIX_BYTES) {
                throw new IOException("a frame of " + length + " bytes");
            }
            if (length > end - at - PREFIX_BYTES) {
                break;
            }
            at += PREFIX_BYTES + length;
        }
        member.cutFrame = at == end ? NOTHING : new byte[end - at];
        turn.get(at, member.cutFrame);
        return at;
    }

    private void greet(Member member, int start) throws IOException {
        if (turn.position() - start != PREFIX_BYTES || turn.getInt(start) != 0) {
            throw new IOException("no greeting");
        }
        member.greeted = true;
        members.add(member);
        keep(member, ByteBuffer.allocate(PREFIX_BYTES));
        writeBacklog(member);
    }

    private void broadcast() {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            turn.rewind();
            try {
                if (member.backlog.isEmpty()) {
                    member.channel.write(turn);
                }
                if (turn.hasRemaining()) {
                    keep(member, turn);
                }
            } catch (IOException e) {
                drop(member);
            }
        }
    }

    /// Queues what the member's socket does not take now.
    private static void keep(Member member, ByteBuffer bytes) throws IOException {
        if (member.backlogBytes + bytes.remaining() > BACKLOG_BYTES_MAX) {
            throw new IOException("too slow");
        }
        member.backlogBytes += bytes.remaining();
        member.backlog.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        member.key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    private static void writeBacklog(Member member) throws IOException {
        while (!member.backlog.isEmpty()) {
            ByteBuffer first = member.backlog.peek();
            member.backlogBytes -= member.channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            member.backlog.remove();
        }
        member.key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void drop(Member member) {
        try {
            member.channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
        members.remove(member);
    }
}
