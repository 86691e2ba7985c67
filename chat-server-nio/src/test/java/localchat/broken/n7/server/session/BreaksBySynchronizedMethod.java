package localchat.broken.n7.server.session;

final class BreaksBySynchronizedMethod {
    private long count;

    synchronized void count() {
        count++;
    }
}
