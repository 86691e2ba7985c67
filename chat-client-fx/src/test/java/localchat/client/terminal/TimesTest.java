package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final long MORNING = 1_795_256_130_123L; // 2026-11-21T10:15:30.123Z

    @Test
    void writesRfc3339InUtcAlwaysWithMilliseconds() {
        assertEquals("2026-11-21T10:15:30.123Z", Times.rfc3339(MORNING));
        assertEquals("2026-11-21T10:15:30.000Z", Times.rfc3339(MORNING - 123));
        assertEquals("2026-11-21T10:15:00.007Z", Times.rfc3339(MORNING - 30_116));
        assertEquals("1970-01-01T00:00:00.000Z", Times.rfc3339(0));
    }

    @Test
    void bringsTimesThatNobodyCanWriteToTheNearest() {
        assertEquals("1970-01-01T00:00:00.000Z", Times.rfc3339(Long.MIN_VALUE));
        assertEquals("9999-12-31T23:59:59.999Z", Times.rfc3339(Long.MAX_VALUE));
        assertEquals("23:59", new Times(ZoneOffset.UTC).hourAndMinute(Long.MAX_VALUE));
    }

    @Test
    void tellsTheTimeOfTheReadersWall() {
        assertEquals("10:15", new Times(ZoneOffset.UTC).hourAndMinute(MORNING));
        assertEquals("07:15", new Times(ZoneId.of("America/Sao_Paulo")).hourAndMinute(MORNING));
        assertEquals("00:05", new Times(ZoneOffset.UTC).hourAndMinute(5 * 60_000));
    }

    @Test
    void writesDaysInBothLanguages() {
        LocalDate day = new Times(ZoneOffset.UTC).day(MORNING);
        assertEquals("Saturday, November 21, 2026", Times.dayInWords(day, Locale.ENGLISH));
        assertEquals(
                "sábado, 21 de novembro de 2026", Times.dayInWords(day, Locale.of("pt", "BR")));
    }
}
