package localchat.server.benchmark;

import java.io.IOException;

/// When messages are sent.
sealed interface Load {
    /// Sends what is due.
    void publish(Publishers publishers, Tally tally, long nowNanos) throws IOException;

    /// Longest time to wait for bytes before [#publish] is to be called again, in milliseconds.
    int pauseMillis();

    /// As fast as the server goes: so many messages are in flight in all, where in flight means not
    /// yet seen by every member.
    record ClosedLoop(int messagesInFlight) implements Load {
        @Override
        public void publish(Publishers publishers, Tally tally, long nowNanos) {
            long inFlight = publishers.deliveriesDue() - tally.deliveries();
            long full = (long) messagesInFlight * publishers.receivers();
            for (long free = full - inFlight;
                    free >= publishers.receivers();
                    free -= publishers.receivers()) {
                publishers.send(nowNanos);
            }
        }

        @Override
        public int pauseMillis() {
            return 20;
        }
    }

    /// At fixed times, whatever the server does. Each message is stamped with the time when it was
    /// due, so that the queue of a server that stalls is counted.
    final class OpenLoop implements Load {
        /// Deliveries outstanding at which a run is given up. Reason: the server does not keep up,
        /// and a percentile of its growing queue says nothing.
        private static final long OUTSTANDING_MAX = 5_000_000;

        private final long gapNanos;
        private final long startNanos = System.nanoTime();
        private long count;

        OpenLoop(int messagesPerSecond) {
            gapNanos = 1_000_000_000L / messagesPerSecond;
        }

        @Override
        public void publish(Publishers publishers, Tally tally, long nowNanos) throws IOException {
            long due = startNanos + count * gapNanos;
            while (due - nowNanos <= 0) {
                publishers.send(due);
                tally.onSent(due, nowNanos);
                count++;
                due += gapNanos;
            }
            if (publishers.deliveriesDue() - tally.deliveries() > OUTSTANDING_MAX) {
                throw new IOException("the server is not fast enough for this load");
            }
        }

        /// Never sleeps: a wait for bytes ends only on a whole millisecond.
        @Override
        public int pauseMillis() {
            return 0;
        }
    }
}
