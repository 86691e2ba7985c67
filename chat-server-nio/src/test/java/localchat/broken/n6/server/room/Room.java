package localchat.broken.n6.server.room;

public final class Room {}
