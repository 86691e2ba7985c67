package localchat.broken.n3.server.room;

import java.nio.channels.SocketChannel;

record BreaksByChannel(SocketChannel channel) {}
