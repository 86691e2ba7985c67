package localchat.server.benchmark;

import java.util.ArrayList;
import java.util.List;

/// How long a message takes to everybody when the server is not at its limit.
final class LatencyCase implements BenchmarkCase {
    private static final int PUBLISHERS = 8;

    /// Members of a room from which on fewer messages are sent a second.
    private static final int LARGE_ROOM_MEMBERS = 500;

    private static final int MESSAGES_PER_SECOND = 200;
    private static final int MESSAGES_PER_SECOND_LARGE = 50;

    private final Setup setup;

    LatencyCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Latency";
    }

    @Override
    public String explanation() {
        return "Messages are due at fixed times, and latency counts from then until a member has"
                + " read it, over all deliveries. Sender late: how long the generator itself kept a"
                + " message back, at worst, which no server can help.";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.P50_MICROS,
                Figure.P99_MICROS,
                Figure.P999_MICROS,
                Figure.MAX_MICROS,
                Figure.SENDER_LATE_MICROS,
                Figure.DELIVERIES_PER_SECOND,
                Figure.SERVER_CPU_PERCENT,
                Figure.MISSING,
                Figure.OUT_OF_ORDER);
    }

    @Override
    public Figure compared() {
        return Figure.P99_MICROS;
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int members : setup.plan().members()) {
            int rate =
                    members < LARGE_ROOM_MEMBERS ? MESSAGES_PER_SECOND : MESSAGES_PER_SECOND_LARGE;
            RoomLoad load =
                    new RoomLoad(
                            Seating.oneRoom(members),
                            Math.min(PUBLISHERS, members),
                            1,
                            () -> new Load.OpenLoop(rate));
            String setting = "%,d members, %d messages/s".formatted(members, rate);
            for (Contender contender : Contender.AGAINST_LIMIT) {
                rows.add(Row.of(setting, contender, () -> load.measure(setup, contender)));
            }
        }
        return rows;
    }
}
