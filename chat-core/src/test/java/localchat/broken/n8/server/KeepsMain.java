package localchat.broken.n8.server;

final class KeepsMain {
    private KeepsMain() {}

    static void print() {
        System.out.println("hello");
    }
}
