package localchat.broken.n11.core.model;

import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
record KeepsNullDeclared(String name, List<@Nullable String> notes) {
    @Nullable String first() {
        return notes.isEmpty() ? null : notes.getFirst();
    }
}
