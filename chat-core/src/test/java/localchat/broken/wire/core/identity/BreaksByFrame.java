package localchat.broken.wire.core.identity;

import localchat.broken.wire.core.protocol.wire.Frame;

record BreaksByFrame(Frame frame) {}
