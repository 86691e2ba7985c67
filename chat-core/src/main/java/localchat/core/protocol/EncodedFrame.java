package localchat.core.protocol;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One frame ready for the wire, length prefix included, encoded once and shared by all its
/// receivers. Immutable; usable from any thread.
public final class EncodedFrame {
    /// Writes a message.
    interface Writer {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private final byte[] bytes;

    private EncodedFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Encodes one `ClientFrame` or `ServerFrame`.
    ///
    /// @throws IllegalArgumentException when it is empty or larger than
    ///   [ProtocolLimits#FRAME_BYTES_MAX]; nothing may be sent that the peer must refuse
    public static EncodedFrame of(MessageLite message) {
        return of(message.getSerializedSize(), message::writeTo);
    }

    /// As above, from whoever writes exactly `length` bytes.
    static EncodedFrame of(int length, Writer writer) {
        if (length < 1 || length > ProtocolLimits.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame has 1 to " + ProtocolLimits.FRAME_BYTES_MAX + " bytes, not " + length);
        }
        byte[] bytes = new byte[ProtocolLimits.PREFIX_BYTES + length];
        ByteBuffer.wrap(bytes).putInt(length);
        try {
            CodedOutputStream out =
                    CodedOutputStream.newInstance(bytes, ProtocolLimits.PREFIX_BYTES, length);
            writer.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("an array does not fail", e);
        }
        return new EncodedFrame(bytes);
    }

    /// A copy of one that was encoded before, taken from `bytes`, length prefix included.
    public static EncodedFrame copyOf(byte[] bytes, int offset, int length) {
        return new EncodedFrame(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /// Bytes on the wire, length prefix included.
    public int length() {
        return bytes.length;
    }

    /// Copies `length` bytes from `offset` on into `target` at its position.
    public void copyTo(int offset, int length, ByteBuffer target) {
        target.put(bytes, offset, length);
    }

    /// Copies the whole into `target` from `offset` on.
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    /// A read-only view of the message without its length prefix.
    public ByteBuffer payload() {
        return asBuffer().position(ProtocolLimits.PREFIX_BYTES).slice();
    }

    /// A read-only view of the whole, position 0.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }
}
