package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The generator against the limit, which must be right, and against a server that is wrong.
class CrowdSocketTest {
    private static final int FRAME_BYTES = 150;
    private static final int MESSAGES_IN_FLIGHT = 64;

    private static void serve(LimitServer server) {
        try {
            while (true) {
                server.turn();
            }
        } catch (IOException | ClosedSelectorException e) {
            // The test is over.
        }
    }

    @Test
    void limitDeliversEverythingInOrderToSlowReaderToo() throws IOException {
        try (LimitServer server = new LimitServer()) {
            Thread.ofPlatform().daemon().start(() -> serve(server));
            try (Crowd crowd = crowd(server.address(), 20)) {
                crowd.seat(20, 8);
                crowd.slowDown(1024);
                Publishers publishers = new Publishers(crowd, 8, 19);
                Load load = new Load.ClosedLoop(MESSAGES_IN_FLIGHT);
                // More than the kernel's buffers hold, so that it must wait in the server.
                while (publishers.sent() < 100_000) {
                    load.publish(publishers, crowd.tally(), System.nanoTime());
                    crowd.turn(20);
                }
                Client slow = crowd.clients().getLast();
                assertTrue(slow.received() < publishers.sent() / 2, "it was not slow");
                crowd.catchUp(publishers.sent());
                while (crowd.tally().deliveries() < publishers.deliveriesDue()) {
                    crowd.turn(20);
                }

                assertEquals(publishers.sent(), slow.received());
                assertEquals(0, crowd.missing(publishers.sentToRoom()));
                assertEquals(0, crowd.outOfOrder());
            }
        }
    }

    @Test
    void reportsServerThatLosesAndReorders() throws IOException {
        assertFaults(0, 0, 0, 1, 2, 3);
        assertFaults(1, 1, 0, 1, 3);
        assertFaults(0, 3, 1, 0, 2, 3);
        assertFaults(1, 1, 0, 1, 1, 2, 3);
    }

    /// One client sends four messages, and the server answers with these.
    private static void assertFaults(long missing, long outOfOrder, int... sequences)
            throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Crowd crowd = crowd((InetSocketAddress) listener.getLocalSocketAddress(), 1)) {
            Thread.ofPlatform().daemon().start(() -> answer(listener, sequences));
            crowd.seat(1, 1);
            Publishers publishers = new Publishers(crowd, 1, 1);
            for (int i = 0; i < 4; i++) {
                publishers.send(System.nanoTime());
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (crowd.tally().deliveries() < sequences.length && System.nanoTime() < end) {
                crowd.turn(20);
            }

            assertEquals(missing, crowd.missing(publishers.sentToRoom()));
            assertEquals(outOfOrder, crowd.outOfOrder());
        }
    }

    private static void answer(ServerSocket listener, int... sequences) {
        try {
            Socket socket = listener.accept();
            socket.getInputStream().readNBytes(Wire.PREFIX_BYTES);
            socket.getOutputStream().write(new byte[Wire.PREFIX_BYTES]);
            byte[] frame = new byte[FRAME_BYTES];
            ByteBuffer.wrap(frame).putInt(FRAME_BYTES - Wire.PREFIX_BYTES);
            for (int sequence : sequences) {
                Stamp.write(frame, Wire.PREFIX_BYTES, 0, 0, sequence);
                socket.getOutputStream().write(frame);
            }
            // The client closes first.
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            socket.close();
        } catch (IOException e) {
            // The client is gone, and the assertions say why.
        }
    }

    @Test
    void saysThatServerClosed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Crowd crowd = crowd((InetSocketAddress) listener.getLocalSocketAddress(), 1)) {
            Thread.ofPlatform().daemon().start(() -> closeFirst(listener));

            assertThrows(IOException.class, () -> crowd.seat(1, 1));
        }
    }

    private static void closeFirst(ServerSocket listener) {
        try {
            listener.accept().close();
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static Crowd crowd(InetSocketAddress server, int people) throws IOException {
        return new Crowd(new LimitWire(FRAME_BYTES), server, Seating.oneRoom(people), 1);
    }
}
