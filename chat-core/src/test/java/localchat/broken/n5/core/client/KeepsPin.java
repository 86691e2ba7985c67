package localchat.broken.n5.core.client;

import javax.net.ssl.SSLSession;

record KeepsPin(SSLSession session) {}
