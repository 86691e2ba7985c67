package localchat.broken.n3.server.room;

import localchat.broken.n3.server.net.NetPart;

record BreaksByNetPart(NetPart part) {}
