package localchat.server.storage;

/// Whose read marker in which room.
record ReaderKey(long userId, long roomId) {}
