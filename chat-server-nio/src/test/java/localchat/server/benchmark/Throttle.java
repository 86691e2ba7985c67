package localchat.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads one client slowly, however much waits for it.
final class Throttle {
    /// Receive buffer of its socket, in bytes. Reason: what waits should wait in the server; the
    /// kernel would otherwise take some megabytes of it.
    static final int SOCKET_BYTES = 16 * 1024;

    /// Fewest bytes to read at once.
    private static final int GRAIN_BYTES = 128;

    private final Client client;
    private final int bytesPerSecond;
    private final long startNanos = System.nanoTime();
    private long bytesRead;

    Throttle(Client client, int bytesPerSecond) {
        this.client = client;
        this.bytesPerSecond = bytesPerSecond;
    }

    void onTurn(ByteBuffer scratch) throws IOException {
        long allowed = (long) ((System.nanoTime() - startNanos) / 1e9 * bytesPerSecond);
        if (allowed - bytesRead >= GRAIN_BYTES) {
            bytesRead += client.read(scratch, (int) (allowed - bytesRead));
        }
    }
}
