package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestLimits;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.loop.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What one turn does at most, and who comes first in the next one: connections over transports
/// that give and take what the test says.
class TurnBudgetTest {
    private static final int PARTIAL_BYTES_MAX = 20 * 1024;

    private final Counters counters = new Counters();
    private final ManualClock clock = new ManualClock();
    private final List<RuntimeException> faults = new ArrayList<>();
    private final Connections connections =
            new Connections(
                    TestLimits.with(NetLimits.standard(), "partialBytesMax", PARTIAL_BYTES_MAX),
                    counters,
                    clock::nanos,
                    faults::add);
    private final List<Peer> peers = new ArrayList<>();
    private final List<Integer> served = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"8191, 1, 0", "8192, 0, 1", "8193, 0, 1"})
    void readsNobodyElseAfterItsBudgetOfFrames(int frames, int others, int left) {
        peer().says(frames, 1);
        peer().says(1, 1);
        assertEquals(left == 1, readReady());
        assertEquals(frames + others, counters.get(Counter.FRAMES_IN));
    }

    @ParameterizedTest
    @CsvSource({"127, 127", "128, 128", "129, 128", "140, 128"})
    void readsNobodyElseAfterItsBudgetOfBytes(int talking, int read) {
        int wholeRead = 64 * 1024 - ProtocolLimits.PREFIX_BYTES;
        for (int i = 0; i < talking; i++) {
            peer().says(1, wholeRead);
        }
        assertEquals(talking > read, readReady());
        assertEquals(read, counters.get(Counter.FRAMES_IN));
    }

    @ParameterizedTest
    @CsvSource({"2047, 2047", "2048, 2048", "2049, 2048"})
    void readsNobodyElseAfterItsBudgetOfConnections(int talking, int read) {
        for (int i = 0; i < talking; i++) {
            peer().says(1, 1);
        }
        assertEquals(talking > read, readReady());
        assertEquals(read, counters.get(Counter.FRAMES_IN));
    }

    @ParameterizedTest
    @CsvSource({"1023, 1023", "1024, 1024", "1025, 1024"})
    void closesNobodyElseAfterItsBudget(int doomed, int closed) {
        for (int i = 0; i < doomed; i++) {
            peer().connection.close(CloseReason.KICKED);
        }
        assertTrue(connections.closeDoomed());
        assertEquals(closed, peers.stream().filter(peer -> peer.closed.isPresent()).count());
        assertEquals(doomed > closed, connections.closeDoomed());
        assertEquals(doomed, peers.stream().filter(peer -> peer.closed.isPresent()).count());
        assertFalse(connections.closeDoomed());
    }

    @Test
    void readsThoseNotReachedFirstInTheNextTurn() {
        for (int i = 0; i < 3; i++) {
            peer().says(20_000, 1);
        }
        assertTrue(readReady());
        assertTrue(readReady());
        assertTrue(readReady());
        assertEquals(List.of(0, 1, 2), served.stream().distinct().toList());
    }

    @ParameterizedTest
    @CsvSource({"2047, 2047", "2048, 2048", "2049, 2048"})
    void writesToNobodyElseAfterItsBudgetOfConnections(int waiting, int written) {
        EncodedFrame frame = ping();
        for (int i = 0; i < waiting; i++) {
            peer().connection.send(frame);
        }
        assertEquals(waiting > written, connections.flush());
        assertEquals(written, counters.get(Counter.WRITES));
        assertEquals(waiting - written, peers.stream().filter(peer -> peer.taken == 0).count());
        assertFalse(connections.flush());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void writesToNobodyElseAfterItsBudgetOfBytes(int beyond) {
        EncodedFrame frame = errorOf(65_000);
        int fitting = Math.ceilDiv(FlushList.BYTES_PER_TURN, frame.length());
        for (int i = 0; i < fitting + beyond; i++) {
            peer().connection.send(frame);
        }
        assertEquals(beyond > 0, connections.flush());
        assertEquals(fitting + Math.min(beyond, 0), counters.get(Counter.WRITES));
    }

    @Test
    void keepsThePartialFramesThatFitTheirBudget() {
        for (int i = 0; i < 5; i++) {
            peer().begins(4 * 1024 - 1);
        }
        readReady();
        assertEquals(Optional.empty(), firstClosed());
    }

    @Test
    void closesTheOldestPartialFrameOnceTheBudgetIsPast() {
        for (int i = 0; i < 5; i++) {
            peer().begins(4 * 1024);
        }
        readReady();
        peers.get(0).finishes();
        readReady();
        peers.get(0).begins(4 * 1024);
        readReady();
        assertEquals(Optional.empty(), firstClosed());
        peer().begins(300);
        readReady();
        connections.closeDoomed();
        assertEquals(Optional.of(1), firstClosed(), "0 has begun a younger one");
        assertEquals(CloseReason.PARTIAL_FRAMES_FULL, peers.get(1).closed.orElseThrow());
        counters.publish();
        assertEquals(1, counters.published(CloseReason.PARTIAL_FRAMES_FULL));
        peer().begins(100);
        readReady();
        connections.closeDoomed();
        assertEquals(1, peers.stream().filter(peer -> peer.closed.isPresent()).count());
    }

    private Peer peer() {
        Peer peer = new Peer(peers.size());
        peers.add(peer);
        return peer;
    }

    /// Says that all who have something are ready, as the selector does each time, and reads.
    private boolean readReady() {
        for (Peer peer : peers) {
            if (!peer.said.isEmpty()) {
                peer.connection.onReady(SelectionKey.OP_READ);
            }
        }
        boolean left = connections.read();
        assertEquals(List.of(), faults);
        return left;
    }

    private Optional<Integer> firstClosed() {
        connections.closeDoomed();
        return peers.stream()
                .filter(peer -> peer.closed.isPresent())
                .map(peer -> peer.number)
                .findFirst();
    }

    private static EncodedFrame ping() {
        return EncodedFrame.of(
                ServerFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)).build());
    }

    private static EncodedFrame errorOf(int textBytes) {
        Error.Builder error = Error.newBuilder().setText("x".repeat(textBytes));
        return EncodedFrame.of(ServerFrame.newBuilder().setError(error).build());
    }

    private final class Peer implements Transport, ConnectionListener {
        private final int number;
        private final ArrayDeque<ByteBuffer> said = new ArrayDeque<>();
        private final Connection connection =
                new Connection(connections, onResumed -> this, InetAddress.getLoopbackAddress());
        private Optional<CloseReason> closed = Optional.empty();
        private int missing;
        private long taken;

        Peer(int number) {
            this.number = number;
            connection.attach(
                    new Registration() {
                        @Override
                        public void interest(int operations) {}

                        @Override
                        public void cancel() {}
                    },
                    this);
            connections.admit(connection);
            connection.loggedIn();
        }

        void says(int frames, int bytes) {
            ByteBuffer all = ByteBuffer.allocate(frames * (ProtocolLimits.PREFIX_BYTES + bytes));
            for (int i = 0; i < frames; i++) {
                all.putInt(bytes).position(all.position() + bytes);
            }
            said.add(all.flip());
        }

        /// The first so many bytes of a frame, prefix included.
        void begins(int bytes) {
            missing = 100;
            int length = bytes - ProtocolLimits.PREFIX_BYTES + missing;
            said.add(ByteBuffer.allocate(bytes).putInt(length).rewind());
        }

        void finishes() {
            said.add(ByteBuffer.allocate(missing));
        }

        @Override
        public int read(ByteBuffer target) {
            ByteBuffer first = said.getFirst();
            int bytes = Math.min(target.remaining(), first.remaining());
            target.put(target.position(), first, first.position(), bytes);
            target.position(target.position() + bytes);
            first.position(first.position() + bytes);
            if (!first.hasRemaining()) {
                said.removeFirst();
            }
            return bytes;
        }

        @Override
        public long write(ByteBuffer[] sources, int from, int to) {
            long written = 0;
            for (int i = from; i < to; i++) {
                written += sources[i].remaining();
                sources[i].position(sources[i].limit());
            }
            taken += written;
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

        @Override
        public void onFrame(ByteBuffer frame) {
            served.add(number);
        }

        @Override
        public EncodedFrame pingFrame() {
            return ping();
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
}
