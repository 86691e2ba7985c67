package localchat.broken.n2.core;

import localchat.broken.n2.server.Server;

record BreaksByServer(Server server) {}
