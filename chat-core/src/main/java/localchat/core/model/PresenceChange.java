package localchat.core.model;

/// One change in a room's list of people.
///
/// @param person as after the change
public record PresenceChange(Person person, PresenceKind kind) {}
