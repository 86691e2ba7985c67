package localchat.core.client;

import java.io.IOException;
import java.util.List;
import localchat.core.identity.KnownServers;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;

/// How a session knows that the server is the one that is meant.
public sealed interface ServerTrust {
    /// A person has vouched for this key: it is remembered, for all addresses that have it.
    ///
    /// @throws IOException when it cannot be written down; the message is fit to be shown
    default void vouch(Digest32 key) throws IOException {
        switch (this) {
            case Plaintext() -> {}
            case Named named -> named.known.verify(key);
            case Remembered remembered -> remembered.known.verify(key);
        }
    }

    /// Not at all, and without encryption: on loopback addresses, for benchmarks and debugging.
    record Plaintext() implements ServerTrust {}

    /// By the key that a join link named, or the person. What is remembered of the server's
    /// addresses is replaced by it.
    ///
    /// @param others further addresses of the server, tried after the first
    record Named(Digest32 key, List<ServerAddress> others, KnownServers known)
            implements ServerTrust {
        /// Copies the list.
        public Named {
            others = List.copyOf(others);
        }
    }

    /// By the key that is remembered of the address. Where none is, the first connection decides:
    /// its key is remembered, and unverified until the person has compared words.
    ///
    /// @param acceptNew whether a key that nobody knows is remembered; else the session ends with
    ///   [SessionEvent.Failure#KEY_UNKNOWN]
    record Remembered(KnownServers known, boolean acceptNew) implements ServerTrust {}
}
