package localchat.client.fx.chat;

import localchat.core.model.Availability;
import localchat.core.model.Role;

/// Somebody in a room as a row of the list of people.
///
/// @param self whether it is the person in front of this window
public record PersonRow(
        long userId, String name, Availability availability, boolean self, Role role) {
    /// Somebody who may no more than others.
    PersonRow(long userId, String name, Availability availability, boolean self) {
        this(userId, name, availability, self, Role.MEMBER);
    }
}
