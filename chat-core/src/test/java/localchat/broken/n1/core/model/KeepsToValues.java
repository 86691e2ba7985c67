package localchat.broken.n1.core.model;

import java.time.Instant;

record KeepsToValues(String name, Instant at) {}
