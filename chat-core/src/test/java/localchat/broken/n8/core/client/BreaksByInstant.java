package localchat.broken.n8.core.client;

import java.time.Instant;

final class BreaksByInstant {
    Instant now() {
        return Instant.now();
    }
}
