package localchat.server.net;

import java.nio.ByteBuffer;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.protocol.EncodedFrame;

/// Whoever gives meaning to a connection's frames. Called on the loop thread.
public interface ConnectionListener {
    /// A whole frame came: `frame` from position to limit, valid during the call only.
    void onFrame(ByteBuffer frame);

    /// Nothing came for a while: what to ask the peer, to see whether it lives.
    EncodedFrame pingFrame();

    /// The connection is about to be closed for this reason: what to tell the peer, if anything.
    Optional<EncodedFrame> farewell(CloseReason reason);

    /// The connection is closed. Nothing more is called.
    void onClosed(CloseReason reason);
}
