package localchat.broken.wire.server.room;

import localchat.broken.wire.core.protocol.wire.Frame;

record BreaksByFrame(Frame frame) {}
