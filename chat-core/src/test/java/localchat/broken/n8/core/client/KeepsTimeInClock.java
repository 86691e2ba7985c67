package localchat.broken.n8.core.client;

final class KeepsTimeInClock implements Clock {
    @Override
    public long nanos() {
        return System.nanoTime();
    }
}
