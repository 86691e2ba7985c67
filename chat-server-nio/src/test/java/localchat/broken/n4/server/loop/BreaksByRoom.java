package localchat.broken.n4.server.loop;

import localchat.broken.n4.server.room.Room;

record BreaksByRoom(Room room) {}
