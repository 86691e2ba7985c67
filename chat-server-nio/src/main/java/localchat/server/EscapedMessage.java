package localchat.server;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// A log message on one line: everything but printable ASCII becomes an escape of four hexadecimal
/// digits as in Java, so that no name can forge a line or reach the terminal that shows it.
/// `logback.xml` knows it as `%escaped`.
public final class EscapedMessage extends MessageConverter {
    /// Longest message, in characters; the rest is cut. Reason: with time and level a line stays
    /// under 512 bytes, whatever names are in it.
    static final int LENGTH_MAX = 440;

    private static final String CUT = "...";

    /// Made by logback.
    public EscapedMessage() {}

    @Override
    public String convert(ILoggingEvent event) {
        return escape(event.getFormattedMessage());
    }

    static String escape(String message) {
        if (message.length() <= LENGTH_MAX && isPlain(message)) {
            return message;
        }
        StringBuilder escaped = new StringBuilder(message.length() + 16);
        for (int i = 0; i < message.length() && escaped.length() <= LENGTH_MAX; i++) {
            char c = message.charAt(i);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append("\\u%04x".formatted((int) c));
            }
        }
        if (escaped.length() > LENGTH_MAX) {
            escaped.setLength(LENGTH_MAX - CUT.length());
            escaped.append(CUT);
        }
        return escaped.toString();
    }

    private static boolean isPlain(String message) {
        for (int i = 0; i < message.length(); i++) {
            if (!isPlain(message.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }
}
