package localchat.core.protocol;

import localchat.core.model.CloseReason;

/// A peer sent what is no frame of the protocol, or a frame whose values cannot be. The connection
/// it came from is closed with [#reason]. The message names the field and never quotes chat text.
public final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param text English, for a log
    public MalformedFrameException(String text) {
        super(text);
    }

    /// Why the connection closes.
    public CloseReason reason() {
        return CloseReason.FRAME_MALFORMED;
    }
}
