package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.server.ServerProcess.Holdings;
import localchat.server.net.NetLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Thousands of strangers begin to speak TLS with the packaged server, which has 256 MiB of heap,
/// and stop at the place where they cost it most. Nobody else feels it, and what it holds for them
/// is bounded.
class TlsStrangersIT {
    /// `-Dlocalchat.strangers=10000` is what was measured, up to 187 MB of live heap.
    private static final int STRANGERS = Integer.getInteger("localchat.strangers", 6_000);

    /// Descriptors that this process and the server need beside one for each stranger.
    private static final int OTHER_DESCRIPTORS = 500;

    private static final long BUDGET = NetLimits.standard().partialBytesMax();

    /// What a server with so many connections holds beside what they have begun, in bytes, at most:
    /// the faster the machine, the more of them exist at one time, 14 KiB each with its engine.
    private static final long OTHER_HEAP = 144L * 1024 * 1024;

    private static final int PATIENCE_MILLIS = 60_000;

    private final List<Socket> strangers = new ArrayList<>();
    private ServerProcess server;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.startEncrypted("-Xmx256m -XX:+ExitOnOutOfMemoryError");
        ana = login("Ana");
        bo = login("Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        ana.close();
        bo.close();
        server.close();
    }

    private TestPeer login(String name) throws IOException {
        Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        TestPeer peer =
                TestPeer.over(TestPeer.secured(socket, server.address()), DeviceKey.generate());
        peer.login(name);
        return peer;
    }

    /// T31: each has its answer, and the server waits for what never comes.
    @Test
    void whoStopAfterTheirHelloAreBounded() throws Exception {
        stopAfter(RawTls.clientHello());
    }

    /// T22: nine tenths of the longest record.
    @Test
    void whoStopWithinARecordAreBounded() throws Exception {
        stopAfter(
                RawTls.beginning(
                        RawTls.HANDSHAKE,
                        RawTls.CONTENT_MAX,
                        clientHelloOf(RawTls.CONTENT_MAX * 9 / 10)));
    }

    /// T22: the longest message of a handshake that the platform takes, in records that are whole.
    @Test
    void whoStopWithinAMessageOfTheHandshakeAreBounded() throws Exception {
        byte[] record = RawTls.record(RawTls.HANDSHAKE, clientHelloOf(RawTls.CONTENT_MAX));
        byte[] rest = RawTls.record(RawTls.HANDSHAKE, new byte[RawTls.CONTENT_MAX * 9 / 10]);
        stopAfter(ByteBuffer.allocate(record.length + rest.length).put(record).put(rest).array());
    }

    /// The beginning of a ClientHello that announces 32 KiB.
    private static byte[] clientHelloOf(int bytes) {
        return Arrays.copyOf(new byte[] {1, 0, (byte) 0x7f, (byte) 0xf0, 3, 3}, bytes);
    }

    private void stopAfter(byte[] said) throws Exception {
        int count = (int) Math.min(STRANGERS, descriptorsMax() - OTHER_DESCRIPTORS);
        for (int i = 0; i < count; i++) {
            Socket stranger = new Socket(server.address().getAddress(), server.address().getPort());
            strangers.add(stranger);
            try {
                stranger.getOutputStream().write(said);
            } catch (IOException e) {
                // It was let go for another one already.
            }
            if (i % 1_000 == 999) {
                chat("message " + i);
            }
        }
        assertHeapBounded();
        long began = System.nanoTime();
        loginWhenThereIsRoom();
        System.out.printf("a login beside them took %,d ns%n", System.nanoTime() - began);
        for (Socket stranger : strangers) {
            awaitEnd(stranger);
        }
        chat("still here");
        assertEquals(0, server.terminate());
    }

    /// While more handshakes wait than are done in time, a newcomer is refused and comes again.
    private void loginWhenThereIsRoom() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            try (TestPeer newcomer = login("Cy")) {
                newcomer.join("general");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private static long descriptorsMax() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
    }

    private void assertHeapBounded() throws IOException {
        Holdings holdings = server.holdings();
        System.out.printf("with %,d strangers %s%n", strangers.size(), holdings);
        assertTrue(
                holdings.heapBytes() <= BUDGET + OTHER_HEAP,
                () -> "live heap is %,d".formatted(holdings.heapBytes()));
    }

    private static void awaitEnd(Socket stranger) throws IOException {
        stranger.setSoTimeout(PATIENCE_MILLIS);
        try {
            stranger.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A reset is an end as well.
        }
    }

    private void chat(String text) throws IOException {
        ana.say(room, text);
        assertEquals(text, bo.awaitEvent().getEvent().getMessage().getText());
    }
}
