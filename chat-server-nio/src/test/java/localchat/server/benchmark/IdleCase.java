package localchat.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What people cost who are there and say nothing.
final class IdleCase implements BenchmarkCase {
    /// Connections made before the first look at memory. Reason: what is loaded and allocated once
    /// belongs to nobody.
    private static final int FIRST_CONNECTIONS = 100;

    /// Open files of a process beside its connections.
    private static final int OTHER_FILES = 200;

    /// How long it is quiet before the second look. Reason: presence of a large room may be told up
    /// to 10 s later.
    private static final int SETTLE_SECONDS = 11;

    /// Presence frames that this number of joins into one room may cost in all: the design's
    /// promise of 200,000 for 10,000.
    private static final int PRESENCE_FRAMES_PER_JOIN = 20;

    private final Setup setup;

    IdleCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Idle connections";
    }

    @Override
    public String explanation() {
        return "All in one room. Memory: the difference between %,d connections and all, for each"
                        .formatted(FIRST_CONNECTIONS)
                + " (resident: with the garbage of the logins; live heap: after a collection)."
                + " Presence frames received in all; the design allows %,d."
                        .formatted(setup.plan().connections() * PRESENCE_FRAMES_PER_JOIN)
                + " To join takes the chat three round trips and the limit one.";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.JOIN_SECONDS,
                Figure.RESIDENT_BYTES_PER_CONNECTION,
                Figure.HEAP_BYTES_PER_CONNECTION,
                Figure.PRESENCE_FRAMES,
                Figure.IDLE_CPU_PERCENT);
    }

    @Override
    public Figure compared() {
        return Figure.JOIN_SECONDS;
    }

    @Override
    public Optional<String> obstacle() {
        long needed = (long) setup.plan().connections() + OTHER_FILES;
        return Kernel.openFilesMax()
                .filter(allowed -> allowed < needed)
                .map(allowed ->
                        "%,d open files are needed and %,d allowed: raise them with ulimit -Hn"
                                .formatted(needed, allowed));
    }

    @Override
    public List<Row> rows() {
        String setting = "%,d connections".formatted(setup.plan().connections());
        List<Row> rows = new ArrayList<>();
        for (Contender contender : Contender.AGAINST_LIMIT) {
            rows.add(Row.of(setting, contender, () -> measure(contender)));
        }
        return rows;
    }

    private Figures measure(Contender contender) throws IOException {
        int connections = setup.plan().connections();
        int first = Math.min(FIRST_CONNECTIONS, connections / 2);
        Seating seating = Seating.oneRoom(connections);
        try (MeasuredProcess server = setup.bed().start(contender);
                Crowd crowd =
                        new Crowd(
                                setup.wire(contender, seating),
                                server.address(),
                                seating,
                                connections)) {
            crowd.seat(first, 0);
            double heapBefore = server.liveHeapBytes();
            double residentBefore = server.residentBytes();
            long start = System.nanoTime();
            crowd.seat(connections, 0);
            double joinSeconds = (System.nanoTime() - start) / 1e9;
            crowd.listen(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
            double resident = server.residentBytes() - residentBefore;
            CpuTime before = server.cpuTime();
            crowd.listen(TimeUnit.SECONDS.toNanos(setup.plan().seconds()));
            CpuTime idle = server.cpuTime().minus(before);
            double heap = server.liveHeapBytes() - heapBefore;
            Figures figures = new Figures();
            if (contender == Contender.CHAT) {
                figures.count(Figure.PRESENCE_FRAMES, crowd.tally().presenceFrames());
            }
            return figures.put(Figure.JOIN_SECONDS, joinSeconds)
                    .put(Figure.RESIDENT_BYTES_PER_CONNECTION, resident / (connections - first))
                    .put(Figure.HEAP_BYTES_PER_CONNECTION, heap / (connections - first))
                    .put(Figure.IDLE_CPU_PERCENT, 100 * idle.total() / setup.plan().seconds());
        }
    }
}
