package localchat.core.protocol;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ServerFrame;

/// Frames as text and as bytes, for the tests of this package.
final class Wire {
    private Wire() {}

    /// A frame written in the text form of Protocol Buffers.
    ///
    /// @param side `client` or `server`: who sends it
    static Message frame(String side, String text) {
        Message.Builder builder = builder(side);
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new AssertionError(text, e);
        }
        return builder.build();
    }

    static Message.Builder builder(String side) {
        return switch (side) {
            case "client" -> ClientFrame.newBuilder();
            case "server" -> ServerFrame.newBuilder();
            default ->
                    throw new AssertionError("a frame is of the client or the server, not " + side);
        };
    }

    /// The bytes of the wire, prefix included.
    static byte[] bytes(EncodedFrame frame) {
        return bytes(frame.asBuffer());
    }

    /// What remains in a buffer; the buffer stays as it is.
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    /// Bytes from hexadecimal digits, blanks between them ignored.
    static byte[] unhex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
