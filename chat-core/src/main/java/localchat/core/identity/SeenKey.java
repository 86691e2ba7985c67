package localchat.core.identity;

import localchat.core.model.Digest32;

/// The key that a server proved to have in a handshake, after [ServerPin#check].
public sealed interface SeenKey {
    /// Its hash: what a login signs.
    Digest32 hash();

    /// It is the pinned key.
    record Pinned(Digest32 hash) implements SeenKey {}

    /// The pinned key named it as its successor: from now on it is the one to pin.
    ///
    /// @param before the key that was pinned
    record Succeeded(Digest32 hash, Digest32 before) implements SeenKey {}

    /// No key was pinned: it is to be remembered, and called unverified until people have compared
    /// [KeyWords].
    record Unverified(Digest32 hash) implements SeenKey {}
}
