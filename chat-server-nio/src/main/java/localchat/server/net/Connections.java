package localchat.server.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;
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
    private static final int READ_BYTES = 64 * 1024;

    private final NetLimits limits;
    private final Counters counters;
    private final LongSupplier clockNanos;
    private final Consumer<RuntimeException> faults;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Gathering gathering = new Gathering();
    private final FlushList flushList = new FlushList();
    private final ArrayList<Connection> all = new ArrayList<>();
    private final ArrayList<Connection> doomed = new ArrayList<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Map<InetAddress, LinkedHashSet<Connection>> unfinishedLogins = new HashMap<>();
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

    private static boolean isPast(int number, int max) {
        return max > 0 && number > max;
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
        doomed.add(connection);
    }

    /// The memory of frames begun changed by so many bytes. Past the limit the oldest of them goes.
    void onPartialBytes(int change) {
        partialBytes += change;
        if (limits.partialBytesMax() == 0 || partialBytes <= limits.partialBytesMax()) {
            return;
        }
        all.stream()
                .filter(connection -> connection.isOpen() && connection.bytesHeld() > 0)
                .min((a, b) -> Long.signum(a.frameBeganNanos() - b.frameBeganNanos()))
                .ifPresent(oldest -> {
                    partialBytes -= oldest.bytesHeld();
                    oldest.forgetBytesHeld();
                    oldest.close(CloseReason.PARTIAL_FRAMES_FULL);
                });
    }

    /// Writes what waits, within the budget of one turn.
    ///
    /// @return whether some is left
    public boolean flush() {
        boolean left = flushList.flush();
        gathering.clear();
        return left;
    }

    /// Closes the connections that were doomed, those included that are doomed by the closing of
    /// others.
    public void closeDoomed() {
        for (int i = 0; i < doomed.size(); i++) {
            Connection connection = doomed.get(i);
            partialBytes -= connection.bytesHeld();
            forgetLogin(connection);
            try {
                connection.onCloseDoomed();
            } catch (RuntimeException fault) {
                onFault(fault);
                connection.finish();
            }
        }
        doomed.clear();
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

    Gathering gathering() {
        return gathering;
    }

    FlushList flushList() {
        return flushList;
    }

    long nowNanos() {
        return clockNanos.getAsLong();
    }
}
