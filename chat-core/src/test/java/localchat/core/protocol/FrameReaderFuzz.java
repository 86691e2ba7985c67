package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import localchat.core.protocol.FrameReader.Outcome;

/// Any bytes in any pieces: the frames are those that a decoder finds which sees all bytes at once,
/// and no more is held than what came.
///
/// Input: the limit before and after the first frame (one byte), how the pieces are cut (one), the
/// stream.
public final class FrameReaderFuzz {
    private static final int[] LIMITS = {1, 2, 100, 8_192, 65_536, FrameReader.LIMIT_BYTES_MAX};

    /// What the reader allocates for the first bytes of a frame, whatever it announces.
    private static final int FIRST_BYTES = 256;

    private FrameReaderFuzz() {}

    /// What came of a stream.
    ///
    /// @param frames the frames in hexadecimal digits
    /// @param unread bytes of a frame that is not whole; for a refusal 0
    /// @param announced by the prefix that was refused; otherwise 0
    private record Found(List<String> frames, Outcome end, int unread, long announced) {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int first = LIMITS[(input[0] & 0xF) % LIMITS.length];
        int then = Math.max(first, LIMITS[((input[0] >> 4) & 0xF) % LIMITS.length]);
        byte[] stream = Arrays.copyOfRange(input, 2, input.length);
        Found wanted = atOnce(stream, first, then);

        assertEquals(wanted, inPieces(stream, first, then, left -> left));
        assertEquals(wanted, inPieces(stream, first, then, left -> 1));
        Random random = new Random(input[1]);
        int largest = 1 + random.nextInt(Math.max(1, stream.length));
        assertEquals(wanted, inPieces(stream, first, then, left -> 1 + random.nextInt(largest)));
    }

    /// As PROTOCOL.md says it, with everything at hand.
    private static Found atOnce(byte[] stream, int first, int then) {
        ByteBuffer left = ByteBuffer.wrap(stream);
        List<String> frames = new ArrayList<>();
        while (left.remaining() >= 4) {
            long length = left.getInt(left.position()) & 0xFFFF_FFFFL;
            long limit = frames.isEmpty() ? first : then;
            if (length == 0 || length > limit) {
                Outcome refusal = length == 0 ? Outcome.EMPTY : Outcome.TOO_LARGE;
                return new Found(frames, refusal, 0, length);
            }
            if (left.remaining() - 4 < length) {
                break;
            }
            byte[] payload = new byte[(int) length];
            left.getInt();
            left.get(payload);
            frames.add(Wire.hex(payload));
        }
        return new Found(frames, Outcome.NEED_MORE, left.remaining(), 0);
    }

    private static Found inPieces(byte[] stream, int first, int then, IntUnaryOperator sizes) {
        FrameReader reader = new FrameReader(first);
        List<String> frames = new ArrayList<>();
        int sinceFrame = 0;
        int at = 0;
        while (at < stream.length) {
            int size = Math.min(stream.length - at, sizes.applyAsInt(stream.length - at));
            ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(stream, at, at + size));
            at += size;
            sinceFrame += size;
            Outcome outcome = reader.next(piece);
            while (outcome == Outcome.FRAME) {
                frames.add(Wire.hex(Wire.bytes(reader.frame())));
                sinceFrame = piece.remaining();
                reader.limitTo(then);
                outcome = reader.next(piece);
            }
            if (outcome != Outcome.NEED_MORE) {
                return new Found(frames, outcome, 0, reader.announcedBytes());
            }
            assertEquals(0, piece.remaining(), "bytes not taken");
            assertEquals(sinceFrame > 0, reader.isInsideFrame());
            int held = reader.bytesHeld();
            assertTrue(
                    held <= Math.max(FIRST_BYTES, 2 * sinceFrame),
                    held + " bytes held for " + sinceFrame);
        }
        return new Found(frames, Outcome.NEED_MORE, sinceFrame, 0);
    }
}
