package localchat.server.net;

import java.util.ArrayDeque;

/// Connections that have something to write, each once, in the order in which they became so.
/// Belongs to the loop thread.
final class FlushList {
    /// Connections written to in one turn. Reason: about 10 ms of system calls; then the sockets
    /// are read again, and what comes in meanwhile makes the writes of the rest larger instead of
    /// more.
    static final int CONNECTIONS_PER_TURN = 2_048;

    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();

    void add(Connection connection) {
        waiting.addLast(connection);
    }

    /// Flushes those waiting, within the budget of one turn.
    ///
    /// @return whether some are left
    boolean flush() {
        int budget = Math.min(CONNECTIONS_PER_TURN, waiting.size());
        for (int i = 0; i < budget; i++) {
            waiting.removeFirst().onFlush();
        }
        return !waiting.isEmpty();
    }
}
