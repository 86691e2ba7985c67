package localchat.server.session;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import localchat.core.identity.ServerKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestPeer;

/// A man in the middle: speaks TLS with a key of its own to whoever comes, TLS to the real server,
/// and hands frames on, both ways, reading each.
final class Impostor implements AutoCloseable {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");

    private final InetSocketAddress server;
    private final ServerKey key;
    private final SSLServerSocket listening;
    private final List<ClientFrame> heard = new CopyOnWriteArrayList<>();
    private final List<Long> sessions = new CopyOnWriteArrayList<>();
    private final Semaphore ended = new Semaphore(0);
    private volatile UnaryOperator<ServerFrame> change = frame -> frame;

    /// @param folder for its key
    Impostor(InetSocketAddress server, Path folder) throws Exception {
        this.server = server;
        this.key = ServerKey.create(folder);
        this.listening =
                (SSLServerSocket)
                        context(folder.resolve(ServerKey.FILE_NAME))
                                .getServerSocketFactory()
                                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::acceptAll);
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        byte[] privateKey = decoded(pem);
        byte[] certificate = decoded(pem);
        PrivateKey signs =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
        Certificate shown =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", signs, new char[0], new Certificate[] {shown});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static byte[] decoded(Matcher pem) throws IOException {
        if (!pem.find()) {
            throw new IOException("the key's file has a key and a certificate");
        }
        return Base64.getMimeDecoder().decode(pem.group(2));
    }

    /// Where it stands.
    int port() {
        return listening.getLocalPort();
    }

    /// What clients said to it.
    List<ClientFrame> heard() {
        return List.copyOf(heard);
    }

    /// Waits until one more connection has ended, and all that came on it was heard.
    boolean awaitEnd(int seconds) throws InterruptedException {
        return ended.tryAcquire(seconds, TimeUnit.SECONDS);
    }

    /// When the TLS session of each connection was first made: the same for one that was resumed.
    List<Long> sessions() {
        return List.copyOf(sessions);
    }

    /// From now on it tells clients that its key is the server's.
    void claimToBeTheServer() {
        ByteString mine = ByteString.copyFrom(key.hash().bytes());
        change =
                frame ->
                        frame.hasChallenge()
                                ? frame.toBuilder()
                                        .setChallenge(
                                                frame.getChallenge().toBuilder()
                                                        .setServerKeyHash(mine))
                                        .build()
                                : frame;
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                SSLSocket client = (SSLSocket) listening.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                // One that broke off, or the end.
            }
        }
    }

    private void serve(SSLSocket client) {
        try (client;
                Socket raw = new Socket(server.getAddress(), server.getPort());
                SSLSocket behind = TestPeer.secured(raw, server)) {
            client.startHandshake();
            sessions.add(client.getSession().getCreationTime());
            Thread.startVirtualThread(() -> handBack(behind, client));
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(behind.getOutputStream());
            while (true) {
                byte[] bytes = in.readNBytes(in.readInt());
                heard.add(ClientFrame.parseFrom(bytes));
                write(out, bytes);
            }
        } catch (IOException e) {
            // One of the two has ended, and so does the other.
        } finally {
            ended.release();
        }
    }

    private void handBack(SSLSocket behind, SSLSocket client) {
        try (behind;
                client) {
            DataInputStream in = new DataInputStream(behind.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                ServerFrame frame = ServerFrame.parseFrom(in.readNBytes(in.readInt()));
                write(out, change.apply(frame).toByteArray());
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
