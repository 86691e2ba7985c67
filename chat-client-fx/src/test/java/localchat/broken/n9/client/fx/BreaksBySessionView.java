package localchat.broken.n9.client.fx;

import localchat.broken.n9.core.client.Session;

record BreaksBySessionView(Session session) {}
