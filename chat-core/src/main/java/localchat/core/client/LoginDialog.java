package localchat.core.client;

import com.google.protobuf.ByteString;
import java.util.function.Supplier;
import localchat.core.client.SecuredSocket.ServerProof;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.UserName;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.ServerFrame;

/// The login on one connection. Belongs to the session thread.
///
/// ```
/// hello() ──► awaiting Challenge ──► awaiting Welcome ──► Admitted
///                    └──────────────────────┴─► Refused
/// ```
final class LoginDialog {
    /// What to do after a frame.
    sealed interface Step {
        /// Send this and wait for more.
        record Answer(ClientFrame frame) implements Step {}

        /// Wait for more.
        record Wait() implements Step {}

        /// Logged in.
        record Admitted(Admission admission) implements Step {}

        /// No login on this connection.
        record Refused(Loss loss) implements Step {}
    }

    private static final long HELLO_REQUEST = 1;
    private static final long LOGIN_REQUEST = 2;

    /// Request ids up to here are the login's own.
    static final long REQUEST_ID_MAX = LOGIN_REQUEST;

    private final SessionConfig config;
    private final Credentials credentials;
    private final Supplier<ServerProof> proof;
    private boolean challenged;

    /// What a login says of the person.
    ///
    /// @param takeCode a code, asked for when it is sent, and of no use afterwards
    record Credentials(UserName name, Supplier<Admittance> takeCode) {}

    /// @param proof what the server has proved, asked once a frame came
    LoginDialog(SessionConfig config, Credentials credentials, Supplier<ServerProof> proof) {
        this.config = config;
        this.credentials = credentials;
        this.proof = proof;
    }

    /// What opens every connection.
    ClientFrame hello() {
        return ClientFrame.newBuilder()
                .setRequestId(HELLO_REQUEST)
                .setHello(
                        Hello.newBuilder()
                                .setProtocolVersion(ProtocolLimits.VERSION)
                                .setClientName(config.clientName()))
                .build();
    }

    /// Takes the next frame.
    Step on(ServerFrame frame) throws MalformedFrameException {
        return switch (frame.getKindCase()) {
            case CHALLENGE -> onChallenge(frame.getChallenge());
            case WELCOME -> onWelcome(frame);
            case ERROR -> new Step.Refused(refusal(frame.getError()));
            case GOODBYE ->
                    new Step.Refused(
                            Loss.farewell(
                                    config.server(), frame.getGoodbye(), Failure.LOGIN_REFUSED));
            case PING -> challenged ? pong(frame.getPing()) : stranger();
            default -> challenged ? new Step.Wait() : stranger();
        };
    }

    /// What the loss of the connection during the login means: before its challenge nothing shows
    /// that a chat server is there.
    Loss lost(Loss loss) {
        return switch (loss.reason()) {
            case PEER_CLOSED, PEER_RESET, FRAME_EMPTY, FRAME_MALFORMED, FRAME_TOO_LARGE ->
                    challenged ? closedDuringLogin(loss.reason()) : notAChatServer(loss.reason());
            default -> loss;
        };
    }

    /// What it means that the time for connecting ran out.
    Loss timedOut() {
        String text = Connector.timedOut(config.server(), config.connectTimeout());
        return Loss.passing(Failure.TIMED_OUT, CloseReason.LOGIN_TIMEOUT, text);
    }

    private Step onChallenge(Challenge challenge) throws MalformedFrameException {
        if (challenged) {
            return new Step.Refused(closedDuringLogin(CloseReason.WRONG_STATE));
        }
        if (challenge.getProtocolVersion() != ProtocolLimits.VERSION) {
            return new Step.Refused(Loss.upgradeRequired(config.server()));
        }
        Digest32 serverKeyHash =
                WireDecoding.digest("challenge.server_key_hash", challenge.getServerKeyHash());
        if (proof.get() instanceof ServerProof.Key key && !key.hash().equals(serverKeyHash)) {
            return new Step.Refused(otherKey(serverKeyHash));
        }
        byte[] nonce = WireDecoding.nonce(challenge.getNonce());
        challenged = true;
        Login.Builder login =
                Login.newBuilder()
                        .setDevicePublicKey(ByteString.copyFrom(config.key().rawPublicKey()))
                        .setSignature(
                                ByteString.copyFrom(config.key().proveLogin(serverKeyHash, nonce)))
                        .setUserName(credentials.name().value())
                        .setDeviceName(config.deviceName());
        switch (credentials.takeCode().get()) {
            case Admittance.None() -> {}
            case Admittance.Invite(String code) -> login.setInviteCode(code);
            case Admittance.DeviceCode(String code) -> login.setDeviceCode(code);
            case Admittance.RecoveryCode(String code) -> login.setRecoveryCode(code);
            case Admittance.AdminCode(String code) -> login.setAdminCode(code);
        }
        return new Step.Answer(
                ClientFrame.newBuilder().setRequestId(LOGIN_REQUEST).setLogin(login).build());
    }

