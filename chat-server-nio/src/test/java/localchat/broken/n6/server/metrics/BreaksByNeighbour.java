package localchat.broken.n6.server.metrics;

import localchat.broken.n6.server.storage.Log;

record BreaksByNeighbour(Log log) {}
