package localchat.broken.n4.core.model;

public record Seq(long value) {}
