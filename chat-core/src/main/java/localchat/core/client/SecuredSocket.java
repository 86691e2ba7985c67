package localchat.core.client;

import java.net.Socket;
import localchat.core.model.Digest32;

/// A connection over which nothing was sent yet, and the key that the server proved to have.
///
/// @param key what the login must be for
record SecuredSocket(Socket socket, ServerProof key) {
    /// What is known of the server after the handshake.
    sealed interface ServerProof {
        /// Nothing: there was no handshake.
        record None() implements ServerProof {}

        /// It has this key.
        ///
        /// @param verified whether the key came from a link, or the person has compared it
        /// @param isNew whether nobody knew it before this connection
        record Key(Digest32 hash, boolean verified, boolean isNew) implements ServerProof {}
    }
}
