package localchat.broken.n7.server.room;

final class KeepsToItself {
    private long count;

    void count() {
        count++;
    }
}
