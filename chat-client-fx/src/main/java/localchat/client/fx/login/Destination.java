package localchat.client.fx.login;

import java.util.Optional;
import localchat.core.client.Admittance;
import localchat.core.identity.JoinLink;
import localchat.core.model.ServerAddress;

/// Where a login leads, and what opens the door there.
///
/// @param server the address to try first, and what is shown of it
/// @param link the join link that was given, if one was
/// @param admittance the code that was entered, else the invite of the link
public record Destination(ServerAddress server, Optional<JoinLink> link, Admittance admittance) {
    /// Without a code but for the link's.
    public Destination(ServerAddress server, Optional<JoinLink> link) {
        this(
                server,
                link,
                link.flatMap(JoinLink::invite)
                        .<Admittance>map(Admittance.Invite::new)
                        .orElseGet(Admittance::none));
    }

    /// An address that was typed.
    static Destination typed(ServerAddress server) {
        return new Destination(server, Optional.empty());
    }

    /// A link that was pasted.
    static Destination linked(JoinLink link) {
        return new Destination(link.addresses().getFirst(), Optional.of(link));
    }

    /// The same with a code that was entered.
    Destination with(Admittance code) {
        return new Destination(server, link, code);
    }

    /// Whether somebody pasted a link, or tried to.
    static boolean isLink(String text) {
        String scheme = "localchat:";
        return text.strip().regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
