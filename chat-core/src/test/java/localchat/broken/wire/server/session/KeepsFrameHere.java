package localchat.broken.wire.server.session;

import localchat.broken.wire.core.protocol.wire.Frame;

record KeepsFrameHere(Frame frame) {}
