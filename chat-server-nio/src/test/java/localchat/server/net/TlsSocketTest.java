package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.Fingerprints;
import localchat.core.model.CloseReason;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections in TLS, the whole of them and every way to break off.
class TlsSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SOCKET_MILLIS = 20_000;

    private ChatServer server;
    private InetSocketAddress address;
    private TestPeer ana;
    private TestPeer bo;
    private long room;

    @BeforeEach
    void start() throws IOException {
        server =
                TestServers.startEncrypted(
                        limits -> TestServers.hurried(limits, 4_000, 4_000, 60_000));
        address = server.listening().getFirst();
        ana = TestPeer.login(server, "Ana");
        bo = TestPeer.login(server, "Bo");
        room = ana.join("general").getRoom().getRoomId();
        bo.join("general");
    }

    @AfterEach
    void othersChatOn() throws IOException {
        ana.say(room, "still here");
        assertEquals("still here", bo.awaitEvent().getEvent().getMessage().getText());
        ana.close();
        bo.close();
        server.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(SOCKET_MILLIS);
        socket.connect(address, SOCKET_MILLIS);
        return socket;
    }

    private long closed(CloseReason reason) {
        return server.counters().published(reason);
    }

    private void awaitClosed(CloseReason reason, long before) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (closed(reason) <= before) {
            assertTrue(System.nanoTime() - deadline < 0, "nothing was closed for " + reason);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void showsTheServersKey() throws IOException {
        try (SSLSocket socket = TestPeer.secured(connected(), address)) {
            socket.startHandshake();
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
            assertEquals("TLS_AES_128_GCM_SHA256", socket.getSession().getCipherSuite());
            assertEquals(
                    server.keyHash(),
                    Fingerprints.ofServerKey(
                            socket.getSession().getPeerCertificates()[0].getPublicKey()));
        }
        try (TestPeer peer = TestPeer.connect(server)) {
            assertArrayEquals(
                    server.keyHash().bytes(), peer.hello().getServerKeyHash().toByteArray());
        }
    }

    @Test
    void resumesSessions() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (TestPeer peer = TestPeer.login(server, "Cy " + i)) {
                peer.join("general");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.1"})
    void refusesOlderVersions(String version) throws Exception {
        long before = closed(CloseReason.HANDSHAKE_FAILED);
        try (SSLSocket socket = TestPeer.secured(connected(), address)) {
            socket.setEnabledCipherSuites(socket.getSupportedCipherSuites());
            socket.setEnabledProtocols(new String[] {version});
            assertThrows(IOException.class, socket::startHandshake);
        }
        if (version.equals("TLSv1.2")) {
            awaitClosed(CloseReason.HANDSHAKE_FAILED, before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: chat\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
                "\0\0\0\4\0\0\0\0"
            })
    void closesWhoDoesNotSpeakTls(String said) throws Exception {
        long before = closed(CloseReason.HANDSHAKE_FAILED);
        try (Socket socket = connected()) {
            socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
            assertEnds(socket);
        }
        awaitClosed(CloseReason.HANDSHAKE_FAILED, before);
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            InputStream in = socket.getInputStream();
            int read = in.read();
            while (read >= 0) {
                read = in.read();
            }
        } catch (SocketException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40, 200})
    void closesWhoStopsInTheHandshake(int bytesSent) throws Exception {
        byte[] hello = clientHello();
        long before = closed(CloseReason.HANDSHAKE_TIMEOUT);
        try (Socket socket = connected()) {
            socket.getOutputStream().write(hello, 0, Math.min(bytesSent, hello.length));
            assertEnds(socket);
        }
        awaitClosed(CloseReason.HANDSHAKE_TIMEOUT, before);
    }

    @Test
    void closesWhoSaysNothingAfterItsHello() throws Exception {
        long before = closed(CloseReason.HANDSHAKE_TIMEOUT);
        try (Socket socket = connected()) {
            socket.getOutputStream().write(clientHello());
            assertEnds(socket);
        }
        awaitClosed(CloseReason.HANDSHAKE_TIMEOUT, before);
    }

    @Test
    void outlivesResetsAtEachPlaceOfTheHandshake() throws Exception {
        byte[] hello = clientHello();
        for (int sent = 0; sent <= hello.length; sent += 7) {
            try (Socket socket = connected()) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(hello, 0, sent);
            }
        }
        for (int i = 0; i < 20; i++) {
            try (Socket socket = connected()) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream().write(hello);
                assertTrue(socket.getInputStream().read() >= 0);
            }
        }
    }

    /// What a client says first: taken from one that is not answered.
    private static byte[] clientHello() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket deaf = new ServerSocket(0, 1, here)) {
            InetSocketAddress there = new InetSocketAddress(here, deaf.getLocalPort());
            Socket socket = new Socket(here, deaf.getLocalPort());
            SSLSocket secured = TestPeer.secured(socket, there);
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            secured.startHandshake();
                        } catch (IOException e) {
                            // That is how it ends.
                        }
                    });
            try (Socket heard = deaf.accept()) {
                InputStream in = heard.getInputStream();
                ByteArrayOutputStream hello = new ByteArrayOutputStream();
                byte[] header = in.readNBytes(5);
                hello.write(header);
                hello.write(in.readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff)));
                return hello.toByteArray();
            } finally {
                socket.close();
            }
        }
    }

    @Test
    void takesRecordsByteByByte() throws Exception {
        try (Slicer slicer = new Slicer(address)) {
            try (TestPeer peer =
                    TestPeer.over(
                            TestPeer.secured(slicer.connect(), address), DeviceKey.generate())) {
                peer.login("Cy");
                peer.join("general");
                peer.say(room, "in pieces");
                assertEquals("in pieces", peer.awaitEvent().getEvent().getMessage().getText());
            }
        }
        bo.awaitEvent();
        ana.awaitEvent();
    }

    @Test
    void endsWithTheEndOfWhoeverSaysGoodbyeInTls() throws Exception {
        long before = closed(CloseReason.PEER_CLOSED);
        Socket raw = connected();
        try (SSLSocket socket = TestPeer.secured(raw, address)) {
            socket.startHandshake();
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read(), "its goodbye is answered");
        }
        awaitClosed(CloseReason.PEER_CLOSED, before);
    }

    @Test
    void endsWithTheEndOfWhoeverSaysNothing() throws Exception {
        long before = closed(CloseReason.PEER_CLOSED);
        Socket raw = connected();
        SSLSocket socket = TestPeer.secured(raw, address);
        socket.startHandshake();
        raw.shutdownOutput();
        awaitClosed(CloseReason.PEER_CLOSED, before);
        assertThrows(IOException.class, () -> readToEnd(socket));
        raw.close();
    }

    private static void readToEnd(SSLSocket socket) throws IOException {
        InputStream in = socket.getInputStream();
        int read = in.read();
        while (read >= 0) {
            read = in.read();
        }
        throw new EOFException("the end");
    }

    @Test
    void takesAsManyKeyUpdatesAsThereIsReasonFor() throws Exception {
        try (TestPeer peer = TestPeer.login(server, "Cy")) {
            for (int i = 0; i < TlsTransport.EMPTY_RECORDS_MAX; i++) {
                ((SSLSocket) peer.socket()).startHandshake();
                ping(peer, i);
            }
        }
    }

    @Test
    void closesWhoUpdatesKeysAllTheTime() throws Exception {
        long before = closed(CloseReason.KEY_UPDATE_FLOOD);
        try (TestPeer peer = TestPeer.login(server, "Cy")) {
            assertThrows(
                    IOException.class,
                    () -> {
                        for (int i = 0; i <= TlsTransport.EMPTY_RECORDS_MAX + 1; i++) {
                            ((SSLSocket) peer.socket()).startHandshake();
                            ping(peer, i);
                        }
                    });
        }
        awaitClosed(CloseReason.KEY_UPDATE_FLOOD, before);
    }

    private static void ping(TestPeer peer, int token) throws IOException {
        peer.send(
                ClientFrame.newBuilder()
                        .setRequestId(1_000 + token)
                        .setPing(Ping.newBuilder().setToken(token)));
        peer.await(ServerFrame::hasPong);
    }

    /// What a reader does not take waits encrypted; every byte comes, in order.
    @Test
    void bringsEverythingToASlowReader() throws Exception {
        int messages = 1_500;
        String text = "x".repeat(3_000);
        try (TestPeer slow =
                TestPeer.over(TestPeer.secured(small(), address), DeviceKey.generate())) {
            slow.login("Slow");
            slow.join("general");
            Random random = new Random(1);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                sent.add(text.substring(random.nextInt(2_000)) + i);
                ana.say(room, sent.get(i));
                if (i % 50 == 49) {
                    for (int k = 0; k < 50; k++) {
                        ana.awaitEvent();
                    }
                }
            }
            for (String expected : sent) {
                assertEquals(expected, slow.awaitEvent().getEvent().getMessage().getText());
            }
        }
        for (int i = 0; i < messages; i++) {
            bo.awaitEvent();
        }
    }

    private Socket small() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.setSoTimeout(SOCKET_MILLIS);
        socket.connect(address, SOCKET_MILLIS);
        return socket;
    }

    @Test
    void tellsAClientWhyItEnds() throws Exception {
        try (TestPeer peer = TestPeer.login(server, "Cy")) {
            peer.sendRaw(new byte[] {0, 0, 0, 0});
            assertEquals(
                    localchat.core.protocol.wire.CloseReason.FRAME_EMPTY,
                    peer.awaitGoodbye().getReason());
        }
    }

    /// What is held of a record counts as a frame begun: with its time, and in the memory for all.
    @Test
    void closesWhoStopsWithinARecord() throws Exception {
        long before = closed(CloseReason.FRAME_TIMEOUT);
        Socket raw = connected();
        TestPeer peer = TestPeer.over(TestPeer.secured(raw, address), DeviceKey.generate());
        peer.login("Cy");
        raw.getOutputStream().write(new byte[] {23, 3, 3, 0x40, 0, 1, 2, 3});
        awaitClosed(CloseReason.FRAME_TIMEOUT, before);
        peer.close();
    }

    @Test
    void damagedRecordEndsItsConnectionAlone() throws Exception {
        long before = closed(CloseReason.PEER_RESET);
        Socket raw = connected();
        SSLSocket socket = TestPeer.secured(raw, address);
        socket.startHandshake();
        byte[] record = new byte[5 + 40];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[4] = 40;
        raw.getOutputStream().write(record);
        SSLException alert = assertThrows(SSLException.class, () -> readToEnd(socket));
        assertTrue(String.valueOf(alert.getMessage()).contains("alert"), alert.getMessage());
        awaitClosed(CloseReason.PEER_RESET, before);
        raw.close();
    }
}
