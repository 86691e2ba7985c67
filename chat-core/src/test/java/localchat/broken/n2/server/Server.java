package localchat.broken.n2.server;

public final class Server {}
