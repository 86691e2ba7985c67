package localchat.broken.n7.server.room;

final class BreaksBySynchronizedBlock {
    private final Object lock = new Object();
    private long count;

    void count() {
        synchronized (lock) {
            count++;
        }
    }
}
