package localchat.server.counters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import localchat.core.model.CloseReason;

/// The values of all counters, and how many connections ended for which reason. Written by the loop
/// thread as plain numbers; [#publish] makes them visible to other threads once per turn, so that
/// counting costs the hot path no more than an addition.
public final class Counters {
    private static final int REASONS = CloseReason.values().length;
    private static final int COUNTERS = Counter.values().length;

    private final long[] values = new long[COUNTERS + REASONS];
    private final AtomicLongArray published = new AtomicLongArray(values.length);

    /// Adds one. Loop thread only, like all that writes.
    public void add(Counter counter) {
        values[place(counter)]++;
    }

    /// Adds `amount`, which is below 0 only for a counter of what there is now.
    public void add(Counter counter, long amount) {
        values[place(counter)] += amount;
    }

    /// Raises the value to `amount` if it is lower.
    public void max(Counter counter, long amount) {
        int place = place(counter);
        values[place] = Math.max(values[place], amount);
    }

    /// A connection ended.
    public void closed(CloseReason reason) {
        values[place(reason)]++;
    }

    /// The value now. Loop thread only.
    public long get(Counter counter) {
        return values[place(counter)];
    }

    /// Makes the values visible to other threads. Called at the end of each turn.
    public void publish() {
        for (int i = 0; i < values.length; i++) {
            if (published.getPlain(i) != values[i]) {
                published.setRelease(i, values[i]);
            }
        }
    }

    /// The value at the end of the turn before. Safe from any thread.
    public long published(Counter counter) {
        return published.getAcquire(place(counter));
    }

    /// Connections that ended for this reason, at the end of the turn before. Safe from any thread.
    public long published(CloseReason reason) {
        return published.getAcquire(place(reason));
    }

    /// Everything published that is not 0, as `label=value` with a blank between, reasons as
    /// `closed_REASON`; in lines of at most `lengthMax` characters. Safe from any thread.
    public List<String> publishedLines(int lengthMax) {
        List<String> lines = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            append(lines, lengthMax, counter.label(), published(counter));
        }
        for (CloseReason reason : CloseReason.values()) {
            append(lines, lengthMax, "closed_" + reason, published(reason));
        }
        return lines;
    }

    private static void append(List<String> lines, int lengthMax, String label, long value) {
        String entry = label + "=" + value;
        if (value == 0) {
            return;
        }
        if (lines.isEmpty() || lines.getLast().length() + 1 + entry.length() > lengthMax) {
            lines.add(entry);
        } else {
            lines.add(lines.removeLast() + " " + entry);
        }
    }

    @SuppressWarnings("EnumOrdinal") // A place in an array of this process, kept nowhere else.
    private static int place(Counter counter) {
        return counter.ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // As above.
    private static int place(CloseReason reason) {
        return COUNTERS + reason.ordinal();
    }
}
