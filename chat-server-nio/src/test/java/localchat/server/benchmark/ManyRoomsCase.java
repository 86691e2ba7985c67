package localchat.server.benchmark;

import java.util.List;

/// The same people in as many rooms of ten as there are people, beside all of them in one room.
final class ManyRoomsCase implements BenchmarkCase {
    private static final int ROOMS_EACH = 10;
    private static final int MESSAGES_IN_FLIGHT = 64;
    private static final int PUBLISHERS = 8;

    private final Setup setup;

    ManyRoomsCase(Setup setup) {
        this.setup = setup;
    }

    @Override
    public String title() {
        return "Many rooms";
    }

    @Override
    public String explanation() {
        return "As many deliveries are in flight in the small rooms as in the large one. There"
                + " everybody sends to each of their "
                + ROOMS_EACH
                + " rooms, and each message read makes but "
                + ROOMS_EACH
                + " deliveries. The limit knows no rooms: it is measured in one.";
    }

    @Override
    public List<Figure> figures() {
        return List.of(
                Figure.DELIVERIES_PER_CPU_SECOND,
                Figure.DELIVERIES_PER_SECOND,
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
        return Figure.DELIVERIES_PER_CPU_SECOND;
    }

    @Override
    public List<Row> rows() {
        int people = setup.plan().people();
        int inFlight = MESSAGES_IN_FLIGHT * people / ROOMS_EACH;
        RoomLoad many =
                new RoomLoad(
                        Seating.manyRooms(people, ROOMS_EACH),
                        people,
                        ThroughputCase.CHECK_EVERY,
                        () -> new Load.ClosedLoop(inFlight));
        RoomLoad one =
                new RoomLoad(
                        Seating.oneRoom(people),
                        Math.min(PUBLISHERS, people),
                        ThroughputCase.CHECK_EVERY,
                        () -> new Load.ClosedLoop(MESSAGES_IN_FLIGHT));
        String inOne = "1 room of %,d, %d in flight".formatted(people, MESSAGES_IN_FLIGHT);
        String inMany =
                "%,d rooms of %d, %,d people, %,d in flight"
                        .formatted(people, ROOMS_EACH, people, inFlight);
        return List.of(
                new Row(inMany, Contender.CHAT, inOne, () -> many.measure(setup, Contender.CHAT)),
                Row.of(inOne, Contender.CHAT, () -> one.measure(setup, Contender.CHAT)),
                Row.of(inOne, Contender.LIMIT, () -> one.measure(setup, Contender.LIMIT)));
    }
}
