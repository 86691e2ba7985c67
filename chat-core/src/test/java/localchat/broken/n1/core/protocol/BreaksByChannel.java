package localchat.broken.n1.core.protocol;

import java.nio.channels.SocketChannel;

record BreaksByChannel(SocketChannel channel) {}
