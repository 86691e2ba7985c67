package localchat.broken.n8.core.client;

final class BreaksByStackTrace {
    void print(Exception e) {
        e.printStackTrace();
    }
}
