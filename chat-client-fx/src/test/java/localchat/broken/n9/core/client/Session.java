package localchat.broken.n9.core.client;

public final class Session {}
