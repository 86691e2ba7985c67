package localchat.broken.n10.core.model;

import localchat.broken.n10.core.protocol.BreaksByModel;

public record BreaksByProtocol(BreaksByModel other) {}
