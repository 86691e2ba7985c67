package localchat.server.benchmark;

import java.io.IOException;
import java.util.function.Supplier;

/// A run of messages: who sits where, who sends, and how fast.
///
/// @param seating of all people
/// @param publishers people who send, the first ones
/// @param checkEvery every so many people one examines order and latency
/// @param pace makes the load; a fresh one for each run
record RoomLoad(Seating seating, int publishers, int checkEvery, Supplier<Load> pace) {
    /// Starts a server, seats everybody, and measures it.
    Figures measure(Setup setup, Contender contender) throws IOException {
        try (MeasuredProcess server = setup.bed().start(contender)) {
            return measure(setup, contender, server);
        }
    }

    /// Seats everybody at a server, and measures it. In the end everybody has gone and it still
    /// runs.
    Figures measure(Setup setup, Contender contender, MeasuredProcess server) throws IOException {
        Wire wire = setup.wire(contender, seating);
        try (Crowd crowd = new Crowd(wire, server.address(), seating, checkEvery)) {
            crowd.seat(seating.people(), publishers * seating.roomsEach());
            Publishers senders = new Publishers(crowd, publishers, seating.membersPerRoom());
            Figures figures =
                    new LoadRun(crowd, senders, server, setup.bed().kernel())
                            .measure(
                                    pace.get(),
                                    setup.plan().warmUpSeconds(),
                                    setup.plan().seconds());
            return figures.count(Figure.MESSAGES_SENT, senders.sent())
                    .count(Figure.MISSING, crowd.missing(senders.sentToRoom()))
                    .count(Figure.OUT_OF_ORDER, crowd.outOfOrder());
        }
    }
}
