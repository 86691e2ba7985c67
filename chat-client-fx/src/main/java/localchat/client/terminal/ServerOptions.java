package localchat.client.terminal;

import java.util.List;
import java.util.Optional;
import localchat.core.client.Admittance;
import localchat.core.identity.JoinLink;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// What `--server` and the options about trust amount to.
///
/// @param server the first address to try
/// @param admittance the invite of a join link
record ServerOptions(ServerAddress server, TrustWish trust, Admittance admittance) {
    /// One that admits nobody by itself.
    ServerOptions(ServerAddress server, TrustWish trust) {
        this(server, trust, Admittance.none());
    }

    private static final String SCHEME = "localchat:";

    /// @param server `HOST:PORT`, or a join link
    /// @param key of the server, from `--key`
    /// @throws IllegalArgumentException when the server is neither; the message says why
    /// @throws ConflictException when the options contradict each other
    static ServerOptions of(
            String server, Optional<Digest32> key, boolean acceptNew, boolean plaintext)
            throws ConflictException {
        if (server.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return ofLink(JoinLink.parse(server), key, plaintext);
        }
        ServerAddress address = ServerAddress.parse(server);
        if (plaintext) {
            if (key.isPresent() || acceptNew) {
                throw new ConflictException(Text.PLAINTEXT_HAS_NO_KEY);
            }
            if (!address.isLoopback()) {
                throw new ConflictException(Text.PLAINTEXT_ONLY_HERE);
            }
            return new ServerOptions(address, new TrustWish.Plaintext());
        }
        return new ServerOptions(
                address,
                key.<TrustWish>map(known -> new TrustWish.Key(known, List.of()))
                        .orElseGet(() -> new TrustWish.Typed(acceptNew)));
    }

    private static ServerOptions ofLink(JoinLink link, Optional<Digest32> key, boolean plaintext)
            throws ConflictException {
        if (plaintext) {
            throw new ConflictException(Text.PLAINTEXT_HAS_NO_KEY);
        }
        if (key.isPresent() && !key.get().equals(link.key())) {
            throw new ConflictException(Text.LINK_HAS_OTHER_KEY);
        }
        List<ServerAddress> addresses = link.addresses();
        return new ServerOptions(
                addresses.getFirst(),
                new TrustWish.Key(link.key(), addresses.subList(1, addresses.size())),
                link.invite().<Admittance>map(Admittance.Invite::new).orElseGet(Admittance::none));
    }

    /// Options that contradict each other.
    static final class ConflictException extends Exception {
        private static final long serialVersionUID = 1;

        private final Text text;

        ConflictException(Text text) {
            super(text.name());
            this.text = text;
        }

        Text text() {
            return text;
        }
    }
}
