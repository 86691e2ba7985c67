package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.protocol.FrameReader.Outcome;
import localchat.core.protocol.wire.ClientFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Random streams and random damage. To repeat a failure: `-Dlocalchat.fuzz.seed=` and the seed
/// printed.
class FrameReaderFuzzTest {
    private static final int MAX = 65_536;

    private final long seed = Long.getLong("localchat.fuzz.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @BeforeEach
    void tellTheSeed(TestInfo test) {
        System.out.println(test.getDisplayName() + " -Dlocalchat.fuzz.seed=" + seed);
    }

    @Test
    void findsEveryFrameInRandomPieces() {
        for (int round = 0; round < 500; round++) {
            List<byte[]> payloads = randomPayloads();
            FrameReader reader = new FrameReader(MAX);
            List<String> found = new ArrayList<>();

            inRandomPieces(payloads, piece -> collect(reader, piece, found));

            assertEquals(payloads.stream().map(Wire::hex).toList(), found);
            assertEquals(0, reader.bytesHeld());
        }
    }

    @Test
    void neverHoldsMoreThanTwiceWhatCameOfRandomBytes() {
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (bytes.length > 2 && random.nextBoolean()) {
                bytes[0] = 0;
                bytes[1] = 0;
            }
            FrameReader reader = new FrameReader(MAX);
            ByteBuffer in = ByteBuffer.wrap(bytes);

            Outcome outcome = Outcome.FRAME;
            while (outcome == Outcome.FRAME) {
                outcome = reader.next(in);
            }

            assertTrue(reader.bytesHeld() <= Math.max(256, 2 * bytes.length));
        }
    }

    @Test
    void damagedFramesAreEitherFramesOrRefusedByTheParser() {
        List<FrameKindsTest.Row> rows = FrameKindsTest.rows();
        int refused = 0;
        for (int round = 0; round < 100_000; round++) {
            FrameKindsTest.Row row = rows.get(random.nextInt(rows.size()));
            byte[] payload = damaged(Wire.unhex(row.hex()));
            try {
                Message frame = Wire.builder(row.side()).mergeFrom(payload).build();
                assertTrue(frame.getSerializedSize() >= 0);
            } catch (InvalidProtocolBufferException expected) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "the damage was seen only " + refused + " times");
    }

    @Test
    void randomBytesAreEitherFramesOrRefusedByTheParser() {
        int refused = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] payload = new byte[1 + random.nextInt(200)];
            random.nextBytes(payload);
            try {
                ClientFrame frame = ClientFrame.parseFrom(payload);
                assertTrue(frame.getSerializedSize() >= 0);
            } catch (InvalidProtocolBufferException expected) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "refused only " + refused + " times");
    }

    private List<byte[]> randomPayloads() {
        List<byte[]> payloads = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? MAX : 40)];
            random.nextBytes(payload);
            payloads.add(payload);
        }
        return payloads;
    }

    private void inRandomPieces(
            List<byte[]> payloads, java.util.function.Consumer<ByteBuffer> reader) {
        ByteBuffer all =
                ByteBuffer.allocate(payloads.stream().mapToInt(each -> 4 + each.length).sum());
        payloads.forEach(each -> all.putInt(each.length).put(each));
        all.flip();
        int largest = 1 + random.nextInt(random.nextBoolean() ? 8 : 10_000);
        while (all.hasRemaining()) {
            int size = Math.min(all.remaining(), 1 + random.nextInt(largest));
            reader.accept(ByteBuffer.wrap(Wire.bytes(all.slice(all.position(), size))));
            all.position(all.position() + size);
        }
    }

    private static void collect(FrameReader reader, ByteBuffer piece, List<String> found) {
        Outcome outcome = reader.next(piece);
        while (outcome == Outcome.FRAME) {
            found.add(Wire.hex(Wire.bytes(reader.frame())));
            outcome = reader.next(piece);
        }
        assertEquals(Outcome.NEED_MORE, outcome);
    }

    /// One to four bits turned, or cut off somewhere.
    private byte[] damaged(byte[] payload) {
        if (random.nextInt(4) == 0) {
            return java.util.Arrays.copyOf(payload, random.nextInt(payload.length));
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
            payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return payload;
    }
}
