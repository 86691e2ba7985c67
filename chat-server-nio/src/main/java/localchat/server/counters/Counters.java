package localchat.server.counters;

/// The values of all counters. Belongs to the loop thread.
public final class Counters {
    private final long[] values = new long[Counter.values().length];

    /// Adds one.
    public void add(Counter counter) {
        values[place(counter)]++;
    }

    /// Adds `amount`.
    public void add(Counter counter, long amount) {
        values[place(counter)] += amount;
    }

    /// Raises the value to `amount` if it is lower.
    public void max(Counter counter, long amount) {
        int place = place(counter);
        values[place] = Math.max(values[place], amount);
    }

    /// The value now.
    public long get(Counter counter) {
        return values[place(counter)];
    }

    @SuppressWarnings("EnumOrdinal") // A place in an array of this process, kept nowhere else.
    private static int place(Counter counter) {
        return counter.ordinal();
    }
}
