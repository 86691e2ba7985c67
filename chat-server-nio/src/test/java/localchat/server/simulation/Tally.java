package localchat.server.simulation;

import java.util.EnumMap;
import java.util.Map;
import localchat.server.room.PostOutcome;

/// How often what happened, to know that runs are not about nothing.
final class Tally {
    /// What a run is meant to meet.
    enum Happening {
        STEP,
        COMMIT,
        FAILED_COMMIT,
        FAILED_READING,
        FULL_QUEUE,
        CRASH,
        RESTORE,
        LOGIN,
        LOST_CONNECTION,
        SLOW_READER,
        STORED,
        DUPLICATE,
        REFUSED_FOR_GOOD,
        REFUSED_RETRYABLY,
        FLIGHT_RAISED,
        STORED_UNHEARD,
        RECEIVED,
        RESUMED,
        RESUMED_WITH_HOLE,
        INVALID_CACHE,
        GAP_FETCHED,
        LAG,
        REMOVED_FROM_ROOM
    }

    private final Map<Happening, Long> counts = new EnumMap<>(Happening.class);

    void add(Happening what) {
        add(what, 1);
    }

    void add(Happening what, long times) {
        counts.merge(what, times, Long::sum);
    }

    void add(PostOutcome outcome) {
        add(
                switch (outcome) {
                    case PostOutcome.Stored _ -> Happening.STORED;
                    case PostOutcome.Duplicate _ -> Happening.DUPLICATE;
                    case PostOutcome.Refused refused ->
                            refused.code().retryable()
                                    ? Happening.REFUSED_RETRYABLY
                                    : Happening.REFUSED_FOR_GOOD;
                });
    }

    void add(Tally other) {
        other.counts.forEach(this::add);
    }

    long of(Happening what) {
        return counts.getOrDefault(what, 0L);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
