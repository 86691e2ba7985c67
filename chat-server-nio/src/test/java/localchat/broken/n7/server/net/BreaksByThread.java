package localchat.broken.n7.server.net;

final class BreaksByThread {
    void hold() {
        Thread.onSpinWait();
    }
}
