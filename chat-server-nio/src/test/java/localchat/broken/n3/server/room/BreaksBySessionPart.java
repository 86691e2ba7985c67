package localchat.broken.n3.server.room;

import localchat.broken.n3.server.session.SessionPart;

record BreaksBySessionPart(SessionPart part) {}
