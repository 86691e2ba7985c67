package localchat.server.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A TCP proxy on loopback that is a bad network: slow, late, torn into slices, cut off. Its
/// [Toxics] are set for each direction and may change while links are open.
///
/// Each direction of a link has two virtual threads: one reads at the pace that is allowed, one
/// delivers when a piece is due. At most [#PIECES_WAITING] pieces wait in between, so a receiver
/// that takes nothing is felt by the sender.
public final class ChaosProxy implements AutoCloseable {
    /// Which bytes are meant.
    public enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /// Bytes of one piece at most.
    private static final int PIECE_BYTES = 16 * 1024;

    /// Pieces between the reading and the writing thread of one direction.
    private static final int PIECES_WAITING = 16;

    /// A throttle is spread over so many reads a second.
    private static final int READS_PER_SECOND = 10;

    /// Longest sleep before a change of the toxics is seen, in milliseconds.
    private static final long NAP_MILLIS = 20;

    private static final int CONNECT_MILLIS = 10_000;

    private final InetSocketAddress server;
    private final int receiveBufferBytes;
    private final ServerSocket listening = new ServerSocket();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Toxics toServer = Toxics.NONE;
    private volatile Toxics toClient = Toxics.NONE;

    private ChaosProxy(InetSocketAddress server, int receiveBufferBytes) throws IOException {
        this.server = server;
        this.receiveBufferBytes = receiveBufferBytes;
        if (receiveBufferBytes > 0) {
            listening.setReceiveBufferSize(receiveBufferBytes);
        }
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /// A proxy before `server`, on a free port, with the platform's buffers.
    public static ChaosProxy start(InetSocketAddress server) throws IOException {
        return start(server, 0);
    }

    /// As above.
    ///
    /// @param receiveBufferBytes SO_RCVBUF of both its sockets, set before they are connected, so
    ///   that a throttle is felt soon; 0: the platform's
    public static ChaosProxy start(InetSocketAddress server, int receiveBufferBytes)
            throws IOException {
        ChaosProxy proxy = new ChaosProxy(server, receiveBufferBytes);
        proxy.threads.execute(proxy::acceptAll);
        return proxy;
    }

    /// Where clients connect.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /// Sets what happens to bytes of this direction from now on, on open links as well.
    public void set(Direction direction, Toxics toxics) {
        switch (direction) {
            case TO_SERVER -> toServer = toxics;
            case TO_CLIENT -> toClient = toxics;
        }
    }

    /// Tells the receivers of this direction that nothing more comes. The other direction stays.
    public void halfClose(Direction direction) throws IOException {
        for (Link link : links) {
            link.pump(direction).to.shutdownOutput();
        }
    }

    /// Ends every open link with a reset on both sides.
    public void resetAll() {
        links.forEach(link -> link.end(true));
    }

    /// Links that are open.
    public int links() {
        return links.size();
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                open(listening.accept());
            } catch (IOException e) {
                // Closed, or the client was gone already: the condition of the loop tells.
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket upstream = new Socket();
        try {
            if (receiveBufferBytes > 0) {
                upstream.setReceiveBufferSize(receiveBufferBytes);
            }
            upstream.connect(server, CONNECT_MILLIS);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            client.close();
            upstream.close();
            throw e;
        }
        Link link = new Link(client, upstream);
        links.add(link);
        link.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        links.forEach(link -> link.end(false));
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IOException("the proxy's threads did not end within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One client's connection and the one made for it to the server.
    private final class Link {
        private final Socket client;
        private final Socket upstream;
        private final Pump up;
        private final Pump down;

        private Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
            this.up = new Pump(this, Direction.TO_SERVER, client, upstream);
            this.down = new Pump(this, Direction.TO_CLIENT, upstream, client);
        }

        private Pump pump(Direction direction) {
            return direction == Direction.TO_SERVER ? up : down;
        }

        private void start() {
            threads.execute(up::readAll);
            threads.execute(up::writeAll);
            threads.execute(down::readAll);
            threads.execute(down::writeAll);
        }

        private void end(boolean reset) {
            links.remove(this);
            end(client, reset);
            end(upstream, reset);
        }

        private static void end(Socket socket, boolean reset) {
            try (socket) {
                if (reset) {
                    socket.setSoLinger(true, 0);
                }
            } catch (IOException e) {
                // It is closed, which is all that was wanted.
            }
        }
    }

    /// Bytes on their way; none: the sender has ended its stream.
    private static final class Piece {
        private final byte[] bytes;
        private final long dueNanos;

        private Piece(byte[] buffer, int count, long dueNanos) {
            this.bytes = Arrays.copyOf(buffer, count);
            this.dueNanos = dueNanos;
        }
    }

    /// One direction of a link.
    private final class Pump {
        private final Link link;
        private final Direction direction;
        private final Socket from;
        private final Socket to;
        private final BlockingQueue<Piece> waiting = new ArrayBlockingQueue<>(PIECES_WAITING);
        private final AtomicLong taken = new AtomicLong();
        private final Random chance = new Random(1);
        private long dueNanos = System.nanoTime();

        private Pump(Link link, Direction direction, Socket from, Socket to) {
            this.link = link;
            this.direction = direction;
            this.from = from;
            this.to = to;
        }

        private Toxics toxics() {
            return direction == Direction.TO_SERVER ? toServer : toClient;
        }

        private void readAll() {
            byte[] buffer = new byte[PIECE_BYTES];
            try {
                int read = 0;
                while (read >= 0) {
                    pace(read);
                    read = from.getInputStream().read(buffer, 0, readable(toxics()));
                    if (read > 0) {
                        taken.addAndGet(read);
                    }
                    if (read > 0 && !toxics().blackhole()) {
                        waiting.put(new Piece(buffer, read, due()));
                    }
                }
                waiting.put(new Piece(buffer, 0, due()));
            } catch (IOException e) {
                link.end(true);
            } catch (InterruptedException e) {
                link.end(false);
            }
        }

        private int readable(Toxics toxics) {
            int bytes = PIECE_BYTES;
            if (toxics.bytesPerSecond() > 0) {
                bytes = Math.clamp(toxics.bytesPerSecond() / READS_PER_SECOND, 1, PIECE_BYTES);
            }
            long left = toxics.endAfterBytes() - taken.get();
            return toxics.endAfterBytes() > 0 ? Math.clamp(left, 1, bytes) : bytes;
        }

        /// Waits until `bytes` more may be read, or the throttle is another.
        private void pace(int bytes) throws InterruptedException {
            int perSecond = toxics().bytesPerSecond();
            if (perSecond > 0 && bytes > 0) {
                sleepUntil(
                        System.nanoTime() + TimeUnit.SECONDS.toNanos(bytes) / perSecond,
                        () -> toxics().bytesPerSecond() == perSecond);
            }
        }

        /// When a piece read now arrives: never before the one ahead of it.
        private long due() {
            Toxics now = toxics();
            int jitter = now.jitterMillis() > 0 ? chance.nextInt(now.jitterMillis() + 1) : 0;
            long late = TimeUnit.MILLISECONDS.toNanos(now.latencyMillis() + jitter);
            dueNanos = Math.max(dueNanos, System.nanoTime() + late);
            return dueNanos;
        }

        private void writeAll() {
            try {
                long written = 0;
                for (Piece piece = waiting.take(); piece.bytes.length > 0; ) {
                    sleepUntil(piece.dueNanos, () -> true);
                    write(piece.bytes);
                    written += piece.bytes.length;
                    Toxics now = toxics();
                    if (now.endAfterBytes() > 0 && written >= now.endAfterBytes()) {
                        link.end(now.endsWithReset());
                        return;
                    }
                    piece = waiting.take();
                }
                to.shutdownOutput();
                if (from.isOutputShutdown()) {
                    link.end(false);
                }
            } catch (IOException e) {
                link.end(true);
            } catch (InterruptedException e) {
                link.end(false);
            }
        }

        private void write(byte[] bytes) throws IOException {
            int at = 0;
            while (at < bytes.length && !to.isOutputShutdown()) {
                int slice = toxics().sliceBytes();
                int some = slice > 0 ? Math.min(slice, bytes.length - at) : bytes.length - at;
                to.getOutputStream().write(bytes, at, some);
                at += some;
            }
        }
    }

    private interface Still {
        boolean holds();
    }

    private static void sleepUntil(long nanos, Still still) throws InterruptedException {
        for (long left = nanos - System.nanoTime();
                left > 0 && still.holds();
                left = nanos - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(NAP_MILLIS)));
        }
    }
}
