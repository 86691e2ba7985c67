package localchat.server.benchmark;

/// What is measured.
enum Contender {
    /// The packaged chat server.
    CHAT("chat"),
    /// [LimitServer], the yardstick.
    LIMIT("limit");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
