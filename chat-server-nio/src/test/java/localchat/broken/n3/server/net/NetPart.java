package localchat.broken.n3.server.net;

public final class NetPart {}
