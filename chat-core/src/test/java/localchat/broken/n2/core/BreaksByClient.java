package localchat.broken.n2.core;

import localchat.broken.n2.client.Client;

record BreaksByClient(Client client) {}
