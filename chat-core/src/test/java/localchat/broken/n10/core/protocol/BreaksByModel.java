package localchat.broken.n10.core.protocol;

import localchat.broken.n10.core.model.BreaksByProtocol;

public record BreaksByModel(BreaksByProtocol other) {}
