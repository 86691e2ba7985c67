package localchat.server.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A room at full speed in which one member hardly reads.
final class SlowReaderCase implements BenchmarkCase {
    private static final int PUBLISHERS = 8;
    private static final int MESSAGES_IN_FLIGHT = 64;
    private static final int BYTES_PER_SECOND = 1024;

    /// Events that the chat keeps in memory. Reason: the slow reader is fed from them and falls
    /// behind by some 30,000 a second.
    private static final int EVENTS_KEPT = 2_000_000;

    private final Setup setup;

    SlowReaderCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Slow reader";
    }

    @Override
    public String explanation() {
        return ("Figures of the other members, beside one that reads %,d bytes a second. Behind:"
                        + " messages that it has not seen at the end of the measured span. Then it"
                        + " reads at full speed and must get all of them in order.")
                .formatted(BYTES_PER_SECOND);
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.P50_MICROS,
                Figure.P99_MICROS,
                Figure.P999_MICROS,
                Figure.DELIVERIES_PER_SECOND,
                Figure.CPU_SECONDS_PER_MILLION,
                Figure.MESSAGES_BEHIND,
                Figure.CATCH_UP_SECONDS,
                Figure.MISSING,
                Figure.OUT_OF_ORDER);
    }

    @Override
    public Figure compared() {
        return Figure.P99_MICROS;
    }

    @Override
    public List<Row> rows() {
        int members = setup.plan().slowMembers();
        String usual = "%,d members".formatted(members);
        RoomLoad load =
                new RoomLoad(
                        Seating.oneRoom(members),
                        Math.min(PUBLISHERS, members - 1),
                        ThroughputCase.CHECK_EVERY,
                        () -> new Load.ClosedLoop(MESSAGES_IN_FLIGHT));
        List<Row> rows = new ArrayList<>();
        for (Contender contender : Contender.AGAINST_LIMIT) {
            rows.add(Row.of(usual, contender, () -> load.measure(setup, contender)));
            rows.add(
                    Row.of(
                            usual + ", one of them slow",
                            contender,
                            () -> measureWithSlowOne(load, contender)));
        }
        return rows;
    }

    private Figures measureWithSlowOne(RoomLoad load, Contender contender) throws IOException {
        Plan plan = setup.plan();
        Seating seating = load.seating();
        Wire wire = setup.wire(contender, seating);
        try (MeasuredProcess server =
                        setup.bed().start(contender, "--keep", String.valueOf(EVENTS_KEPT));
                Crowd crowd = new Crowd(wire, server.address(), seating, load.checkEvery())) {
            crowd.seat(seating.people(), load.publishers());
            crowd.slowDown(BYTES_PER_SECOND);
            Publishers senders =
                    new Publishers(crowd, load.publishers(), seating.membersPerRoom() - 1);
            Figures figures =
                    new LoadRun(crowd, senders, server, setup.bed().kernel())
                            .measure(load.pace().get(), plan.warmUpSeconds(), plan.seconds());
            long behind = senders.sent() - crowd.clients().getLast().received();
            return figures.count(Figure.MESSAGES_BEHIND, behind)
                    .put(Figure.CATCH_UP_SECONDS, crowd.catchUp(senders.sent()))
                    .count(Figure.MISSING, crowd.missing(senders.sentToRoom()))
                    .count(Figure.OUT_OF_ORDER, crowd.outOfOrder());
        }
    }
}
