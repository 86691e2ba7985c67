package localchat.broken.n5.server.net;

import javax.net.ssl.SSLEngine;

record BreaksByEngine(SSLEngine engine) {}
