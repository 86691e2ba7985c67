package localchat.server.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.loop.Registration;

/// Peers without sockets, for tests that drive their connections turn by turn on a manual clock:
/// thousands of them for hours, in milliseconds.
final class FakePeers {
    static final long SECOND = 1_000_000_000L;

    private static final EncodedFrame PING =
            EncodedFrame.of(
                    ServerFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)).build());

    private final ManualClock clock = new ManualClock();
    private final List<RuntimeException> faults = new ArrayList<>();
    private final Connections connections;
    private final List<Peer> ready = new ArrayList<>();

    FakePeers(NetLimits limits) {
        this.connections = new Connections(limits, new Counters(), clock::nanos, faults::add);
    }

    /// One peer, as the server and as the test see it.
    final class Peer implements ConnectionListener {
        private final FakeTransport transport = new FakeTransport();
        private final Connection connection =
                new Connection(
                        connections, onResumed -> transport, InetAddress.getLoopbackAddress());
        private Optional<CloseReason> closed = Optional.empty();
        private int frames;

        /// Sends bytes; the coming turn reads them.
        void send(byte... bytes) {
            transport.incoming = ByteBuffer.wrap(bytes);
            ready.add(this);
        }

        /// Why the server closed it, if it did.
        Optional<CloseReason> closed() {
            return closed;
        }

        boolean isOpen() {
            return closed.isEmpty();
        }

        /// Whole frames that the server was handed.
        int frames() {
            return frames;
        }

        /// Memory that the server holds for its unfinished frame, in bytes.
        int bytesHeld() {
            return isOpen() ? connection.bytesHeld() : 0;
        }

        @Override
        public void onFrame(ByteBuffer frame) {
            frames++;
        }

        @Override
        public EncodedFrame pingFrame() {
            return PING;
        }

        @Override
        public Optional<EncodedFrame> farewell(CloseReason reason) {
            return Optional.empty();
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed = Optional.of(reason);
        }
    }

    Peer stranger() {
        Peer peer = new Peer();
        peer.connection.attach(new NoRegistration(), peer);
        connections.admit(peer.connection);
        return peer;
    }

    Peer member() {
        Peer peer = stranger();
        peer.connection.loggedIn();
        return peer;
    }

    /// One turn: reads what peers sent, writes, closes the doomed.
    void turn() {
        for (Peer peer : ready) {
            peer.connection.onReady(SelectionKey.OP_READ);
        }
        ready.clear();
        while (connections.read()) {
            // The budget of one turn is not what these tests are about.
        }
        connections.flush();
        while (connections.closeDoomed()) {
            // As above.
        }
    }

    /// So many seconds pass, with a sweep twice in each.
    void pass(int seconds) {
        for (int i = 0; i < 2 * seconds; i++) {
            clock.pass(SECOND / 2);
            connections.sweep();
            turn();
        }
    }

    /// Exceptions where none should be.
    List<RuntimeException> faults() {
        return faults;
    }

    private static final class NoRegistration implements Registration {
        @Override
        public void interest(int operations) {}

        @Override
        public void cancel() {}
    }

    /// Gives what was sent, takes everything.
    private static final class FakeTransport implements Transport {
        private ByteBuffer incoming = ByteBuffer.allocate(0);

        @Override
        public int read(ByteBuffer target) {
            int some = Math.min(target.remaining(), incoming.remaining());
            target.put(target.position(), incoming, incoming.position(), some);
            target.position(target.position() + some);
            incoming.position(incoming.position() + some);
            return some;
        }

        @Override
        public long write(ByteBuffer[] sources, int from, int to) {
            long written = 0;
            for (int i = from; i < to; i++) {
                written += sources[i].remaining();
                sources[i].position(sources[i].limit());
            }
            return written;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void abort() {
            close();
        }

        @Override
        public void close() {}
    }
}
