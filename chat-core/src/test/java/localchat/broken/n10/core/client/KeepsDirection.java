package localchat.broken.n10.core.client;

import localchat.broken.n10.core.model.BreaksByProtocol;

record KeepsDirection(BreaksByProtocol other) {}
