package localchat.server.storage;

/// How much a power cut may cost.
public enum Durability {
    /// Nothing that was acknowledged: the disk is waited for at every commit.
    FULL(2),
    /// The last commits: the disk is waited for at checkpoints alone. For tests that must see loss.
    NORMAL(1),
    /// Anything. For tests that must see loss.
    OFF(0);

    private final int synchronous;

    Durability(int synchronous) {
        this.synchronous = synchronous;
    }

    /// The value of SQLite's `PRAGMA synchronous`.
    int synchronous() {
        return synchronous;
    }
}
