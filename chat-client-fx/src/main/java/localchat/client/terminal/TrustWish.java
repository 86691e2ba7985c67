package localchat.client.terminal;

import java.util.List;
import localchat.core.client.ServerTrust;
import localchat.core.identity.KnownServers;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// How the command line says that the server is to be known.
sealed interface TrustWish {
    /// Not encrypted, on a loopback address.
    record Plaintext() implements TrustWish {}

    /// By a key that was given, alone or with a join link.
    ///
    /// @param others further addresses of the link
    record Key(Digest32 key, List<ServerAddress> others) implements TrustWish {
        /// Copies the list.
        public Key {
            others = List.copyOf(others);
        }
    }

    /// By what is remembered of the address.
    ///
    /// @param acceptNew whether a key that nobody knows yet is remembered
    record Typed(boolean acceptNew) implements TrustWish {}

    /// What the session is to do.
    ///
    /// @param person whether somebody sees what is new, and can compare words
    default ServerTrust with(KnownServers known, boolean person) {
        return switch (this) {
            case Plaintext() -> new ServerTrust.Plaintext();
            case Key(Digest32 key, List<ServerAddress> others) ->
                    new ServerTrust.Named(key, others, known);
            case Typed(boolean acceptNew) -> new ServerTrust.Remembered(known, acceptNew || person);
        };
    }
}
