package localchat.client.fx.chat;

import localchat.core.model.Availability;

/// Somebody in a room as a row of the list of people.
///
/// @param self whether it is the person in front of this window
public record PersonRow(long userId, String name, Availability availability, boolean self) {}
