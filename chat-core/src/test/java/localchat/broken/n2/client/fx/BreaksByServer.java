package localchat.broken.n2.client.fx;

import localchat.broken.n2.server.Server;

record BreaksByServer(Server server) {}
