package localchat.broken.n3.server.session;

public final class SessionPart {}
