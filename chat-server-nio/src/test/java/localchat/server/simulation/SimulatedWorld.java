package localchat.server.simulation;

import java.util.HashMap;
import java.util.Map;
import localchat.server.loop.ManualClock;

/// What all parts of one run share: time, chance, the plan, and what people know of each other.
record SimulatedWorld(
        ManualClock clock,
        Dice dice,
        Plan plan,
        Tally tally,
        Trace trace,
        Map<String, Long> userIds) {
    SimulatedWorld(Dice dice, Plan plan) {
        this(new ManualClock(), dice, plan, new Tally(), new Trace(), new HashMap<>());
    }

    long nowNanos() {
        return clock.nanos();
    }
}
