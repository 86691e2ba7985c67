package localchat.server.account;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Holds up those who guess codes. A code has 100 random bits, so nobody finds one; this keeps the
/// tries from costing the server anything. Belongs to the loop thread.
///
/// Whoever gave a wrong code waits before the next one of that kind is looked at, from one address
/// twice as long each time. When wrong codes of one kind come from many addresses, whoever has
/// already given a wrong one waits for the longest.
final class Guesses {
    /// Wrong codes of one kind from one address that cost no wait. Reason: people mistype.
    static final int FREE = 5;

    /// Shortest wait, in nanoseconds; doubled with each further wrong code.
    static final long WAIT_NANOS = 1_000_000_000L;

    /// Longest wait, in nanoseconds.
    static final long WAIT_NANOS_MAX = 60_000_000_000L;

    /// Wrong codes of one kind, from everywhere within [#WINDOW_NANOS], past which everybody who
    /// gave one waits. Reason: a school that mistypes stays below.
    static final int EVERYWHERE_MAX = 500;

    static final long WINDOW_NANOS = 60_000_000_000L;

    /// Addresses that are remembered. Reason: 2 MB; the oldest gives way.
    static final int SOURCES_MAX = 10_000;

    private record Guesser(Source source, CodeKind kind) {}

    /// @param untilNanos until then it waits
    private record Tries(int wrong, long untilNanos) {}

    private static final class Window {
        private long beganNanos;
        private int wrong;
    }

    private final Recent<Guesser, Tries> guessers = new Recent<>(SOURCES_MAX);
    private final Map<CodeKind, Window> everywhere = new EnumMap<>(CodeKind.class);

    /// How long whoever comes from there has to wait before a code is looked at, in nanoseconds; 0:
    /// not at all.
    long waitNanos(Source source, CodeKind kind, long nowNanos) {
        Optional<Tries> tries = guessers.get(new Guesser(source, kind));
        if (tries.isEmpty()) {
            return 0;
        }
        long own = Math.max(0, tries.get().untilNanos() - nowNanos);
        Window window = everywhere.get(kind);
        if (window == null || window.wrong <= EVERYWHERE_MAX) {
            return own;
        }
        return Math.max(own, window.beganNanos + WINDOW_NANOS - nowNanos);
    }

    void onWrong(Source source, CodeKind kind, long nowNanos) {
        Guesser guesser = new Guesser(source, kind);
        Tries before = guessers.get(guesser).orElse(new Tries(0, nowNanos));
        boolean longAgo = nowNanos - before.untilNanos() > WAIT_NANOS_MAX;
        int wrong = longAgo ? 1 : before.wrong() + 1;
        guessers.put(guesser, new Tries(wrong, nowNanos + waitAfter(wrong)));
        Window window = everywhere.computeIfAbsent(kind, none -> new Window());
        if (window.wrong == 0 || nowNanos - window.beganNanos >= WINDOW_NANOS) {
            window.beganNanos = nowNanos;
            window.wrong = 0;
        }
        window.wrong++;
    }

    private static long waitAfter(int wrong) {
        if (wrong <= FREE) {
            return 0;
        }
        int doublings = Math.min(wrong - FREE - 1, 10);
        return Math.min(WAIT_NANOS << doublings, WAIT_NANOS_MAX);
    }
}
