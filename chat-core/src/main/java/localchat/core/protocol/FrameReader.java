package localchat.core.protocol;

import java.nio.ByteBuffer;

/// Turns a stream of bytes, in pieces of any size, into whole frames. Not thread-safe: belongs to
/// the thread that reads the connection.
///
/// A frame that lies whole in the bytes given is handed out as a view of them, without a copy. Only
/// what is left of a frame when the bytes run out is kept, in a buffer that grows with the bytes
/// that really came: an announced length alone allocates nothing.
public final class FrameReader {
    /// What [#next] found.
    public enum Outcome {
        /// A whole frame: see [#frame].
        FRAME,
        /// All bytes are taken and no frame is complete.
        NEED_MORE,
        /// The peer announced a frame of length 0. The stream is useless from here on.
        EMPTY,
        /// The peer announced more than the limit. The stream is useless from here on.
        TOO_LARGE
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int FIRST_ALLOCATION_BYTES = 256;

    /// Largest limit, in bytes. Reason: prefix and frame are counted together in an `int`.
    static final int LIMIT_BYTES_MAX = Integer.MAX_VALUE - ProtocolLimits.PREFIX_BYTES;

    private int frameBytesMax;

    /// Prefix and payload of the frame begun, as far as they came: bytes 0..position.
    private ByteBuffer partial = NOTHING;

    private ByteBuffer frame = NOTHING;
    private long announced;

    /// @param frameBytesMax largest length to accept, prefix not counted, as [#limitTo]
    public FrameReader(int frameBytesMax) {
        limitTo(frameBytesMax);
    }

    /// Sets the largest length to accept, in bytes, prefix not counted. Holds at once, also for a
    /// frame that was begun.
    ///
    /// @param bytesMax 1 to 2^31 - 5
    public void limitTo(int bytesMax) {
        if (bytesMax < 1 || bytesMax > LIMIT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame's limit is 1 to " + LIMIT_BYTES_MAX + " bytes, not " + bytesMax);
        }
        this.frameBytesMax = bytesMax;
    }

    /// Looks for the next frame in what is kept and in `in`, taking bytes from `in`. To be called
    /// again until it returns something else than FRAME.
    public Outcome next(ByteBuffer in) {
        frame = NOTHING;
        return partial.position() == 0 ? nextFromInput(in) : nextFromPartial(in);
    }

    /// The frame that [#next] found, prefix not included, position 0 to limit. Valid until the next
    /// call of [#next] or a change of the bytes given to it.
    public ByteBuffer frame() {
        return frame;
    }

    /// Bytes held for a frame that was begun, 0 when none was. Counts what is allocated.
    public int bytesHeld() {
        return partial.position() == 0 ? 0 : partial.capacity();
    }

    /// Lets go of a frame that was begun: nothing more will be read.
    public void forget() {
        partial = NOTHING;
    }

    /// Whether a frame was begun and is not complete.
    public boolean isInsideFrame() {
        return partial.position() > 0;
    }

    /// The length announced by the last prefix that was refused or is being waited for; for error
    /// texts. An unsigned number up to 2^32-1; 0 when no prefix is complete.
    public long announcedBytes() {
        return announced;
    }

    private Outcome nextFromInput(ByteBuffer in) {
        if (in.remaining() < ProtocolLimits.PREFIX_BYTES) {
            announced = 0;
            keep(in, in.remaining());
            return Outcome.NEED_MORE;
        }
        announced = Integer.toUnsignedLong(in.getInt(in.position()));
        Outcome refusal = refusal();
        if (refusal != Outcome.NEED_MORE) {
            return refusal;
        }
        int length = (int) announced;
        if (in.remaining() - ProtocolLimits.PREFIX_BYTES < length) {
            keep(in, in.remaining());
            return Outcome.NEED_MORE;
        }
        int start = in.position() + ProtocolLimits.PREFIX_BYTES;
        frame = in.slice(start, length);
        in.position(start + length);
        return Outcome.FRAME;
    }

    private Outcome nextFromPartial(ByteBuffer in) {
        int missingOfPrefix = ProtocolLimits.PREFIX_BYTES - partial.position();
        if (missingOfPrefix > 0) {
            keep(in, Math.min(missingOfPrefix, in.remaining()));
            if (partial.position() < ProtocolLimits.PREFIX_BYTES) {
                return Outcome.NEED_MORE;
            }
        }
        announced = Integer.toUnsignedLong(partial.getInt(0));
        Outcome refusal = refusal();
        if (refusal != Outcome.NEED_MORE) {
            return refusal;
        }
        int length = (int) announced;
        int missing = ProtocolLimits.PREFIX_BYTES + length - partial.position();
        keep(in, Math.min(missing, in.remaining()));
        if (partial.position() < ProtocolLimits.PREFIX_BYTES + length) {
            return Outcome.NEED_MORE;
        }
        frame = partial.slice(ProtocolLimits.PREFIX_BYTES, length);
        partial = NOTHING;
        return Outcome.FRAME;
    }

    /// NEED_MORE when the announced length is fine.
    private Outcome refusal() {
        if (announced == 0) {
            return Outcome.EMPTY;
        }
        return announced > frameBytesMax ? Outcome.TOO_LARGE : Outcome.NEED_MORE;
    }

    private void keep(ByteBuffer in, int bytes) {
        if (bytes == 0) {
            return;
        }
        if (partial.remaining() < bytes) {
            int needed = partial.position() + bytes;
            int roomy = Math.max(FIRST_ALLOCATION_BYTES, partial.position() * 2);
            int whole = ProtocolLimits.PREFIX_BYTES + frameBytesMax;
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, Math.min(roomy, whole)));
            larger.put(partial.flip());
            partial = larger;
        }
        partial.put(partial.position(), in, in.position(), bytes);
        partial.position(partial.position() + bytes);
        in.position(in.position() + bytes);
    }
}
