package localchat.broken.n6.server;

import localchat.broken.n6.server.room.Room;
import localchat.broken.n6.server.storage.Log;

record BreaksBySeeingBoth(Room room, Log log) {}
