package localchat.broken.n4.server.loop;

import java.nio.channels.Selector;

record KeepsToSelector(Selector selector) {}
