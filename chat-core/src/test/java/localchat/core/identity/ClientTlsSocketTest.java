package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import localchat.core.model.ServerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS over a real socket, as a client's session uses it.
class ClientTlsSocketTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path folder;
    private ServerKey key;
    private ServerSocket listener;
    private ServerAddress address;

    @BeforeEach
    void listen() throws IOException {
        key = ServerKey.create(folder);
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        address = new ServerAddress("localhost", listener.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    @Test
    void checksThePinBeforeAnythingIsSent() throws Exception {
        CompletableFuture<byte[]> heard = serveOne();
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            SeenKey seen = new ServerPin.Exactly(key.hash()).check(socket.getSession());
            assertEquals(new SeenKey.Pinned(key.hash()), seen);

            socket.getOutputStream().write(HELLO);
            // An end with bytes still unread would be a reset, which loses what is on its way.
            assertArrayEquals(HELLO, socket.getInputStream().readNBytes(HELLO.length));
        }

        assertArrayEquals(HELLO, heard.get(10, TimeUnit.SECONDS));
    }

    @Test
    void sendsNothingToAServerWithAnotherKey() throws Exception {
        CompletableFuture<byte[]> heard = serveOne();
        byte[] other = key.hash().bytes();
        other[0]++;
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            assertThrows(
                    WrongServerKeyException.class,
                    () ->
                            new ServerPin.Exactly(new localchat.core.model.Digest32(other))
                                    .check(socket.getSession()));
        }

        assertArrayEquals(new byte[0], heard.get(10, TimeUnit.SECONDS));
    }

    @Test
    void offersNothingButTls13() throws Exception {
        try (SSLSocket socket = connect()) {
            assertArrayEquals(new String[] {"TLSv1.3"}, socket.getEnabledProtocols());
            assertEquals(3, socket.getEnabledCipherSuites().length);
            assertTrue(socket.getUseClientMode());
            assertEquals(java.util.List.of(), socket.getSSLParameters().getServerNames());
        }
    }

    @Test
    void closesTheSocketBelow() throws Exception {
        Socket below = new Socket("localhost", address.port());

        new ClientTls().over(below, address).close();

        assertTrue(below.isClosed());
    }

    private SSLSocket connect() throws IOException {
        return new ClientTls().over(new Socket("localhost", address.port()), address);
    }

    /// Takes one connection, says back what it hears, and reads it to its end; what it heard.
    private CompletableFuture<byte[]> serveOne() {
        TlsEnd end = new TlsEnd(ServerTls.with(key).newEngine());
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(10_000);
                byte[] piece = new byte[16 * 1024];
                int length;
                while ((length = socket.getInputStream().read(piece)) >= 0) {
                    int before = end.heard().length;
                    var out = socket.getOutputStream();
                    out.write(end.advance(Arrays.copyOf(piece, length)));
                    // What came together with the handshake's end.
                    out.write(end.advance(new byte[0]));
                    byte[] heard = end.heard();
                    if (heard.length > before) {
                        out.write(end.say(Arrays.copyOfRange(heard, before, heard.length)));
                    }
                }
            } catch (IOException e) {
                // The client ended it: what was heard counts.
            }
            return end.heard();
        });
    }
}
