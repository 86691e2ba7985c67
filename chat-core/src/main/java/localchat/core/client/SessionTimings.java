package localchat.core.client;

import java.time.Duration;

/// The waits of a session. Tests shorten them.
///
/// @param pingAfter no byte came for so long: ask whether the server is there
/// @param silentAfter no byte came for so long: the connection is lost
/// @param reconnectFirst longest wait before the first attempt to connect again
/// @param reconnectMost longest wait before any later one, unless the server asks for more
/// @param requestTimeout no answer to a request for so long: it failed
record SessionTimings(
        Duration pingAfter,
        Duration silentAfter,
        Duration reconnectFirst,
        Duration reconnectMost,
        Duration requestTimeout) {
    /// The protocol's: ping after 10 s, shown offline after 25 s, reconnect within 1 s and at most
    /// 30 s apart. A server answers a request within one turn or one commit; 30 s is a broken one.
    static final SessionTimings STANDARD =
            new SessionTimings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30));
}
