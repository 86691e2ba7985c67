package localchat.client.terminal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as they are typed: `30s`, `10m`, `2h`, `7d`, `4w`. Pure.
final class Spans {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhdw])");

    private Spans() {}

    /// The span that a word says; empty when it says none.
    static Optional<Duration> of(String word) {
        Matcher span = SPAN.matcher(word);
        if (!span.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(span.group(1));
        return Optional.of(
                switch (span.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    case "d" -> Duration.ofDays(count);
                    default -> Duration.ofDays(7 * count);
                });
    }
}
