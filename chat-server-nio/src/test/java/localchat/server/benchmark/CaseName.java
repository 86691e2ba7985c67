package localchat.server.benchmark;

/// The cases, by the name that the command line has for them, in the order in which they run.
enum CaseName {
    THROUGHPUT,
    DURABLE,
    ROOMS,
    LATENCY,
    SLOW,
    IDLE;

    BenchmarkCase with(Setup setup) {
        return switch (this) {
            case THROUGHPUT -> new ThroughputCase(setup);
            case DURABLE -> new DurableCase(setup);
            case ROOMS -> new ManyRoomsCase(setup);
            case LATENCY -> new LatencyCase(setup);
            case SLOW -> new SlowReaderCase(setup);
            case IDLE -> new IdleCase(setup);
        };
    }
}
