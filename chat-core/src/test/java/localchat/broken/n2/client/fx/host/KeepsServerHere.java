package localchat.broken.n2.client.fx.host;

import localchat.broken.n2.server.Server;

record KeepsServerHere(Server server) {}
