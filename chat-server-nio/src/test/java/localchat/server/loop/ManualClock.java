package localchat.server.loop;

/// Time that passes when the test says so.
public final class ManualClock implements Clock {
    private long nanos = 1_000_000_000_000L;

    public void pass(long byNanos) {
        nanos += byNanos;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return 1_800_000_000_000L + nanos / 1_000_000;
    }
}
