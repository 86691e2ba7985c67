package localchat.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counters;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BroadcastLogTest {
    private static final int SEGMENT = SegmentPool.SEGMENT_BYTES;

    private final SegmentPool pool = new SegmentPool(3L * SEGMENT);
    private final BroadcastLog log = new BroadcastLog(pool, 1);

    @Test
    void givesACursorEverythingFromItsPlaceToTheEnd() {
        append(3, 10);
        Cursor cursor = cursorAt(2);
        assertEquals(List.of(2L, 3L), seqs(takeAll(cursor, Integer.MAX_VALUE)));
        assertEquals(4, cursor.nextSeq());
    }

    @Test
    void givesNothingAtTheEnd() {
        append(3, 10);
        Cursor cursor = cursorAt(4);
        assertEquals(0, log.gather(cursor, new ByteBuffer[8], 0));
    }

    @Test
    void goesOnWhereItStoppedAcrossSegments() {
        Cursor cursor = cursorAt(1);
        List<Long> seen = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            append(1, 4_000);
            seen.addAll(seqs(takeAll(cursor, Integer.MAX_VALUE)));
        }
        assertEquals(40, seen.size());
        assertEquals(40L, seen.getLast());
        assertTrue(log.segments() > 1);
    }

    @Test
    void aCutFrameIsFinishedWhateverByteItWasCutAt() {
        append(1, 50);
        int length = ByteBuffer.wrap(takeAll(cursorAt(1), Integer.MAX_VALUE)).capacity();
        for (int cut = 1; cut < length; cut++) {
            Cursor cursor = cursorAt(1);
            ByteBuffer[] views = new ByteBuffer[8];
            log.gather(cursor, views, 0);
            ByteBuffer rest = log.advance(cursor, cut);
            assertEquals(length - cut, rest.remaining());
            assertEquals(2, cursor.nextSeq());
        }
    }

    /// Whatever a socket takes at a time, the bytes are those of whole frames in order.
    @RepeatedTest(50)
    void anyPartialWritesGiveTheSameBytes(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Cursor cursor = cursorAt(1);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        int sent = 0;
        while (sent < 200) {
            int some = random.nextInt(5);
            append(some, random.nextInt(1_500));
            sent += some;
            received.writeBytes(takeAll(cursor, 1 + random.nextInt(3_000)));
        }
        received.writeBytes(takeAll(cursor, Integer.MAX_VALUE));
        List<Long> seqs = seqs(received.toByteArray());
        assertEquals(sent, seqs.size());
        for (int i = 0; i < sent; i++) {
            assertEquals(i + 1, seqs.get(i));
        }
    }

    @Test
    void aCursorInASegmentThatWentIsBehind() {
        append(1, 30_000);
        Cursor early = cursorAt(1);
        append(1, 30_000);
        append(1, 30_000);
        assertFalse(log.isBehind(early));
        append(1, 30_000);
        assertTrue(log.isBehind(early));
        assertFalse(log.isBehind(cursorAt(2)));
    }

    @Test
    void aCursorAtTheEndIsNotBehindWhenTheMemoryIsGivenBack() {
        append(2, 10);
        Cursor caughtUp = cursorAt(1);
        takeAll(caughtUp, Integer.MAX_VALUE);
        Cursor late = cursorAt(2);
        log.release();
        assertFalse(log.isBehind(caughtUp));
        assertTrue(log.isBehind(late));
        append(1, 10);
        assertEquals(List.of(3L), seqs(takeAll(caughtUp, Integer.MAX_VALUE)));
    }

    @Test
    void theQuietestLogGivesWayWhenTheMemoryIsUsedUp() {
        BroadcastLog busy = new BroadcastLog(pool, 1);
        append(1, 30_000);
        for (int i = 1; i <= 3; i++) {
            busy.append(event(i, 30_000));
        }
        assertEquals(0, log.segments());
        assertEquals(3, busy.segments());
        assertTrue(log.isBehind(cursorAt(1)));
    }

    @Test
    void aLogAloneGivesUpItsOwnOldestWhenTheMemoryIsUsedUp() {
        append(4, 30_000);
        assertEquals(3, log.segments());
        append(20, 30_000);
        assertEquals(3, log.segments());
        assertEquals(List.of(24L), seqs(takeAll(cursorAt(24), Integer.MAX_VALUE)));
    }

    @Test
    void segmentsGivenBackAreUsedAgainAndTrimmedWhenAsked() {
        append(3, 30_000);
        assertEquals(3, pool.inUse());
        log.release();
        assertEquals(0, pool.inUse());
        append(1, 10);
        pool.trim();
        assertEquals(1, pool.inUse());
        append(3, 30_000);
        assertEquals(3, pool.inUse());
    }

    @Test
    void refusesAFrameThatNoSegmentHolds() {
        EncodedFrame tooLarge = event(1, SEGMENT);
        assertThrows(IllegalArgumentException.class, () -> log.append(tooLarge));
    }

    private void append(int events, int textBytes) {
        for (int i = 0; i < events; i++) {
            log.append(event(log.nextSeq(), textBytes));
        }
    }

    private static EncodedFrame event(long seq, int textBytes) {
        return EncodedFrame.of(
                ServerFrame.newBuilder()
                        .setEvent(
                                Event.newBuilder()
                                        .setSeq(seq)
                                        .setMessage(
                                                MessageBody.newBuilder()
                                                        .setText("x".repeat(textBytes))))
                        .build());
    }

    private static Cursor cursorAt(long seq) {
        return TestRooms.cursor(new Counters(), seq);
    }

    /// What a socket gets that takes `piece` bytes a write, until the cursor is at the end or a
    /// write took less than everything; then the rest of the frame that was cut.
    private byte[] takeAll(Cursor cursor, int piece) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        ByteBuffer[] views = new ByteBuffer[8];
        int count = log.gather(cursor, views, 0);
        int left = piece;
        int written = 0;
        for (int i = 0; i < count && left > 0; i++) {
            byte[] some = new byte[Math.min(left, views[i].remaining())];
            views[i].get(some);
            taken.writeBytes(some);
            left -= some.length;
            written += some.length;
        }
        ByteBuffer rest = log.advance(cursor, written);
        byte[] restBytes = new byte[rest.remaining()];
        rest.get(restBytes);
        taken.writeBytes(restBytes);
        boolean more = cursor.nextSeq() < log.nextSeq();
        if (more && piece == Integer.MAX_VALUE) {
            taken.writeBytes(takeAll(cursor, piece));
        }
        return taken.toByteArray();
    }

    private static List<Long> seqs(byte[] stream) {
        List<Long> seqs = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stream);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            ByteBuffer frame = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            try {
                seqs.add(ServerFrame.parseFrom(frame).getEvent().getSeq());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("a frame was torn", e);
            }
        }
        return seqs;
    }
}
