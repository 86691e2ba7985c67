package localchat.core.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that a test turns.
final class ManualClock implements Clock {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long epochMillis() {
        return 2_000;
    }
}
