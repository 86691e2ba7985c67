package localchat.broken.n5.core.protocol;

import javax.net.ssl.SSLEngine;

record BreaksByEngine(SSLEngine engine) {}
