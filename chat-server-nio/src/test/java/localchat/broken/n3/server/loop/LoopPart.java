package localchat.broken.n3.server.loop;

public final class LoopPart {}
