package localchat.server.benchmark;

import java.util.ArrayList;
import java.util.List;

/// As many messages as go through one room.
final class ThroughputCase implements BenchmarkCase {
    private static final int PUBLISHERS = 8;
    private static final int MESSAGES_IN_FLIGHT = 64;

    /// Every so many members one examines what it receives. Reason: enough to find a fault, few
    /// enough to leave the generator faster than the server.
    static final int CHECK_EVERY = 10;

    private final Setup setup;

    ThroughputCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Throughput, one room";
    }

    @Override
    public String explanation() {
        return "In flight: not yet seen by every member. CPU-s/M: the server's CPU seconds for a"
                + " million deliveries, user and system. Per read: deliveries a read call of a"
                + " member brings, which is how far the server coalesces.";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.DELIVERIES_PER_SECOND,
                Figure.CPU_SECONDS_PER_MILLION,
                Figure.USER_SECONDS_PER_MILLION,
                Figure.SYSTEM_SECONDS_PER_MILLION,
                Figure.DELIVERIES_PER_READ,
                Figure.P50_MICROS,
                Figure.P99_MICROS,
                Figure.SERVER_CPU_PERCENT,
                Figure.GENERATOR_CPU_PERCENT,
                Figure.MISSING,
                Figure.OUT_OF_ORDER);
    }

    @Override
    public Figure compared() {
        return Figure.CPU_SECONDS_PER_MILLION;
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int members : setup.plan().members()) {
            addRows(rows, members, Math.min(PUBLISHERS, members), MESSAGES_IN_FLIGHT);
            addRows(rows, members, 1, 1);
        }
        return rows;
    }

    private void addRows(List<Row> rows, int members, int publishers, int inFlight) {
        RoomLoad load =
                new RoomLoad(
                        Seating.oneRoom(members),
                        publishers,
                        CHECK_EVERY,
                        () -> new Load.ClosedLoop(inFlight));
        String setting =
                "%,d members, %d sending, %d in flight".formatted(members, publishers, inFlight);
        for (Contender contender : Contender.AGAINST_LIMIT) {
            rows.add(Row.of(setting, contender, () -> load.measure(setup, contender)));
        }
    }
}
