package localchat.client.terminal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Writes the times of messages. They are the server's and may be any number: what RFC 3339 cannot
/// say is brought to the nearest it can.
final class Times {
    /// 9999-12-31T23:59:59.999Z, the last time with a year of four digits.
    private static final long MILLIS_MAX = 253_402_300_799_999L;

    private final ZoneId zone;

    /// @param zone of the person who reads
    Times(ZoneId zone) {
        this.zone = zone;
    }

    /// Hours and minutes of the reader's clock on the wall: `09:05`.
    String hourAndMinute(long timeMillis) {
        LocalTime time = instant(timeMillis).atZone(zone).toLocalTime();
        return twoDigits(time.getHour()) + ":" + twoDigits(time.getMinute());
    }

    /// The reader's calendar day.
    LocalDate day(long timeMillis) {
        return instant(timeMillis).atZone(zone).toLocalDate();
    }

    /// Day and time of the reader's calendar, for lists: `2026-11-21 10:15`.
    String dayAndTime(long timeMillis) {
        return day(timeMillis) + " " + hourAndMinute(timeMillis);
    }

    /// When a day begins on the reader's calendar, milliseconds since 1970-01-01T00:00:00Z.
    long millisOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /// A day in words.
    static String dayInWords(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale).format(day);
    }

    /// RFC 3339 in UTC with milliseconds: `2026-11-21T10:15:30.123Z`.
    static String rfc3339(long timeMillis) {
        Instant instant = instant(timeMillis);
        String whole = Instant.ofEpochSecond(instant.getEpochSecond()).toString();
        String millis = Integer.toString(1_000 + instant.getNano() / 1_000_000).substring(1);
        return whole.substring(0, whole.length() - 1) + "." + millis + "Z";
    }

    private static Instant instant(long timeMillis) {
        return Instant.ofEpochMilli(Math.clamp(timeMillis, 0, MILLIS_MAX));
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
