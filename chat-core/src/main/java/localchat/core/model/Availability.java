package localchat.core.model;

/// Whether a person is there.
public enum Availability {
    ONLINE,
    AWAY,
    OFFLINE
}
