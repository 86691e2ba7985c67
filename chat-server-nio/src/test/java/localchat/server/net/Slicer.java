package localchat.server.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Stands before a server and hands everything on byte by byte, one write for each.
final class Slicer implements AutoCloseable {
    private final ServerSocket listening;
    private final InetSocketAddress server;

    Slicer(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /// A connection to the server through it.
    Socket connect() throws IOException {
        Socket near = new Socket(listening.getInetAddress(), listening.getLocalPort());
        Socket accepted = listening.accept();
        Socket far = new Socket(server.getAddress(), server.getPort());
        far.setTcpNoDelay(true);
        accepted.setTcpNoDelay(true);
        hand(accepted, far);
        hand(far, accepted);
        return near;
    }

    private static void hand(Socket from, Socket to) {
        Thread.ofVirtual()
                .start(() -> {
                    try (from;
                            to) {
                        InputStream in = from.getInputStream();
                        OutputStream out = to.getOutputStream();
                        for (int next = in.read(); next >= 0; next = in.read()) {
                            out.write(next);
                        }
                    } catch (IOException e) {
                        // Both ends hear of it by the close.
                    }
                });
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
