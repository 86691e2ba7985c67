package localchat.client.fx.i18n;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Points in time as words of a language and of the clock's zone.
public final class TimeWords {
    private final Texts texts;
    private final Clock clock;
    private final DateTimeFormatter time;
    private final DateTimeFormatter date;
    private final DateTimeFormatter full;

    /// Words in the language of `texts`, days counted in the zone of `clock`.
    public TimeWords(Texts texts, Clock clock) {
        this.texts = texts;
        this.clock = clock;
        Locale locale = texts.language().locale();
        time = DateTimeFormatter.ofPattern("HH:mm", locale);
        date = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(locale);
        full =
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.MEDIUM)
                        .withLocale(locale);
    }

    /// Hours and minutes: `14:05`.
    public String time(long millis) {
        return time.format(at(millis));
    }

    /// Today, Yesterday, or the date in full.
    public String day(long millis) {
        LocalDate day = at(millis).toLocalDate();
        LocalDate today = LocalDate.now(clock);
        if (day.equals(today)) {
            return texts.get("day.today");
        }
        return day.equals(today.minusDays(1)) ? texts.get("day.yesterday") : date.format(day);
    }

    /// Date and time in full.
    public String full(long millis) {
        return full.format(at(millis)).replace('\u202f', '\u00a0');
    }

    private ZonedDateTime at(long millis) {
        return Instant.ofEpochMilli(millis).atZone(clock.getZone());
    }
}
