package localchat.broken.n7.server.room;

import java.util.concurrent.atomic.AtomicLong;

record BreaksByConcurrent(AtomicLong seq) {}
