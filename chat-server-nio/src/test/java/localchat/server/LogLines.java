package localchat.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Reads the server's log in place of the operator, and remembers what an operator must not see:
/// lines that are too long, and faults.
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    /// Longest line, in bytes.
    public static final int BYTES_MAX = 512;

    /// Bytes of a line before its message: the time and the level, as in `logback.xml`.
    private static final int AROUND_BYTES = "2026-01-01T00:00:00.000+00:00 ERROR \n".length();

    private final Logger server = (Logger) LoggerFactory.getLogger("localchat.server");
    private final List<String> complaints = new ArrayList<>();
    private int count;
    private int longest;
    private String last = "";

    /// Reads from now on; nothing goes to the console meanwhile.
    public LogLines() {
        start();
        server.setAdditive(false);
        server.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = EscapedMessage.escape(event.getFormattedMessage());
        int bytes = AROUND_BYTES + line.length();
        count++;
        last = line;
        longest = Math.max(longest, bytes);
        if (bytes > BYTES_MAX) {
            complaints.add(bytes + " bytes: " + line);
        }
        if (event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.WARN)) {
            complaints.add(event.getLevel() + ": " + line);
        }
    }

    /// What an operator must not see.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// Lines read.
    public int count() {
        return count;
    }

    /// The message of the line read last.
    public String last() {
        return last;
    }

    /// The longest line read, in bytes.
    public int longest() {
        return longest;
    }

    @Override
    public void close() {
        server.detachAppender(this);
        server.setAdditive(true);
        stop();
    }
}
