package localchat.broken.n11.core.model;

record BreaksByBeingUnmarked(String name) {}
