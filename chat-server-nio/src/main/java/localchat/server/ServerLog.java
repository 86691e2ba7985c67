package localchat.server;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/// The server's log. Its form is in `logback.xml`: one line an event, on stderr, written by a
/// thread of its own so that a terminal that does not take its lines never holds the loop.
final class ServerLog {
    private ServerLog() {}

    /// Writes out what waits and ends logging.
    static void flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
