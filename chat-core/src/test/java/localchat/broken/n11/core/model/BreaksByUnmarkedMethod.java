package localchat.broken.n11.core.model;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;

@NullMarked
final class BreaksByUnmarkedMethod {
    @NullUnmarked
    String name() {
        return null;
    }
}
