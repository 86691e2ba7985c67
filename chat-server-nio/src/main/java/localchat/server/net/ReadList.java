package localchat.server.net;

import java.util.ArrayDeque;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;

/// Connections that have something to be read, each once, in the order in which they became so:
/// whoever is not reached in one turn is first in the next. Belongs to the loop thread.
final class ReadList {
    /// Connections read in one turn. Reason: some milliseconds of system calls, however little each
    /// of them says.
    static final int CONNECTIONS_PER_TURN = 2_048;

    /// Frames in one turn, after which no further connection is read. Reason: some 10 ms of work;
    /// those who wait for what was posted are not kept waiting by those who post.
    static final int FRAMES_PER_TURN = 8_192;

    /// Bytes in one turn, after which no further connection is read. Reason: as above, for large
    /// frames.
    static final int BYTES_PER_TURN = 8 * 1024 * 1024;

    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private final Counters counters;

    ReadList(Counters counters) {
        this.counters = counters;
    }

    void add(Connection connection) {
        waiting.addLast(connection);
    }

    /// Reads those waiting, within the budget of one turn.
    ///
    /// @return whether some are left
    boolean read() {
        long frames = counters.get(Counter.FRAMES_IN) + FRAMES_PER_TURN;
        long bytes = counters.get(Counter.BYTES_IN) + BYTES_PER_TURN;
        int connections = Math.min(CONNECTIONS_PER_TURN, waiting.size());
        for (int i = 0;
                i < connections
                        && counters.get(Counter.FRAMES_IN) < frames
                        && counters.get(Counter.BYTES_IN) < bytes;
                i++) {
            waiting.removeFirst().onRead();
        }
        return isWaiting();
    }

    /// Whether any waits.
    boolean isWaiting() {
        return !waiting.isEmpty();
    }
}
