package localchat.broken.n1.core.model;

final class BreaksByThread {
    void start() {
        Thread.startVirtualThread(() -> {});
    }
}
