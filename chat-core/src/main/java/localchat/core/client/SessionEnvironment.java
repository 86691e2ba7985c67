package localchat.core.client;

import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.ThreadFactory;

/// What a session takes from outside and tests replace.
///
/// @param random makes message ids and the jitter of waits; used from any thread
/// @param threads makes a reader and a writer for each connection
/// @param sessionThreads makes the session thread
record SessionEnvironment(
        Clock clock,
        Random random,
        SessionTimings timings,
        ThreadFactory threads,
        ThreadFactory sessionThreads) {
    /// The machine's own; all threads virtual, so that hundreds of sessions cost little, but for a
    /// session thread that waits for a disk: in native code a virtual thread would hold up others.
    static SessionEnvironment standard(boolean waitsForDisk) {
        ThreadFactory virtual = Thread.ofVirtual().name("localchat-session-", 0).factory();
        ThreadFactory platform =
                Thread.ofPlatform().daemon().name("localchat-session-disk-", 0).factory();
        return new SessionEnvironment(
                new SystemClock(),
                new SecureRandom(),
                SessionTimings.STANDARD,
                virtual,
                waitsForDisk ? platform : virtual);
    }
}
