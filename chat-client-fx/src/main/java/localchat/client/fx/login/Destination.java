package localchat.client.fx.login;

import java.util.Optional;
import localchat.core.identity.JoinLink;
import localchat.core.model.ServerAddress;

/// Where a login leads.
///
/// @param server the address to try first, and what is shown of it
/// @param link the join link that was given, if one was
public record Destination(ServerAddress server, Optional<JoinLink> link) {
    /// An address that was typed.
    static Destination typed(ServerAddress server) {
        return new Destination(server, Optional.empty());
    }

    /// A link that was pasted.
    static Destination linked(JoinLink link) {
        return new Destination(link.addresses().getFirst(), Optional.of(link));
    }

    /// Whether somebody pasted a link, or tried to.
    static boolean isLink(String text) {
        String scheme = "localchat:";
        return text.strip().regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
