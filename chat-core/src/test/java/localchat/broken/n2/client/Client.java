package localchat.broken.n2.client;

public final class Client {}
