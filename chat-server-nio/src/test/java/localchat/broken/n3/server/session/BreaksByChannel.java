package localchat.broken.n3.server.session;

import java.nio.channels.SocketChannel;

record BreaksByChannel(SocketChannel channel) {}
