package localchat.core.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.Ping;
import org.junit.jupiter.api.Test;

class EncodedFrameTest {
    private static final ClientFrame PING =
            ClientFrame.newBuilder().setPing(Ping.newBuilder().setToken(7)).build();

    @Test
    void putsTheLengthOfThePayloadBeforeIt() {
        assertArrayEquals(Wire.unhex("00 00 00 04 22 02 08 07"), Wire.bytes(EncodedFrame.of(PING)));
    }

    @Test
    void writesTheLengthBigEndian() {
        byte[] bytes = Wire.bytes(EncodedFrame.of(frameOf(0x1234)));

        assertArrayEquals(Wire.unhex("00 00 12 34"), java.util.Arrays.copyOf(bytes, 4));
    }

    @Test
    void countsThePrefixInItsLength() {
        assertEquals(8, EncodedFrame.of(PING).length());
    }

    @Test
    void encodesAFrameJustBelowTheLimit() {
        assertEquals(4 + 65_535, EncodedFrame.of(frameOf(65_535)).length());
    }

    @Test
    void encodesAFrameAtTheLimit() {
        assertEquals(4 + 65_536, EncodedFrame.of(frameOf(65_536)).length());
    }

    @Test
    void refusesAFrameJustAboveTheLimit() {
        ClientFrame tooLarge = frameOf(65_537);

        var refusal = assertThrows(IllegalArgumentException.class, () -> EncodedFrame.of(tooLarge));

        assertEquals("a frame has 1 to 65536 bytes, not 65537", refusal.getMessage());
    }

    @Test
    void refusesAnEmptyFrame() {
        ClientFrame empty = ClientFrame.getDefaultInstance();

        var refusal = assertThrows(IllegalArgumentException.class, () -> EncodedFrame.of(empty));

        assertEquals("a frame has 1 to 65536 bytes, not 0", refusal.getMessage());
    }

    @Test
    void encodesTheSmallestFrame() {
        ClientFrame smallest = ClientFrame.newBuilder().setRequestId(1).build();

        assertArrayEquals(Wire.unhex("00 00 00 02 08 01"), Wire.bytes(EncodedFrame.of(smallest)));
    }

    @Test
    void copiesAnyPart() {
        ByteBuffer target = ByteBuffer.allocate(10).position(2);

        EncodedFrame.of(PING).copyTo(3, 4, target);

        assertArrayEquals(Wire.unhex("00 00 04 22 02 08 00 00 00 00"), target.array());
    }

    @Test
    void movesTheTargetForwardByWhatItCopied() {
        ByteBuffer target = ByteBuffer.allocate(10).position(2);

        EncodedFrame.of(PING).copyTo(3, 4, target);

        assertEquals(6, target.position());
    }

    @Test
    void givesEachCallerAViewOfItsOwn() {
        EncodedFrame frame = EncodedFrame.of(PING);

        frame.asBuffer().position(5);

        assertEquals(0, frame.asBuffer().position());
    }

    @Test
    void cannotBeChangedThroughItsView() {
        ByteBuffer view = EncodedFrame.of(PING).asBuffer();

        assertTrue(view.isReadOnly());
        assertThrows(ReadOnlyBufferException.class, () -> view.put(0, (byte) 1));
    }

    /// A frame whose payload has exactly so many bytes.
    private static ClientFrame frameOf(int bytes) {
        int signature = bytes;
        ClientFrame frame = withSignature(signature);
        while (frame.getSerializedSize() > bytes) {
            frame = withSignature(--signature);
        }
        assertEquals(bytes, frame.getSerializedSize());
        return frame;
    }

    private static ClientFrame withSignature(int bytes) {
        ByteString signature = ByteString.copyFrom(new byte[bytes]);
        return ClientFrame.newBuilder()
                .setLogin(Login.newBuilder().setSignature(signature))
                .build();
    }
}
