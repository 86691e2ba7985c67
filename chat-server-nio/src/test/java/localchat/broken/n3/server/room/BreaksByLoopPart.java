package localchat.broken.n3.server.room;

import localchat.broken.n3.server.loop.LoopPart;

record BreaksByLoopPart(LoopPart part) {}
