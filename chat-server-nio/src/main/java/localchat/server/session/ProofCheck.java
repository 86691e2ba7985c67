package localchat.server.session;

import java.util.function.Consumer;

/// The port to where login signatures are checked, off the loop thread: one takes some tenths of a
/// millisecond.
public interface ProofCheck {
    /// Checks an Ed25519 signature; the answer comes on the loop thread.
    ///
    /// @return false when too many wait; no answer will come
    boolean check(byte[] publicKey, byte[] signed, byte[] signature, Consumer<Boolean> answer);
}
