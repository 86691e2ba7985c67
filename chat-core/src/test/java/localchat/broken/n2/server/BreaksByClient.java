package localchat.broken.n2.server;

import localchat.broken.n2.client.Client;

record BreaksByClient(Client client) {}
