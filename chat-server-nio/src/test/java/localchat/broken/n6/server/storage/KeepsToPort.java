package localchat.broken.n6.server.storage;

import localchat.broken.n6.server.room.Room;

record KeepsToPort(Room room, Log log) {}
