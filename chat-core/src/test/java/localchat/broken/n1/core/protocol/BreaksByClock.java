package localchat.broken.n1.core.protocol;

import java.time.Clock;
import java.time.Instant;

final class BreaksByClock {
    Instant now() {
        return Clock.systemUTC().instant();
    }
}
