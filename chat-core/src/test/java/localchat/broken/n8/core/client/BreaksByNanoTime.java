package localchat.broken.n8.core.client;

final class BreaksByNanoTime {
    long nanos() {
        return System.nanoTime();
    }
}
