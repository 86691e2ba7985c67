package localchat.broken.n9.client.fx;

import localchat.broken.n9.core.protocol.Limits;

record BreaksByProtocolCell(Limits limits) {}
