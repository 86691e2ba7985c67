package localchat.core.client;

/// Where an own message stands.
public enum PostState {
    /// Kept here until the connection takes it; again so after a loss or a refusal that will be
    /// retried.
    WAITING,
    /// On its way; not yet answered.
    SENT,
    /// The server has it; its event was or is being delivered.
    STORED,
    /// Refused for good; the error says why.
    FAILED
}
