package localchat.core.client;

import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

/// What a session takes from outside and tests replace.
///
/// @param random makes message ids and the jitter of waits; used from any thread
/// @param threads makes the session thread and, for each connection, a reader and a writer
record SessionEnvironment(
        Clock clock, Random random, SessionTimings timings, ThreadFactory threads) {
    /// The machine's own; all threads virtual, so that hundreds of sessions cost little.
    static SessionEnvironment standard() {
        return new SessionEnvironment(
                new SystemClock(),
                new SecureRandom(),
                SessionTimings.STANDARD,
                Thread.ofVirtual().name("localchat-session-", 0).factory());
    }
}
