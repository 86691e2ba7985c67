package localchat.broken.n11.core.model;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
record BreaksByNullableComponent(String name, @Nullable String note) {}
