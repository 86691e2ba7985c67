package localchat.server.account;

/// What a code is good for.
public enum CodeKind {
    /// Lets a newcomer in.
    INVITE,
    /// Adds a device to the person who asked for it.
    DEVICE,
    /// Adds a device to the person who once wrote it down.
    RECOVERY,
    /// Makes the first administrator.
    ADMIN
}
