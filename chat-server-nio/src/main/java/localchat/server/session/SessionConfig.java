package localchat.server.session;

import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.server.net.NetLimits;

/// What all sessions of a server share.
///
/// @param serverId names the server; caches of clients are keyed by it
/// @param serverKeyHash SHA-256 of the server's public key
/// @param serverName what the server calls itself
/// @param proofRequired false only for benchmarks: then a login needs no valid signature
/// @param postsPerSecond posts of one person, refill of the allowance; 0: no limit
/// @param postsBurst size of the allowance
/// @param net limits of connections, as told to clients
public record SessionConfig(
        Id128 serverId,
        Digest32 serverKeyHash,
        String serverName,
        boolean proofRequired,
        int postsPerSecond,
        int postsBurst,
        NetLimits net) {
    /// Rooms one session may be in; one more is refused with TOO_MANY_ROOMS. Reason: more than a
    /// person reads; each costs a cursor of 64 bytes.
    public static final int ROOMS_PER_SESSION_MAX = 100;

    /// Messages on a page of history. Reason: a screen or three; sixteen of the longest fit a
    /// frame.
    public static final int HISTORY_PAGE_MESSAGES_MAX = 100;

    /// People on a page. Reason: 500 with the longest names fit a frame.
    public static final int PEOPLE_PAGE_MAX = 500;

    /// Rooms on a page. Reason: 120 with the longest names and topics fit a frame.
    public static final int ROOMS_PAGE_MAX = 120;

    /// Longest missing tail that a resume sends; a longer one is left as a hole behind the newest
    /// page. Reason: some seconds of a busy room; what is older is fetched when somebody looks at
    /// it.
    public static final int RESUME_EVENTS_MAX = 2_000;

    /// Requests other than posts that a client keeps unanswered. A client past it may be answered
    /// BUSY.
    public static final int REQUESTS_IN_FLIGHT_MAX = 64;

    /// Requests of one session in the long run, a second; posts, pings and typing apart. Past it
    /// BUSY. Reason: a person who scrolls and switches makes a few; each may cost the loop up to a
    /// millisecond.
    public static final int REQUESTS_PER_SECOND = 50;

    /// Requests at once. Reason: entering every room, with history and people of each, after a
    /// reconnect.
    public static final int REQUESTS_BURST = 400;

    /// Posts that a client keeps unanswered. A client past it may be answered BUSY.
    public static final int POSTS_IN_FLIGHT_MAX = 1_024;
}
