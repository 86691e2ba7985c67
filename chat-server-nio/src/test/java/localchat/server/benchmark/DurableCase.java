package localchat.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import localchat.server.counters.Counter;

/// What it costs to keep every message on disk before anyone sees it, against keeping it in memory.
final class DurableCase implements BenchmarkCase {
    /// How messages are sent: by so many, with so many in flight in all.
    private record Pace(int publishers, int inFlight) {}

    /// The first is the latency of one commit. The second is what the other cases measure. With the
    /// third a commit never wants for messages: twice as many are in flight as go into one.
    private static final List<Pace> PACES =
            List.of(new Pace(1, 1), new Pace(8, 64), new Pace(8, 512));

    private static final List<Contender> CONTENDERS =
            List.of(Contender.IN_MEMORY, Contender.ON_DISK);

    private static final double NANOS_PER_MILLI = 1e6;

    private final Setup setup;

    DurableCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Durable throughput, one room";
    }

    @Override
    public String explanation() {
        return "On disk: committed and synced before anyone sees it. In flight: not yet seen by"
                + " every member. Group: messages in one commit, from the start of the server to its"
                + " end, as the longest commit. Sync: one write of 4 KiB and its sync by the"
                + " benchmark itself on the same disk before the run, half of them take no longer."
                + " Not stored: messages sent without becoming events, by the server's own count.";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.MESSAGES_PER_SECOND,
                Figure.DELIVERIES_PER_SECOND,
                Figure.P50_MICROS,
                Figure.P99_MICROS,
                Figure.CPU_SECONDS_PER_MILLION,
                Figure.COMMIT_GROUP_MEAN,
                Figure.COMMIT_GROUP_MAX,
                Figure.COMMIT_LONGEST_MILLIS,
                Figure.SYNC_MICROS,
                Figure.SERVER_CPU_PERCENT,
                Figure.GENERATOR_CPU_PERCENT,
                Figure.MISSING,
                Figure.OUT_OF_ORDER,
                Figure.NOT_STORED);
    }

    @Override
    public Figure compared() {
        return Figure.MESSAGES_PER_SECOND;
    }

    @Override
    public Contender comparedWith() {
        return Contender.IN_MEMORY;
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int members : setup.plan().durableMembers()) {
            for (Pace pace : PACES) {
                addRows(rows, members, pace);
            }
        }
        return rows;
    }

    private void addRows(List<Row> rows, int members, Pace pace) {
        int publishers = Math.min(pace.publishers(), members);
        RoomLoad load =
                new RoomLoad(
                        Seating.oneRoom(members),
                        publishers,
                        ThroughputCase.CHECK_EVERY,
                        () -> new Load.ClosedLoop(pace.inFlight()));
        String setting =
                "%,d members, %d sending, %d in flight"
                        .formatted(members, publishers, pace.inFlight());
        for (Contender contender : CONTENDERS) {
            rows.add(Row.of(setting, contender, () -> measure(load, contender)));
        }
    }

    private Figures measure(RoomLoad load, Contender contender) throws IOException {
        if (contender != Contender.ON_DISK) {
            return measureServer(load, contender);
        }
        try (ScratchFolder data = setup.bed().scratchFolder()) {
            double syncMicros = DiskProbe.syncMicros(data.path());
            return measureServer(load, contender, "--data", data.path().toString())
                    .put(Figure.SYNC_MICROS, syncMicros);
        }
    }

    private Figures measureServer(RoomLoad load, Contender contender, String... chatOptions)
            throws IOException {
        try (MeasuredProcess server = setup.bed().start(contender, chatOptions)) {
            Figures figures = load.measure(setup, contender, server);
            return addCounted(figures, server.end());
        }
    }

    /// What the server counted. The groups of the log in memory are not counted.
    static Figures addCounted(Figures figures, LoggedCounters counters) {
        double stored = counters.get(Counter.EVENTS);
        figures.put(Figure.NOT_STORED, Math.abs(figures.get(Figure.MESSAGES_SENT) - stored));
        double posts = counters.get(Counter.COMMIT_POSTS);
        return posts > 0
                ? figures.put(Figure.COMMIT_GROUP_MEAN, posts / counters.get(Counter.COMMITS))
                        .put(Figure.COMMIT_GROUP_MAX, counters.get(Counter.COMMIT_GROUP_MAX))
                        .put(
                                Figure.COMMIT_LONGEST_MILLIS,
                                counters.get(Counter.COMMIT_LONGEST_NANOS) / NANOS_PER_MILLI)
                : figures;
    }
}
