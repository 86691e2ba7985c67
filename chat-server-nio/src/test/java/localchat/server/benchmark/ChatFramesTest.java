package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.Test;

/// [EventView] and [Stamp] against what the real encoder writes.
class ChatFramesTest {
    private final EventView view = new EventView();

    @Test
    void findsRoomSeqAndStampInEncodedEvent() throws IOException {
        byte[] text = new byte[Stamp.BYTES];
        Stamp.write(text, 0, 0x1234_5678_9abc_def0L, 9_999, 1_234_567);
        Event.Builder event =
                event().setMessage(
                                MessageBody.newBuilder().setTextBytes(ByteString.copyFrom(text)));

        ByteBuffer in = encoded(event);
        view.read(in, 3);

        assertEquals(300, view.roomId());
        assertEquals(1L << 40, view.seq());
        assertEquals(0x1234_5678_9abc_def0L, Stamp.dueNanos(in, view.textAt()));
        assertEquals(9_999, Stamp.stream(in, view.textAt()));
        assertEquals(1_234_567, Stamp.sequence(in, view.textAt()));
    }

    @Test
    void stampsTimesBelowZero() {
        byte[] text = new byte[Stamp.BYTES];
        Stamp.write(text, 0, -1, 0, 0);

        assertEquals(-1, Stamp.dueNanos(ByteBuffer.wrap(text), 0));
    }

    @Test
    void refusesEventWithoutText() {
        ByteBuffer in = encoded(event());

        assertThrows(IOException.class, () -> view.read(in, 3));
    }

    private static Event.Builder event() {
        return Event.newBuilder()
                .setRoomId(300)
                .setSeq(1L << 40)
                .setTimeMs(1_763_683_200_000L)
                .setSenderUserId(70_000)
                .setSenderName("Zoë")
                .setClientMsgId(ByteString.copyFrom(new byte[16]));
    }

    /// A frame that begins at 3.
    private static ByteBuffer encoded(Event.Builder event) {
        byte[] frame = ServerFrame.newBuilder().setEvent(event).build().toByteArray();
        assertEquals(EventView.TAG, frame[0]);
        return ByteBuffer.allocate(3 + frame.length).put(3, frame);
    }
}
