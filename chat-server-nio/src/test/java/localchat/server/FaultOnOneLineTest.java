package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultOnOneLineTest {
    private final FaultOnOneLine converter = new FaultOnOneLine();

    @Test
    void writesAStackWithItsCauseOnOneLine() {
        RuntimeException fault =
                new IllegalStateException("two\r\nlines", new RuntimeException("\tcause"));
        String line = converted(fault);
        assertTrue(line.startsWith(" java.lang.IllegalStateException: two lines at "), line);
        assertTrue(line.contains("Caused by: java.lang.RuntimeException: cause"), line);
        assertFalse(line.matches("(?s).*[\r\n\t].*"), line);
    }

    @Test
    void writesNothingWhereNothingWasThrown() {
        converter.start();
        assertEquals("", converter.convert(new LoggingEvent()));
    }

    private String converted(RuntimeException fault) {
        converter.setOptionList(List.of("20"));
        converter.start();
        LoggingEvent event = new LoggingEvent();
        event.setThrowableProxy(new ThrowableProxy(fault));
        return converter.convert(event);
    }
}
