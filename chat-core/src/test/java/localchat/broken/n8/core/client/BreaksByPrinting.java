package localchat.broken.n8.core.client;

final class BreaksByPrinting {
    void print() {
        System.out.println("hello");
    }
}
