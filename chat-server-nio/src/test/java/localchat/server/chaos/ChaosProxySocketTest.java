package localchat.server.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import localchat.server.chaos.ChaosProxy.Direction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The proxy does what each of its toxics says, and nothing else.
class ChaosProxySocketTest {
    private static final int PATIENCE_MILLIS = 30_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket listening;
    private ChaosProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(PATIENCE_MILLIS);
        connectThrough(0);
    }

    private void connectThrough(int receiveBufferBytes) throws IOException {
        proxy = ChaosProxy.start(serverAddress(), receiveBufferBytes);
        client = new Socket();
        client.connect(proxy.address(), PATIENCE_MILLIS);
        client.setSoTimeout(PATIENCE_MILLIS);
        server = listening.accept();
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    private InetSocketAddress serverAddress() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    @AfterEach
    void close() throws IOException {
        closeLink();
        listening.close();
        threads.shutdownNow();
    }

    private void closeLink() throws IOException {
        client.close();
        server.close();
        proxy.close();
        assertEquals(0, proxy.links());
    }

    @Test
    void passesEverythingBothWaysWhenNothingIsSet() throws Exception {
        byte[] sent = randomBytes(1_000_000);
        threads.execute(() -> send(client, sent));
        assertArrayEquals(sent, server.getInputStream().readNBytes(sent.length));
        threads.execute(() -> send(server, sent));
        assertArrayEquals(sent, client.getInputStream().readNBytes(sent.length));
    }

    @Test
    void delaysByTheLatencyInOneDirectionAlone() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.latency(300, 100));
        long began = System.nanoTime();
        send(client, new byte[] {1, 2});
        assertArrayEquals(new byte[] {1, 2}, server.getInputStream().readNBytes(2));
        assertTrue(millisSince(began) >= 300);
        send(server, new byte[] {3});
        assertEquals(3, client.getInputStream().read());
    }

    @Test
    void keepsTheOrderHoweverPiecesJitter() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.latency(0, 20));
        byte[] sent = randomBytes(20);
        threads.execute(() -> {
            for (byte one : sent) {
                send(client, new byte[] {one});
            }
        });
        assertArrayEquals(sent, server.getInputStream().readNBytes(sent.length));
    }

    @Test
    void passesNoMoreASecondThanTheBandwidth() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.bandwidth(20_000));
        byte[] sent = randomBytes(20_000);
        long began = System.nanoTime();
        threads.execute(() -> send(client, sent));
        assertArrayEquals(sent, server.getInputStream().readNBytes(sent.length));
        assertTrue(millisSince(began) >= 800, () -> "took " + millisSince(began) + " ms");
    }

    @Test
    void feelsLikeASlowReaderToTheSender() throws Exception {
        closeLink();
        connectThrough(4_096);
        proxy.set(Direction.TO_CLIENT, Toxics.NONE.bandwidth(1_000));
        // Small on this side too: what is to be seen is that the proxy does not read ahead.
        server.setSendBufferSize(4_096);
        var sending = threads.submit(() -> send(server, new byte[2_000_000]));
        assertThrows(
                java.util.concurrent.TimeoutException.class,
                () -> sending.get(500, TimeUnit.MILLISECONDS));
        proxy.set(Direction.TO_CLIENT, Toxics.NONE);
        assertEquals(2_000_000, client.getInputStream().readNBytes(2_000_000).length);
        sending.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Test
    void writesSlicesThatArriveWhole() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.slices(1));
        byte[] sent = randomBytes(2_000);
        threads.execute(() -> send(client, sent));
        InputStream in = server.getInputStream();
        byte[] first = new byte[2_000];
        int read = in.read(first);
        assertTrue(read < 2_000, "the first read found everything in one piece");
        byte[] rest = in.readNBytes(2_000 - read);
        System.arraycopy(rest, 0, first, read, rest.length);
        assertArrayEquals(sent, first);
    }

    @Test
    void endsTheLinkAfterSoManyBytes() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.endAfter(1_000));
        threads.execute(() -> send(client, new byte[900]));
        assertEquals(900, server.getInputStream().readNBytes(900).length);
        assertEquals(1, proxy.links());
        threads.execute(() -> send(client, new byte[200]));
        assertEquals(100, server.getInputStream().readAllBytes().length);
    }

    @Test
    void resetsTheLinkAfterSoManyBytes() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.resetAfter(1_000));
        send(client, new byte[1_000]);
        assertThrows(SocketException.class, () -> client.getInputStream().read());
    }

    @Test
    void resetsBothSidesWhenTold() throws Exception {
        awaitLink();
        proxy.resetAll();
        assertThrows(SocketException.class, () -> client.getInputStream().read());
        assertThrows(SocketException.class, () -> server.getInputStream().read());
    }

    @Test
    void swallowsOneDirectionAndPassesTheOther() throws Exception {
        proxy.set(Direction.TO_SERVER, Toxics.NONE.vanish());
        send(client, new byte[] {1});
        send(server, new byte[] {2});
        assertEquals(2, client.getInputStream().read());
        server.setSoTimeout(100);
        assertThrows(SocketTimeoutException.class, () -> server.getInputStream().read());
        proxy.set(Direction.TO_SERVER, Toxics.NONE);
        server.setSoTimeout(PATIENCE_MILLIS);
        send(client, new byte[] {3});
        assertEquals(3, server.getInputStream().read());
    }

    @Test
    void closesOneDirectionAndKeepsTheOther() throws Exception {
        awaitLink();
        proxy.halfClose(Direction.TO_SERVER);
        assertEquals(-1, server.getInputStream().read());
        send(server, new byte[] {2});
        assertEquals(2, client.getInputStream().read());
    }

    @Test
    void passesOnTheEndOfAStream() throws Exception {
        send(client, new byte[] {1});
        client.shutdownOutput();
        assertArrayEquals(new byte[] {1}, server.getInputStream().readAllBytes());
        send(server, new byte[] {2});
        server.shutdownOutput();
        assertArrayEquals(new byte[] {2}, client.getInputStream().readAllBytes());
    }

    /// The link is one that both ends have used: it is in the proxy's list.
    private void awaitLink() throws IOException {
        send(client, new byte[] {1});
        assertEquals(1, server.getInputStream().read());
    }

    private static boolean send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static long millisSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }
}
