package localchat.server.admin;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Closes channels that take too long, which ends whatever blocks on them. Sockets of the Unix
/// domain have no timeouts of their own.
final class Patience implements AutoCloseable {
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(
                    1,
                    task -> Thread.ofPlatform().name("control-patience").daemon().unstarted(task));

    Patience() {
        watch.setRemoveOnCancelPolicy(true);
    }

    /// Something that is to be over before the time is.
    interface Limit extends AutoCloseable {
        /// It is over.
        @Override
        void close();
    }

    /// Closes the channel after this time, unless the limit is closed before; at once when this
    /// patience is closed.
    Limit limit(Channel channel, Duration time) {
        try {
            var closing =
                    watch.schedule(
                            () -> closeQuietly(channel), time.toNanos(), TimeUnit.NANOSECONDS);
            return () -> closing.cancel(false);
        } catch (RejectedExecutionException e) {
            closeQuietly(channel);
            return () -> {};
        }
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing of it is left to be used.
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
