package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import localchat.core.protocol.FrameReader.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int MAX = 300;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// Frames of 1, 5, 299 and 300 bytes, as they follow each other on the wire.
    private static final List<byte[]> PAYLOADS =
            List.of(payload(1), payload(5), payload(MAX - 1), payload(MAX));

    private static final byte[] STREAM = stream(PAYLOADS);

    private final FrameReader reader = new FrameReader(MAX);

    @Test
    void handsOutTheFramesOfOneRead() {
        assertFrames(PAYLOADS, readAll(STREAM));
    }

    @Test
    void handsOutTheSameFramesWhereverTheStreamIsSplit() {
        for (int split = 0; split <= STREAM.length; split++) {
            FrameReader fresh = new FrameReader(MAX);
            List<byte[]> frames = new ArrayList<>();

            read(fresh, Arrays.copyOfRange(STREAM, 0, split), frames);
            read(fresh, Arrays.copyOfRange(STREAM, split, STREAM.length), frames);

            assertFrames(PAYLOADS, frames);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 255, 256, 257, 303, 304, 305})
    void handsOutTheSameFramesFromPiecesOfAnySize(int size) {
        List<byte[]> frames = new ArrayList<>();

        for (int at = 0; at < STREAM.length; at += size) {
            read(
                    reader,
                    Arrays.copyOfRange(STREAM, at, Math.min(at + size, STREAM.length)),
                    frames);
        }

        assertFrames(PAYLOADS, frames);
    }

    @Test
    void handsOutTheSameFramesFromADirectBuffer() {
        ByteBuffer direct = ByteBuffer.allocateDirect(STREAM.length).put(STREAM).flip();
        List<byte[]> frames = new ArrayList<>();

        while (reader.next(direct) == Outcome.FRAME) {
            frames.add(Wire.bytes(reader.frame()));
        }

        assertFrames(PAYLOADS, frames);
    }

    @Test
    void waitsForTheRestWhereverAFrameIsCutOff() {
        byte[] one = stream(List.of(payload(MAX)));
        for (int cut = 0; cut < one.length; cut++) {
            FrameReader fresh = new FrameReader(MAX);

            assertEquals(
                    Outcome.NEED_MORE, fresh.next(ByteBuffer.wrap(one, 0, cut)), "cut at " + cut);
        }
    }

    @Test
    void takesAllBytesOfAFrameCutOff() {
        byte[] one = stream(List.of(payload(MAX)));
        for (int cut = 0; cut < one.length; cut++) {
            ByteBuffer in = ByteBuffer.wrap(one, 0, cut);

            new FrameReader(MAX).next(in);

            assertEquals(0, in.remaining(), "cut at " + cut);
        }
    }

    @Test
    void leavesTheNextFrameInTheInput() {
        ByteBuffer in = ByteBuffer.wrap(stream(List.of(payload(5), payload(9))));

        reader.next(in);

        assertEquals(4 + 9, in.remaining());
    }

    @Test
    void leavesTheNextFrameInTheInputWhenTheFirstCameInPieces() {
        byte[] two = stream(List.of(payload(5), payload(9)));
        reader.next(ByteBuffer.wrap(two, 0, 6));
        ByteBuffer rest = ByteBuffer.wrap(two, 6, two.length - 6);

        reader.next(rest);

        assertEquals(4 + 9, rest.remaining());
    }

    @Test
    void readsFromThePositionOfTheInput() {
        ByteBuffer in = ByteBuffer.wrap(Wire.unhex("ff ff 00 00 00 01 2a")).position(2);

        reader.next(in);

        assertArrayEquals(new byte[] {42}, Wire.bytes(reader.frame()));
    }

    @Test
    void stopsAtTheLimitOfTheInput() {
        ByteBuffer in = ByteBuffer.wrap(Wire.unhex("00 00 00 02 2a 2b")).limit(5);

        assertEquals(Outcome.NEED_MORE, reader.next(in));
    }

    @Test
    void handsOutAFrameOfTheInputWithoutACopy() {
        byte[] bytes = Wire.unhex("00 00 00 01 2a");
        reader.next(ByteBuffer.wrap(bytes));

        bytes[4] = 43;

        assertEquals(43, reader.frame().get(0));
    }

    @Test
    void handsOutAFrameFromPositionZeroToItsLength() {
        reader.next(ByteBuffer.wrap(stream(List.of(payload(5)))));

        assertEquals(0, reader.frame().position());
        assertEquals(5, reader.frame().remaining());
    }

    @Test
    void handsOutNothingWhenNoFrameIsComplete() {
        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 01 2a 00")));
        ByteBuffer rest = ByteBuffer.wrap(Wire.unhex("00"));

        reader.next(rest);

        assertEquals(0, reader.frame().remaining());
    }

    @Test
    void keepsAFrameHandedOutApartFromTheNextPieces() {
        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 02 2a")));
        reader.next(ByteBuffer.wrap(Wire.unhex("2b")));
        byte[] before = Wire.bytes(reader.frame());
        ByteBuffer first = reader.frame();

        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 02 77")));

        assertArrayEquals(before, Wire.bytes(first));
    }

    @Test
    void refusesLengthZero() {
        assertEquals(Outcome.EMPTY, reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 00"))));
    }

    @Test
    void acceptsLengthOne() {
        assertEquals(Outcome.FRAME, reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 01 2a"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX - 1, MAX})
    void acceptsLengthsUpToTheLimit(int length) {
        assertEquals(Outcome.FRAME, reader.next(ByteBuffer.wrap(stream(List.of(payload(length))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000012d", "00010001", "7fffffff", "80000000", "fffffffe", "ffffffff"})
    void refusesLengthsAboveTheLimit(String prefix) {
        assertEquals(Outcome.TOO_LARGE, reader.next(ByteBuffer.wrap(Wire.unhex(prefix))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "0000012d", "7fffffff", "80000000", "ffffffff"})
    void refusesTheSameLengthsInPiecesOfOneByte(String prefix) {
        Outcome outcome = Outcome.NEED_MORE;
        for (byte each : Wire.unhex(prefix)) {
            assertEquals(Outcome.NEED_MORE, outcome);
            outcome = reader.next(ByteBuffer.wrap(new byte[] {each}));
        }

        assertEquals(prefix.equals("00000000") ? Outcome.EMPTY : Outcome.TOO_LARGE, outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ffffffff"})
    void goesOnRefusingAfterARefusal(String prefix) {
        Outcome first = reader.next(ByteBuffer.wrap(Wire.unhex(prefix), 0, 4));

        assertEquals(first, reader.next(ByteBuffer.wrap(Wire.unhex(prefix))));
    }

    @Test
    void goesOnRefusingAfterARefusalInPieces() {
        reader.next(ByteBuffer.wrap(Wire.unhex("ff ff")));
        reader.next(ByteBuffer.wrap(Wire.unhex("ff ff")));

        assertEquals(Outcome.TOO_LARGE, reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 01 2a"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000",
                "00000001",
                "0000012c",
                "0000012d",
                "7fffffff",
                "80000000",
                "ffffffff"
            })
    void tellsTheLengthAnnounced(String prefix) {
        reader.next(ByteBuffer.wrap(Wire.unhex(prefix)));

        assertEquals(Long.parseLong(prefix, 16), reader.announcedBytes());
    }

    @Test
    void tellsNoLengthWhileThePrefixIsIncomplete() {
        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 00 01 2a")));

        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 01")));

        assertEquals(0, reader.announcedBytes());
    }

    @Test
    void holdsNothingForALengthThatIsRefused() {
        reader.next(ByteBuffer.wrap(Wire.unhex("7f ff ff ff 00 00 00")));

        assertEquals(0, reader.bytesHeld());
    }

    @Test
    void holdsNoMoreThanCameForALengthThatIsAnnounced() {
        FrameReader large = new FrameReader(65_536);

        large.next(ByteBuffer.wrap(Wire.unhex("00 01 00 00 01")));

        assertTrue(large.bytesHeld() <= 256, "held " + large.bytesHeld());
    }

    @Test
    void holdsAtMostTwiceWhatCame() {
        FrameReader large = new FrameReader(65_536);
        large.next(ByteBuffer.wrap(Wire.unhex("00 01 00 00")));
        for (int came = 5; came < 4 + 65_536; came++) {
            large.next(ByteBuffer.wrap(new byte[1]));

            assertTrue(
                    large.bytesHeld() <= Math.max(256, 2 * came),
                    came + " came, held " + large.bytesHeld());
        }
    }

    @Test
    void neverHoldsMoreThanTheLargestFrame() {
        reader.next(ByteBuffer.wrap(Wire.unhex("00 00 01 2c")));
        for (int came = 5; came < 4 + MAX; came++) {
            reader.next(ByteBuffer.wrap(new byte[1]));

            assertTrue(reader.bytesHeld() <= 4 + MAX, came + " came, held " + reader.bytesHeld());
        }
    }

    @Test
    void holdsNothingBetweenFrames() {
        byte[] one = stream(List.of(payload(5)));
        reader.next(ByteBuffer.wrap(one, 0, 6));
        reader.next(ByteBuffer.wrap(one, 6, 3));

        assertEquals(0, reader.bytesHeld());
    }

    @Test
    void isInsideAFrameFromItsFirstByteOn() {
        reader.next(ByteBuffer.wrap(new byte[1]));

        assertTrue(reader.isInsideFrame());
    }

    @Test
    void isNotInsideAFrameAfterItsLastByte() {
        byte[] one = stream(List.of(payload(5)));
        reader.next(ByteBuffer.wrap(one, 0, 8));
        reader.next(ByteBuffer.wrap(one, 8, 1));

        assertFalse(reader.isInsideFrame());
    }

    @Test
    void isNotInsideAFrameAtTheStart() {
        reader.next(NOTHING);

        assertFalse(reader.isInsideFrame());
    }

    @Test
    void acceptsLargerFramesOnceItsLimitIsRaised() {
        ByteBuffer in = ByteBuffer.wrap(stream(List.of(payload(MAX), payload(MAX + 1))));
        reader.next(in);

        reader.limitTo(MAX + 1);

        assertEquals(Outcome.FRAME, reader.next(in));
    }

    @Test
    void refusesLargerFramesOnceItsLimitIsLowered() {
        ByteBuffer in = ByteBuffer.wrap(stream(List.of(payload(MAX), payload(MAX))));
        reader.next(in);

        reader.limitTo(MAX - 1);

        assertEquals(Outcome.TOO_LARGE, reader.next(in));
    }

    @Test
    void judgesAFrameThatWasBegunByTheNewLimit() {
        ByteBuffer in = ByteBuffer.wrap(stream(List.of(payload(MAX + 1))));
        reader.next(in.slice(0, 3));

        reader.limitTo(MAX + 1);

        assertEquals(Outcome.FRAME, reader.next(in.position(3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesALimitBelowOne(int limit) {
        assertThrows(IllegalArgumentException.class, () -> reader.limitTo(limit));
    }

    @Test
    void takesTheLargestLimitAndAFrameOfThatLength() {
        int most = Integer.MAX_VALUE - 4;
        reader.limitTo(most);

        assertEquals(Outcome.NEED_MORE, reader.next(ByteBuffer.wrap(Wire.unhex("7f ff ff fb 2a"))));
        assertEquals(most, reader.announcedBytes());
        assertThrows(IllegalArgumentException.class, () -> reader.limitTo(most + 1));
    }

    private List<byte[]> readAll(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        read(reader, bytes, frames);
        return frames;
    }

    private static void read(FrameReader reader, byte[] bytes, List<byte[]> frames) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Outcome outcome = reader.next(in);
        while (outcome == Outcome.FRAME) {
            frames.add(Wire.bytes(reader.frame()));
            outcome = reader.next(in);
        }
        assertEquals(Outcome.NEED_MORE, outcome);
    }

    private static void assertFrames(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(
                expected.stream().map(Wire::hex).toList(), actual.stream().map(Wire::hex).toList());
    }

    /// Bytes that tell their place: 1, 2, 3 …
    private static byte[] payload(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    private static byte[] stream(List<byte[]> payloads) {
        ByteBuffer all =
                ByteBuffer.allocate(payloads.stream().mapToInt(each -> 4 + each.length).sum());
        payloads.forEach(each -> all.putInt(each.length).put(each));
        return all.array();
    }
}
