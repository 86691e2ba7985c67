package localchat.server;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// What was thrown, on the line of its message, with a blank before it; nothing when nothing was.
/// `logback.xml` knows it as `%fault`.
public final class FaultOnOneLine extends ThrowableProxyConverter {
    /// Made by logback.
    public FaultOnOneLine() {}

    @Override
    public String convert(ILoggingEvent event) {
        return event.getThrowableProxy() == null
                ? ""
                : " " + super.convert(event).replaceAll("[\\r\\n\\t ]+", " ");
    }
}
