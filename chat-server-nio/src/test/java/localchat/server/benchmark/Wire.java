package localchat.server.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;

/// How the generator talks to one kind of server. Both kinds frame alike: a 4-byte big-endian
/// length and that many bytes.
sealed interface Wire permits ChatWire, LimitWire {
    int PREFIX_BYTES = 4;

    /// Bytes of the text of every message. Reason: a long line of a chat.
    int TEXT_BYTES = 100;

    /// The connection stands: begins what leads to [Client#onReady()].
    void onConnected(Client client) throws IOException;

    /// A whole frame came.
    ///
    /// @param at where it begins in the buffer, behind its length prefix
    /// @param length its bytes
    void onFrame(Client client, ByteBuffer in, int at, int length) throws IOException;

    /// What this client's messages to this room look like.
    ///
    /// @param room its number in the seating
    FrameTemplate template(Client client, int room);
}
