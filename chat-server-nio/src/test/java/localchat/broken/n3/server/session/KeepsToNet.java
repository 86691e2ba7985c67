package localchat.broken.n3.server.session;

import localchat.broken.n3.server.net.NetPart;

record KeepsToNet(NetPart part) {}
