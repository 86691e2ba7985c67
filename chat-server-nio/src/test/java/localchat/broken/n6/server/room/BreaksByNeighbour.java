package localchat.broken.n6.server.room;

import localchat.broken.n6.server.storage.Log;

record BreaksByNeighbour(Log log) {}
