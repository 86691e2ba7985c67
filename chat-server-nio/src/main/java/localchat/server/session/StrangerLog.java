package localchat.server.session;

import java.net.InetAddress;
import java.util.function.LongSupplier;
import localchat.core.model.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator of connections that closed before their login, with the reason: scanners,
/// browsers, broken clients. A flood of them makes a few lines a second, with the number of those
/// left out. Belongs to the loop thread.
public final class StrangerLog {
    private static final Logger LOG = LoggerFactory.getLogger(StrangerLog.class);

    /// Lines a second in the long run, and at once.
    private static final int LINES_PER_SECOND = 2;

    private static final int LINES_BURST = 50;

    private final LongSupplier clockNanos;
    private final RateLimit lines;
    private long leftOut;

    /// With the loop's monotonic clock.
    public StrangerLog(LongSupplier clockNanos) {
        this.clockNanos = clockNanos;
        this.lines = new RateLimit(LINES_PER_SECOND, LINES_BURST, clockNanos.getAsLong());
    }

    void closed(InetAddress remote, CloseReason reason) {
        if (!lines.take(clockNanos.getAsLong())) {
            leftOut++;
            return;
        }
        LOG.info(
                "closed before login from={} reason={} left_out={}",
                remote.getHostAddress(),
                reason,
                leftOut);
        leftOut = 0;
    }
}
