package localchat.broken.n4.server.loop;

import localchat.broken.n4.core.model.Seq;

record BreaksByCore(Seq seq) {}
