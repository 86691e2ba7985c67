package localchat.server.benchmark;

import java.util.List;
import java.util.Locale;

/// What is measured of a run: a column of a table.
enum Figure {
    MESSAGES_PER_SECOND("messages/s", 0),
    DELIVERIES_PER_SECOND("deliveries/s", 0),
    CPU_SECONDS_PER_MILLION("CPU-s/M", 3),
    USER_SECONDS_PER_MILLION("user", 3),
    SYSTEM_SECONDS_PER_MILLION("system", 3),
    DELIVERIES_PER_CPU_SECOND("deliveries/CPU-s", 0),
    DELIVERIES_PER_READ("per read", 1),
    P50_MICROS("p50 µs", 0),
    P99_MICROS("p99 µs", 0),
    P999_MICROS("p99.9 µs", 0),
    MAX_MICROS("max µs", 0),
    SENDER_LATE_MICROS("sender late, max µs", 0),
    SERVER_CPU_PERCENT("server CPU %", 0),
    GENERATOR_CPU_PERCENT("generator CPU %", 0),
    OTHER_CPU_PERCENT("other CPU %", 0),
    JOIN_SECONDS("join all, s", 2),
    RESIDENT_BYTES_PER_CONNECTION("resident B/conn.", 0),
    HEAP_BYTES_PER_CONNECTION("live heap B/conn.", 0),
    PRESENCE_FRAMES("presence frames", 0),
    IDLE_CPU_PERCENT("idle CPU %", 1),
    MESSAGES_BEHIND("behind", 0),
    CATCH_UP_SECONDS("caught up, s", 2),
    COMMIT_GROUP_MEAN("mean group", 1),
    COMMIT_GROUP_MAX("largest group", 0),
    COMMIT_LONGEST_MILLIS("longest commit, ms", 1),
    SYNC_MICROS("sync µs", 0),
    MESSAGES_SENT("sent", 0),
    MISSING("missing", 0),
    OUT_OF_ORDER("out of order", 0),
    NOT_STORED("not stored", 0);

    private final String label;
    private final int decimals;

    Figure(String label, int decimals) {
        this.label = label;
        this.decimals = decimals;
    }

    String label() {
        return label;
    }

    String text(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /// Whether anything but 0 is a fault of the server.
    boolean isFault() {
        return this == MISSING || this == OUT_OF_ORDER || this == NOT_STORED;
    }

    /// One value for all rounds: the median; of faults the sum. NaN when nothing was measured.
    double summary(List<Double> rounds) {
        List<Double> known = rounds.stream().filter(value -> !value.isNaN()).sorted().toList();
        if (known.isEmpty()) {
            return Double.NaN;
        }
        if (isFault()) {
            return known.stream().mapToDouble(Double::doubleValue).sum();
        }
        int middle = known.size() / 2;
        return known.size() % 2 == 1
                ? known.get(middle)
                : (known.get(middle - 1) + known.get(middle)) / 2;
    }
}
