package localchat.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import localchat.core.model.Id128;
import localchat.core.model.RoomName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.storage.MemoryLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What it costs to tell a room who came, however fast they come: counted, turn by turn.
class PresenceBudgetTest {
    private static final long MILLI = 1_000_000L;
    private static final long FRAMES_MAX = 200_000;

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final MemoryLog log =
            new MemoryLog(Id128.random(new Random(1)), clock::epochMillis, Runnable::run);
    private final Rooms rooms = new Rooms(log, log, counters, clock::nanos, 1 << 20);
    private final Room general = rooms.byName(RoomName.GENERAL).orElseThrow();
    private final Listener listener = new Listener();

    @ParameterizedTest
    @CsvSource({
        // joins in one turn, milliseconds between turns
        "10000, 1",
        "128, 1",
        "64, 5",
        "10, 10",
        "1, 1",
        "1, 50",
        "1, 1000",
        "5, 3000"
    })
    void tenThousandJoinsCostAtMostTwoHundredThousandFrames(int atOnce, int milliseconds) {
        int joined = 0;
        while (joined < 10_000) {
            for (int i = 0; i < atOnce && joined < 10_000; i++) {
                general.enter(listener, TestRooms.person(++joined), 1);
            }
            flush();
            clock.pass(milliseconds * MILLI);
        }
        clock.pass(10_000 * PresenceFeed.PATIENCE_NANOS_PER_PERSON);
        flush();
        long frames = counters.get(Counter.PRESENCE_FRAMES);
        assertTrue(frames <= FRAMES_MAX, () -> "were " + frames);
        assertEquals(10_000, listener.lastSeen.getOnline(), "the number told last is right");
    }

    @Test
    void namesAsManyAsItMayAndSaysWhenItLeftSomeOut() {
        enter(1, 200);
        flush();
        assertEquals(200, listener.lastSeen.getChangesCount());
        assertEquals(false, listener.lastSeen.getIncomplete());
        enter(201, 1_000);
        clock.pass(1_000 * MILLI);
        flush();
        assertEquals(PresenceFeed.NAMES_DELIVERED_MAX / 1_000, listener.lastSeen.getChangesCount());
        assertEquals(true, listener.lastSeen.getIncomplete());
        enter(1_001, 10_000);
        clock.pass(1_000 * MILLI);
        flush();
        assertEquals(
                PresenceFeed.NAMES_DELIVERED_MAX / 10_000, listener.lastSeen.getChangesCount());
        assertEquals(10_000, listener.lastSeen.getOnline());
    }

    private void flush() {
        rooms.onFlush(fault -> {
            throw fault;
        });
    }

    private void enter(int from, int to) {
        for (int i = from; i <= to; i++) {
            general.enter(listener, TestRooms.person(i), 1);
        }
    }

    /// Every member at once: takes what it is offered.
    private static final class Listener implements Recipient {
        private EncodedFrame last =
                EncodedFrame.of(ServerFrame.newBuilder().setRequestId(1).build());
        private Presence lastSeen = Presence.getDefaultInstance();

        @Override
        public void onEventsWaiting(Cursor cursor) {}

        @Override
        public void send(EncodedFrame frame) {}

        @Override
        public void fail() {}

        @Override
        public boolean offer(EncodedFrame frame) {
            if (frame != last) {
                last = frame;
                try {
                    lastSeen = ServerFrame.parseFrom(frame.payload()).getPresence();
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }
            return true;
        }
    }
}
