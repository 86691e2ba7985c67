package localchat.server.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.core.model.CloseReason;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;

/// All connections: their limits together, their shared buffers, their end. Belongs to the loop
/// thread.
public final class Connections {
    /// How long a closed connection waits for its peer to have read the goodbye, in nanoseconds.
    static final long LINGER_NANOS = 1_000_000_000L;

    /// A sweep later than this says nothing about the peers, in nanoseconds.
    private static final long LATE_SWEEP_NANOS = 3_000_000_000L;

    /// Bytes read from one connection in one turn. Reason: one largest frame, so that nobody keeps
    /// the loop.
    static final int READ_BYTES = 64 * 1024;

    /// Connections closed in one turn. Reason: some 10 ms; each is told to its rooms and logged.
    private static final int CLOSES_PER_TURN = 1_024;

    private final NetLimits limits;
    private final Counters counters;
    private final LongSupplier clockNanos;
    private final Consumer<RuntimeException> faults;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);

    /// What was read, on the heap: Protocol Buffers reads arrays in place and would copy each frame
    /// out of direct memory into an array of its own.
    private final ByteBuffer bytesRead = ByteBuffer.allocate(READ_BYTES);

    private final Gathering gathering = new Gathering();
    private final ReadList readList;
    private final FlushList flushList;
    private final ArrayList<Connection> all = new ArrayList<>();
    private final ArrayDeque<Connection> doomed = new ArrayDeque<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Map<InetAddress, LinkedHashSet<Connection>> unfinishedLogins = new HashMap<>();

    /// Connections whose handshake waits for the peer, the one that has waited longest at the
    /// front.
    private final LinkedHashSet<Connection> handshakes = new LinkedHashSet<>();

    /// Connections with a frame begun and not complete, the one begun first at the front.
    private final LinkedHashSet<Connection> insideFrame = new LinkedHashSet<>();

    private long partialBytes;
    private long sweptNanos;

    /// @param clockNanos the loop's monotonic clock
    /// @param faults hears of exceptions where none should be
    public Connections(
            NetLimits limits,
            Counters counters,
            LongSupplier clockNanos,
            Consumer<RuntimeException> faults) {
        this.limits = limits;
        this.counters = counters;
        this.clockNanos = clockNanos;
        this.faults = faults;
        this.readList = new ReadList(counters);
        this.flushList = new FlushList(counters);
    }

    /// Takes a connection in that has a listener. One past a limit on numbers is closed at once,
    /// with the reason.
    void admit(Connection connection) {
        connection.index = all.size();
        all.add(connection);
        counters.add(Counter.CONNECTIONS_ACCEPTED);
        if (isPast(all.size(), limits.connectionsMax())) {
            connection.close(CloseReason.TOO_MANY_CONNECTIONS);
        }
        connection.noteHandshake();
        InetAddress address = connection.remote();
        int fromThere = perAddress.merge(address, 1, Integer::sum);
        if (address.isLoopbackAddress() || !connection.isOpen()) {
            return;
        }
        if (isPast(fromThere, limits.connectionsPerAddressMax())) {
            connection.close(CloseReason.TOO_MANY_CONNECTIONS);
            return;
        }
        LinkedHashSet<Connection> logins =
                unfinishedLogins.computeIfAbsent(address, a -> new LinkedHashSet<>());
        logins.add(connection);
        if (isPast(logins.size(), limits.loginsPerAddressMax())) {
            logins.removeFirst().close(CloseReason.TOO_MANY_LOGINS);
        }
    }

    private static boolean isPast(long number, long max) {
        return max > 0 && number > max;
    }

    /// A connection's handshake waits for the peer, or no longer.
    void onHandshake(Connection connection, boolean waits) {
        if (!waits) {
            handshakes.remove(connection);
            return;
        }
        handshakes.add(connection);
        if (isPast(handshakes.size(), limits.handshakesMax())) {
            handshakes.removeFirst().close(CloseReason.TOO_MANY_LOGINS);
        }
    }

    void onLoggedIn(Connection connection) {
        forgetLogin(connection);
    }

    private void forgetLogin(Connection connection) {
        LinkedHashSet<Connection> logins = unfinishedLogins.get(connection.remote());
        if (logins != null && logins.remove(connection) && logins.isEmpty()) {
            unfinishedLogins.remove(connection.remote());
        }
    }

    void doom(Connection connection) {
        doomed.addLast(connection);
    }

    /// The memory of a connection's frame begun changed by so many bytes. Past the limit of all
    /// together the connection whose frame was begun first is closed.
    ///
    /// @param begun whether it is a frame just begun
    void onPartialBytes(Connection connection, int change, boolean begun) {
        partialBytes += change;
        if (begun || connection.bytesHeld() == 0) {
            insideFrame.remove(connection);
        }
        if (begun) {
            insideFrame.add(connection);
        }
        while (isPast(partialBytes, limits.partialBytesMax()) && !insideFrame.isEmpty()) {
            Connection oldest = insideFrame.getFirst();
            forgetPartial(oldest);
            oldest.close(CloseReason.PARTIAL_FRAMES_FULL);
        }
    }

    private void forgetPartial(Connection connection) {
        partialBytes -= connection.bytesHeld();
        insideFrame.remove(connection);
        connection.forgetPartial();
    }

    /// Reads what came, within the budget of one turn.
    ///
    /// @return whether some is left
    public boolean read() {
        return readList.read();
    }

    /// Writes what waits, within the budget of one turn.
    ///
    /// @return whether some is left
    public boolean flush() {
        boolean left = flushList.flush();
        gathering.clear();
        return left;
    }

    /// Closes connections that were doomed, those included that are doomed by the closing of
    /// others, within the budget of one turn.
    ///
    /// @return whether there is work for the next turn, which then does not sleep: what the closing
    ///   told others, what is left to be closed, and who was added to those to be read since they
    ///   were read, whose transport had waited for another thread
    public boolean closeDoomed() {
        int closed = 0;
        while (closed < CLOSES_PER_TURN && !doomed.isEmpty()) {
            Connection connection = doomed.removeFirst();
            forgetPartial(connection);
            forgetLogin(connection);
            handshakes.remove(connection);
            connection.onCloseDoomed();
            closed++;
        }
        return closed > 0 || readList.isWaiting();
    }

    /// Looks for waits that have become too long. To be called about twice a second.
    public void sweep() {
        long nowNanos = nowNanos();
        boolean late = sweptNanos != 0 && nowNanos - sweptNanos > LATE_SWEEP_NANOS;
        sweptNanos = nowNanos;
        if (late) {
            // The process stood still: what peers said meanwhile is read first.
            return;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).onSweep(nowNanos);
        }
    }

    /// Frees every socket, without a word. For the end of a loop that failed.
    public void abandonAll() {
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).finish();
        }
    }

    /// Closes every connection for this reason.
    public void closeAll(CloseReason reason) {
        for (int i = all.size() - 1; i >= 0; i--) {
            all.get(i).close(reason);
        }
    }

    void onGone(Connection connection) {
        Connection last = all.removeLast();
        if (last != connection) {
            all.set(connection.index, last);
            last.index = connection.index;
        }
        perAddress.merge(connection.remote(), -1, (a, b) -> a + b == 0 ? null : a + b);
    }

    /// Connections that exist, those included that only wait for their peer to read the goodbye.
    public int size() {
        return all.size();
    }

    void onFault(RuntimeException fault) {
        faults.accept(fault);
    }

    NetLimits limits() {
        return limits;
    }

    Counters counters() {
        return counters;
    }

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    /// What [#readBuffer] holds up to its position, to be taken apart before the next reading.
    ByteBuffer bytesRead() {
        return bytesRead.clear().put(readBuffer.flip()).flip();
    }

    Gathering gathering() {
        return gathering;
    }

    ReadList readList() {
        return readList;
    }

    FlushList flushList() {
        return flushList;
    }

    long nowNanos() {
        return clockNanos.getAsLong();
    }
}
