package localchat.broken.n6.server.storage;

public final class Log {}
