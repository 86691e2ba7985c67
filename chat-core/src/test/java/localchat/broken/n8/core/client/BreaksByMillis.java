package localchat.broken.n8.core.client;

import java.util.function.LongSupplier;

final class BreaksByMillis {
    LongSupplier millis() {
        return System::currentTimeMillis;
    }
}
