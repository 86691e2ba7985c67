package localchat.core.client;

/// What the parts of one session share. All belong to the session thread.
record SessionParts(
        Uplink uplink,
        PendingRequests requests,
        Timers timers,
        Ear ear,
        SessionEnvironment environment) {
    static SessionParts of(SessionEnvironment environment, SessionListener listener) {
        Uplink uplink = new Uplink();
        Timers timers = new Timers(environment.clock());
        PendingRequests requests =
                new PendingRequests(uplink, timers, environment.timings().requestTimeout());
        return new SessionParts(uplink, requests, timers, new Ear(listener), environment);
    }
}
