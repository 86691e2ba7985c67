package localchat.broken.wire.core.protocol.wire;

public final class Frame {}
