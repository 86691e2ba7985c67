package localchat.client.fx.chat;

import localchat.core.model.Role;
import localchat.core.model.UserName;

/// How the person in front of the window is known among the authors of messages.
///
/// @param userId given by the server; 0 before the first connection, when only the name is known
/// @param name a name belongs to one person on a server
/// @param role what they may do on the server
public record Self(long userId, UserName name, Role role) {
    /// Somebody who may no more than others, as far as is known.
    Self(long userId, UserName name) {
        this(userId, name, Role.MEMBER);
    }

    /// Whether this user is the person in front of the window.
    boolean is(long id, UserName itsName) {
        return userId > 0 ? id == userId : itsName.folded().equals(name.folded());
    }

    /// An id for what is shown here before the server said it; never sent.
    long idOrStandIn() {
        return userId > 0 ? userId : Long.MAX_VALUE;
    }
}