    private Step onWelcome(ServerFrame frame) throws MalformedFrameException {
        return challenged ? new Step.Admitted(Admission.of(frame.getWelcome())) : stranger();
    }

    /// A login for another key than the one the server has proved could be used by whoever stands
    /// between.
    private Loss otherKey(Digest32 named) {
        return Loss.lasting(
                Failure.KEY_CHANGED,
                CloseReason.HANDSHAKE_FAILED,
                "The server at "
                        + config.server()
                        + " asks for a login for another key, "
                        + named
                        + ", than the one it has. Somebody may stand between, so no login was sent.");
    }

    private static Step pong(Ping ping) {
        return new Step.Answer(
                ClientFrame.newBuilder()
                        .setPong(Pong.newBuilder().setToken(ping.getToken()))
                        .build());
    }

    private Step stranger() {
        return new Step.Refused(notAChatServer(CloseReason.WRONG_STATE));
    }

    private Loss notAChatServer(CloseReason reason) {
        return Loss.passing(
                Failure.NOT_A_CHAT_SERVER,
                reason,
                "Something answers at " + config.server() + ", but it is not a Local Chat server.");
    }

    private Loss closedDuringLogin(CloseReason reason) {
        return Loss.passing(
                Failure.LOGIN_REFUSED,
                reason,
                "The server at "
                        + config.server()
                        + " broke off the login: "
                        + reason.words()
                        + ".");
    }

    /// A refused login, with the cause by which a front end says what to do about it.
    private Loss refusal(Error error) {
        ErrorCode code = WireDecoding.errorCode(error.getCode());
        String words =
                "The server at "
                        + config.server()
                        + " refused the login: "
                        + Loss.words(error.getText(), code.name());
        return switch (code) {
            case NAME_TAKEN -> nameTaken(error);
            case INVITE_REQUIRED -> refused(Failure.INVITE_REQUIRED, words);
            case CODE_INVALID -> refused(Failure.CODE_INVALID, words);
            case DEVICE_UNKNOWN ->
                    Loss.lasting(Failure.DEVICE_REVOKED, CloseReason.DEVICE_REVOKED, words);
            case UPGRADE_REQUIRED -> Loss.upgradeRequired(config.server());
            case DEVICE_BANNED ->
                    new Loss(
                            Failure.BANNED,
                            CloseReason.BANNED,
                            "The server at "
                                    + config.server()
                                    + " does not let this device in: "
                                    + Loss.words(error.getText(), "banned"),
                            Loss.Remedy.STOP,
                            Integer.toUnsignedLong(error.getRetryAfterMs()));
            case RATE_LIMITED -> again(Failure.TRY_LATER, words, error);
            default ->
                    error.getRetryable() || code.retryable() || code == ErrorCode.INTERNAL
                            ? again(Failure.LOGIN_REFUSED, words, error)
                            : refused(Failure.LOGIN_REFUSED, words);
        };
    }

    /// Worth further attempts after a loss: an administrator may free the name again.
    private Loss nameTaken(Error error) {
        String text =
                "The name \""
                        + credentials.name()
                        + "\" is taken at "
                        + config.server()
                        + ". If it is yours, a code from your other device or your recovery code"
                        + " lets you in.";
        return again(Failure.NAME_TAKEN, text, error);
    }

    private static Loss refused(Failure failure, String text) {
        return Loss.lasting(failure, CloseReason.LOGIN_REFUSED, text);
    }

    private static Loss again(Failure failure, String text, Error error) {
        return new Loss(
                failure,
                CloseReason.LOGIN_REFUSED,
                text,
                Loss.Remedy.AGAIN,
                Integer.toUnsignedLong(error.getRetryAfterMs()));
    }
}
