package localchat.server.net;

import java.util.ArrayDeque;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;

/// Connections that have something to write, each once, in the order in which they became so.
/// Belongs to the loop thread.
final class FlushList {
    /// Connections written to in one turn. Reason: about 10 ms of system calls; then the sockets
    /// are read again, and what comes in meanwhile makes the writes of the rest larger instead of
    /// more.
    static final int CONNECTIONS_PER_TURN = 2_048;

    /// Bytes written in one turn, after which no further connection is served. Reason: about 10 ms
    /// of copying into the kernel.
    static final int BYTES_PER_TURN = 16 * 1024 * 1024;

    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private final Counters counters;

    FlushList(Counters counters) {
        this.counters = counters;
    }

    void add(Connection connection) {
        waiting.addLast(connection);
    }

    /// Flushes those waiting, within the budget of one turn.
    ///
    /// @return whether some are left
    boolean flush() {
        int connections = Math.min(CONNECTIONS_PER_TURN, waiting.size());
        long bytes = counters.get(Counter.BYTES_OUT) + BYTES_PER_TURN;
        for (int i = 0; i < connections && counters.get(Counter.BYTES_OUT) < bytes; i++) {
            waiting.removeFirst().onFlush();
        }
        return !waiting.isEmpty();
    }
}
