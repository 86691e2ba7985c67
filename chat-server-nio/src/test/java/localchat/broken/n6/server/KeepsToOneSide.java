package localchat.broken.n6.server;

import localchat.broken.n6.server.storage.Log;

record KeepsToOneSide(Log log) {}
