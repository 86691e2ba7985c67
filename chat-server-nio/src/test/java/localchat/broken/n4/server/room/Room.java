package localchat.broken.n4.server.room;

public final class Room {}
