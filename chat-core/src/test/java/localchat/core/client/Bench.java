package localchat.core.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import localchat.core.protocol.wire.ClientFrame;

/// The shared parts of a session on a test's own thread, with a clock to turn: what is sent and
/// told is collected.
final class Bench {
    final ManualClock clock = new ManualClock();
    final List<SessionEvent> told = new ArrayList<>();
    final List<ClientFrame> sent = new ArrayList<>();
    final SessionParts parts;

    Bench() {
        ThreadFactory none =
                task -> {
                    throw new AssertionError("no threads here: " + task);
                };
        SessionEnvironment environment =
                new SessionEnvironment(clock, new Random(1), SessionTimings.STANDARD, none, none);
        parts = SessionParts.of(environment, told::add);
    }

    Bench connect() {
        parts.uplink().attach(sent::add);
        return this;
    }

    void advance(Duration by) {
        clock.advance(by);
        parts.timers().fireDue();
    }

    /// What was sent since the last call.
    List<ClientFrame> takeSent() {
        List<ClientFrame> all = List.copyOf(sent);
        sent.clear();
        return all;
    }
}
