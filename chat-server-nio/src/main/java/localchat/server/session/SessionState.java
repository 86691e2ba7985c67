package localchat.server.session;

import com.google.protobuf.ByteString;
import localchat.core.model.Digest32;
import localchat.core.protocol.wire.Login;

/// How far a session has come. Each state holds only what is valid in it.
///
/// | state | goes on by | to |
/// |---|---|---|
/// | AwaitingHello | Hello | AwaitingLogin |
/// | AwaitingLogin | Login, well formed | Proving |
/// | Proving | the proof's check | LoggedIn, or the connection closes |
/// | LoggedIn | the connection's end | Ended |
///
/// Any state goes to Ended when the connection closes. What a state does not name closes the
/// connection with WRONG_STATE, a second login excepted, which is answered NOT_NOW.
sealed interface SessionState {
    /// Connected; nothing was said yet.
    record AwaitingHello() implements SessionState {}

    /// Challenged.
    ///
    /// @param nonce [localchat.core.protocol.ProtocolLimits#NONCE_BYTES] random bytes
    record AwaitingLogin(ByteString nonce, String clientName) implements SessionState {}

    /// The signature is being checked on another thread.
    record Proving(long requestId, Login login, Digest32 device, String clientName)
            implements SessionState {}

    /// A user is there.
    record LoggedIn(Member member) implements SessionState {}

    /// Nothing more will be done.
    record Ended() implements SessionState {}
}
