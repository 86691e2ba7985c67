package localchat.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that connects again and again and says nothing, or one thing: run in another network
/// namespace, so that the server sees an address that is not loopback. Prints one line of figures.
final class FloodMain implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    /// Type of a record that holds an alert (RFC 8446, section 5.1).
    private static final byte TLS_ALERT = 21;

    /// An alert fits.
    private static final int READ_BYTES = 1_024;

    private final InetSocketAddress server;
    private final int open;
    private final byte[] said;
    private final Selector selector = Selector.open();
    private int connected;
    private int dropped;
    private int otherEnds;

    private FloodMain(InetSocketAddress server, int open, byte[] said) throws IOException {
        this.server = server;
        this.open = open;
        this.said = said;
    }

    /// Host, port, connections in all, connections in one batch, connections that are left open
    /// before the next batch begins; what each says, in hexadecimal, and milliseconds from the
    /// beginning of a batch to that of the next, at least.
    public static void main(String... arguments) throws IOException, InterruptedException {
        InetSocketAddress server =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        int total = Integer.parseInt(arguments[2]);
        int batch = Integer.parseInt(arguments[3]);
        long paceNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[6]));
        byte[] said = HexFormat.of().parseHex(arguments[5]);
        long began = System.nanoTime();
        try (FloodMain flood = new FloodMain(server, Integer.parseInt(arguments[4]), said)) {
            for (int done = 0; done < total; done += batch) {
                long dueNanos = System.nanoTime() + paceNanos;
                flood.connect(batch);
                flood.awaitDrops();
                TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime()); // The pace, not a wait.
            }
            System.out.printf(
                    "connected=%d dropped=%d otherwise=%d open=%d millis=%d%n",
                    flood.connected,
                    flood.dropped,
                    flood.otherEnds,
                    flood.selector.keys().size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
    }

    private void connect(int batch) throws IOException {
        for (int i = 0; i < batch; i++) {
            SocketChannel channel = SocketChannel.open();
            // Leaves no port behind for a minute.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.connect(server);
            connected++;
            channel.write(ByteBuffer.wrap(said));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(READ_BYTES));
        }
    }

    /// Reads ends until no more are open than may be.
    private void awaitDrops() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (selector.keys().size() > open && System.nanoTime() < deadline) {
            List<SelectionKey> ended = new ArrayList<>();
            selector.select(
                    key -> {
                        if (hasEnded(key)) {
                            ended.add(key);
                        }
                    },
                    100);
            for (SelectionKey key : ended) {
                count((ByteBuffer) key.attachment());
                key.channel().close();
            }
            selector.selectNow(); // Takes the closed ones out of the set of keys.
        }
    }

    private static boolean hasEnded(SelectionKey key) {
        try {
            ByteBuffer received = (ByteBuffer) key.attachment();
            if (!received.hasRemaining()) {
                received.clear(); // The kind of the first bytes is of use where nothing was said.
            }
            return ((SocketChannel) key.channel()).read(received) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void count(ByteBuffer received) {
        if (said.length > 0 || isEnded(received.flip())) {
            dropped++;
        } else {
            otherEnds++;
        }
    }

    /// Whether nothing came, or an alert of TLS: before a handshake the server can say no more.
    private static boolean isEnded(ByteBuffer received) {
        return !received.hasRemaining() || received.get(0) == TLS_ALERT;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
