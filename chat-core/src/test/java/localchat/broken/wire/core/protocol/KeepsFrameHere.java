package localchat.broken.wire.core.protocol;

import localchat.broken.wire.core.protocol.wire.Frame;

record KeepsFrameHere(Frame frame) {}
