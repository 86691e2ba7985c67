package localchat.server.counters;

/// What is counted, each with the label it has in logs and metrics and a sentence that says what it
/// means.
public enum Counter {
    TURNS("loop_turns", "Turns of the event loop."),
    TURNS_SLOW("loop_turns_slow", "Turns that kept the loop busy for more than 50 ms."),
    TURN_LONGEST_NANOS(
            "loop_turn_longest_nanoseconds", "The longest busy time of one turn so far."),
    FAULTS("loop_faults", "Exceptions where none should be; each cost at most one connection."),
    SELECTS_EMPTY("selects_empty", "Selects that came back early without anything to do."),
    SELECTORS_REPLACED("selectors_replaced", "Selectors made anew because they span without work."),
    CONNECTIONS_ACCEPTED("connections_accepted", "Connections accepted."),
    ACCEPT_FAILURES("accept_failures", "Accepts that failed, mostly for want of file descriptors."),
    LOGINS("logins", "Logins that succeeded."),
    LOGINS_REFUSED("logins_refused", "Logins that were refused."),
    BYTES_IN("bytes_in", "Bytes read from connections."),
    BYTES_OUT("bytes_out", "Bytes written to connections."),
    FRAMES_IN("frames_in", "Whole frames received."),
    WRITES("writes", "Write calls on sockets."),
    WRITES_PARTIAL("writes_partial", "Write calls that could not write everything."),
    COMMITS("commits", "Group commits of the message log; each decided one post or more."),
    EVENTS("events", "Events committed to rooms."),
    DELIVERIES("deliveries", "Events handed to sockets, once per receiver."),
    PRESENCE_FRAMES("presence_frames", "Presence and typing frames queued, once per receiver."),
    PRESENCE_DROPPED(
            "presence_dropped", "Presence and typing frames not queued for a receiver that lags."),
    LAGS("lags", "Times that a member needed events its room's live ring no longer had."),
    MEMBERS_LAGGING("members_lagging", "Members behind their room's live ring now."),
    CATCH_UP_READS(
            "catch_up_reads", "Readings from the message log for members behind the live ring."),
    COMMIT_POSTS("commit_posts", "Posts decided by group commits."),
    COMMIT_GROUP_MAX("commit_group_max", "The most posts decided by one group commit so far."),
    COMMIT_LONGEST_NANOS("commit_longest_nanoseconds", "The longest group commit so far."),
    READINGS("readings", "Readings from the store that were answered."),
    STORAGE_REFUSALS("storage_refusals", "Posts refused because the store could not be written.");

    private final String label;
    private final String meaning;

    Counter(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /// The name in logs and metrics: lower case, words joined by `_`, unit last.
    public String label() {
        return label;
    }

    /// What it counts, one sentence.
    public String meaning() {
        return meaning;
    }
}
