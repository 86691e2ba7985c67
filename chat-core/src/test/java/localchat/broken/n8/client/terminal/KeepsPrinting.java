package localchat.broken.n8.client.terminal;

final class KeepsPrinting {
    void print() {
        System.out.println("hello");
    }
}
