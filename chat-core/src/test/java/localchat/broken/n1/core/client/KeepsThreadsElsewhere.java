package localchat.broken.n1.core.client;

final class KeepsThreadsElsewhere {
    void start() {
        Thread.startVirtualThread(() -> {});
    }
}
