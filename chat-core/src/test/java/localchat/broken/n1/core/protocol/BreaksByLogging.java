package localchat.broken.n1.core.protocol;

final class BreaksByLogging {
    void speak() {
        System.getLogger("n1").log(System.Logger.Level.INFO, "hello");
    }
}
