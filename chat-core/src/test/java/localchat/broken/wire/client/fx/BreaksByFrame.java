package localchat.broken.wire.client.fx;

import localchat.broken.wire.core.protocol.wire.Frame;

record BreaksByFrame(Frame frame) {}
