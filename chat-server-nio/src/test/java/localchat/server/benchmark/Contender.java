package localchat.server.benchmark;

import java.util.List;

/// What is measured. A case that asks for nothing else has [#AGAINST_LIMIT].
enum Contender {
    /// The packaged chat server.
    CHAT("chat"),
    /// [LimitServer], the yardstick.
    LIMIT("limit"),
    /// The same as [#CHAT], where its like on disk stands beside it.
    IN_MEMORY("chat, in memory"),
    /// The packaged chat server that keeps its messages in a data folder.
    ON_DISK("chat, on disk");

    /// The chat, and the least that a server can do.
    static final List<Contender> AGAINST_LIMIT = List.of(CHAT, LIMIT);

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
