package localchat.core.model;

/// Why a connection ended: the server's log field, its metric label and what a client shows. The
/// names and meanings are those of `CloseReason` in the schema.
public enum CloseReason {
    /// The client closed or half-closed the connection.
    PEER_CLOSED("the other side closed the connection"),
    /// The transport failed.
    PEER_RESET("the connection broke"),
    /// The server is stopping.
    GOING_AWAY("the server is stopping"),
    /// The same device logged in again.
    REPLACED("the same device logged in again elsewhere"),
    /// A frame announced more bytes than allowed.
    FRAME_TOO_LARGE("a frame was larger than allowed"),
    /// A frame of length 0.
    FRAME_EMPTY("a frame was empty"),
    /// Bytes that are no frame of the protocol.
    FRAME_MALFORMED("the bytes received are not of this protocol"),
    /// A frame begun and not finished in time.
    FRAME_TIMEOUT("a frame was not finished in time"),
    /// No login in time.
    LOGIN_TIMEOUT("no login in time"),
    /// A frame that is not allowed in this state.
    WRONG_STATE("a frame came at the wrong time"),
    /// The login was refused.
    LOGIN_REFUSED("the login was refused"),
    /// No byte came for too long.
    PEER_SILENT("nothing was heard for too long"),
    /// Bytes waited and the peer accepted none.
    SLOW_READER("the peer did not read what was sent"),
    /// A limit on connections was reached.
    TOO_MANY_CONNECTIONS("too many connections"),
    /// The oldest unfinished login gave way.
    TOO_MANY_LOGINS("too many unfinished logins"),
    /// The budget for partial frames was reached.
    PARTIAL_FRAMES_FULL("too many unfinished frames on the server"),
    /// Answers waiting for this connection passed their limit.
    ANSWERS_FULL("too many answers waited to be read"),
    /// A moderator ended it.
    KICKED("removed by a moderator"),
    /// The person is banned.
    BANNED("banned"),
    /// The device was revoked.
    DEVICE_REVOKED("this device was signed out"),
    /// No common version.
    UPGRADE_REQUIRED_CLOSE("client and server have no protocol version in common"),
    /// The TLS handshake failed.
    HANDSHAKE_FAILED("the encrypted connection could not be set up"),
    /// The TLS handshake took too long.
    HANDSHAKE_TIMEOUT("setting up the encrypted connection took too long"),
    /// More key updates than a peer has reason for.
    KEY_UPDATE_FLOOD("too many key updates"),
    /// A fault in the server.
    INTERNAL_FAULT("a fault in the server"),
    /// Too many unanswered requests.
    TOO_MANY_REQUESTS("too many requests at once");

    private final String words;

    CloseReason(String words) {
        this.words = words;
    }

    /// English, for a person: what happened, as the end of a sentence.
    public String words() {
        return words;
    }
}
