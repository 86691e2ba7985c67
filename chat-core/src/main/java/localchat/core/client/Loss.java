package localchat.core.client;

import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.CloseReason;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.wire.Goodbye;

/// Why a connection was lost or never made.
///
/// @param failure what it is called when it ends the session
/// @param reason what it is called when the session connects again
/// @param text English, one sentence for a person, naming the server's address
/// @param remedy what is to be done about it
/// @param retryAfterMillis how long the server asked to stay away, 0 for nothing
record Loss(
        Failure failure, CloseReason reason, String text, Remedy remedy, long retryAfterMillis) {
    /// What a client does, as section 11 of PROTOCOL.md names it.
    enum Remedy {
        /// It connects again.
        AGAIN,
        /// It broke the protocol: it connects again, but not for ever.
        FIX,
        /// No further attempt can mend it.
        STOP
    }

    /// One that may pass by itself.
    static Loss passing(Failure failure, CloseReason reason, String text) {
        return new Loss(failure, reason, text, Remedy.AGAIN, 0);
    }

    /// One that no further attempt can mend.
    static Loss lasting(Failure failure, CloseReason reason, String text) {
        return new Loss(failure, reason, text, Remedy.STOP, 0);
    }

    /// A connection that stood and broke.
    static Loss broken(ServerAddress server, CloseReason reason) {
        return broken(server, reason, reason.words());
    }

    /// A connection that stood and broke.
    ///
    /// @param what English, the end of a sentence
    static Loss broken(ServerAddress server, CloseReason reason, String what) {
        Failure failure =
                reason == CloseReason.PEER_SILENT ? Failure.TIMED_OUT : Failure.UNREACHABLE;
        return passing(failure, reason, "The connection to " + server + " was lost: " + what + ".");
    }

    /// Versions that cannot speak to each other.
    static Loss upgradeRequired(ServerAddress server) {
        return lasting(
                Failure.UPGRADE_REQUIRED,
                CloseReason.UPGRADE_REQUIRED_CLOSE,
                "This program and the server at "
                        + server
                        + " have no protocol version in common; the older of the two needs an update.");
    }

    /// The server's last word.
    ///
    /// @param otherwise the failure when the reason itself names none
    static Loss farewell(ServerAddress server, Goodbye goodbye, Failure otherwise) {
        CloseReason reason = WireDecoding.closeReason(goodbye.getReason());
        String words = words(goodbye.getText(), reason.words());
        return switch (reason) {
            case REPLACED ->
                    lasting(
                            Failure.REPLACED,
                            reason,
                            "This device logged in to " + server + " again elsewhere.");
            case KICKED, BANNED, DEVICE_REVOKED ->
                    new Loss(
                            removal(reason),
                            reason,
                            "The server at " + server + " ended the session: " + words,
                            Remedy.STOP,
                            Integer.toUnsignedLong(goodbye.getRetryAfterMs()));
            case UPGRADE_REQUIRED_CLOSE -> upgradeRequired(server);
            case LOGIN_REFUSED ->
                    lasting(
                            Failure.LOGIN_REFUSED,
                            reason,
                            "The server at " + server + " refused the login: " + words);
            default ->
                    new Loss(
                            otherwise,
                            reason,
                            "The server at " + server + " closed the connection: " + words,
                            remedy(reason),
                            Integer.toUnsignedLong(goodbye.getRetryAfterMs()));
        };
    }

    private static Failure removal(CloseReason reason) {
        return switch (reason) {
            case BANNED -> Failure.BANNED;
            case DEVICE_REVOKED -> Failure.DEVICE_REVOKED;
            default -> Failure.KICKED;
        };
    }

    /// What is to be done about a reason that does not end the session at once.
    private static Remedy remedy(CloseReason reason) {
        return switch (reason) {
            case FRAME_TOO_LARGE,
                    FRAME_EMPTY,
                    FRAME_MALFORMED,
                    WRONG_STATE,
                    KEY_UPDATE_FLOOD,
                    TOO_MANY_REQUESTS ->
                    Remedy.FIX;
            default -> Remedy.AGAIN;
        };
    }

    /// The server's words as the end of a sentence, or ours when it has none.
    static String words(String text, String otherwise) {
        String said = text.isBlank() ? otherwise : text.strip();
        return said.endsWith(".") ? said : said + ".";
    }
}
