package localchat.server.storage;

/// The [StoragePoints] of stores opened from now on. Static, against the rule, because tests that
/// kill a server at such a point start the whole server, which knows nothing of them.
final class InstalledPoints {
    private static volatile StoragePoints installed = StoragePoints.NONE;

    private InstalledPoints() {}

    static StoragePoints get() {
        return installed;
    }

    /// For the main of a process that a test starts, before the server in it.
    static void install(StoragePoints points) {
        installed = points;
    }
}
