package localchat.broken.n9.core.protocol;

public final class Limits {}
