package localchat.server.benchmark;

import java.io.IOException;

/// What all cases need.
///
/// @param bed starts the servers
/// @param plan how much is measured
/// @param eventBytes of the chat's event with the text of the benchmark, prefix included; the
///   limit's frames have as many
record Setup(TestBed bed, Plan plan, int eventBytes) {
    /// Asks the chat how long its events are: logs in, says one thing and looks at what comes.
    static Setup of(TestBed bed, Plan plan) throws IOException {
        ChatWire wire = new ChatWire(1, Credentials.UNPROVEN);
        try (MeasuredProcess server = bed.start(Contender.CHAT);
                Crowd crowd = new Crowd(wire, server.address(), Seating.oneRoom(1), 1)) {
            crowd.seat(1, 1);
            Publishers publishers = new Publishers(crowd, 1, 1);
            publishers.send(System.nanoTime());
            while (wire.firstEventBytes() == 0) {
                crowd.turn(20);
            }
        }
        return new Setup(bed, plan, wire.firstEventBytes());
    }

    /// The wire of one run.
    Wire wire(Contender contender, Seating seating) {
        return switch (contender) {
            case CHAT, IN_MEMORY -> new ChatWire(seating.rooms(), Credentials.UNPROVEN);
            case ON_DISK -> new ChatWire(seating.rooms(), Credentials.SIGNED);
            case LIMIT -> new LimitWire(eventBytes);
        };
    }
}
