package localchat.server.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localchat.server.counters.Counter;

/// What a server counted from its start to its end, read from its log. There it stands at the very
/// end, in lines of `counters LABEL=VALUE LABEL=VALUE …` without those that are 0.
final class LoggedCounters {
    /// Time, level and message.
    private static final Pattern LINE = Pattern.compile("\\S+ +INFO +counters (.*)");

    private static final Pattern ENTRY = Pattern.compile("(\\w+)=(-?\\d+)");

    private final Map<String, Long> values = new HashMap<>();

    private LoggedCounters() {}

    /// @param log all of its lines; those that are about something else are passed over
    static LoggedCounters read(List<String> log) {
        LoggedCounters counters = new LoggedCounters();
        for (String line : log) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                ENTRY.matcher(matcher.group(1))
                        .results()
                        .forEach(entry ->
                                counters.values.put(
                                        entry.group(1), Long.parseLong(entry.group(2))));
            }
        }
        return counters;
    }

    /// The value; NaN when the server did not log any, as one that was killed.
    double get(Counter counter) {
        return values.isEmpty() ? Double.NaN : values.getOrDefault(counter.label(), 0L);
    }
}
