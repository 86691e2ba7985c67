package localchat.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.Id128;
import localchat.core.model.RoomName;
import localchat.core.protocol.EncodedFrame;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.storage.MemoryLog;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private static final long MINUTE = 60_000_000_000L;

    private final ManualClock clock = new ManualClock();
    private final MemoryLog log =
            new MemoryLog(Id128.random(new Random(1)), clock::epochMillis, Runnable::run);
    private final Rooms rooms = new Rooms(log, log, new Counters(), clock::nanos, 1 << 20);

    @Test
    void forgetsARoomInWhichNobodySpokeAMinuteAfterTheLastLeft() {
        Room kitchen = rooms.create(new RoomName("kitchen"), 0);
        Cursor ana = kitchen.enter(TestRooms.deaf(), TestRooms.person(1), 1);
        clock.pass(2 * MINUTE);
        rooms.releaseQuiet();
        assertEquals(Optional.of(kitchen), rooms.byName(new RoomName("Kitchen")));
        kitchen.leave(ana);
        clock.pass(MINUTE);
        rooms.releaseQuiet();
        assertTrue(rooms.byId(kitchen.id()).isPresent());
        clock.pass(1);
        rooms.releaseQuiet();
        assertEquals(Optional.empty(), rooms.byName(new RoomName("kitchen")));
        assertEquals(Optional.empty(), rooms.byId(kitchen.id()));
    }

    @Test
    void keepsTheRoomThatIsAlwaysThere() {
        clock.pass(10 * MINUTE);
        rooms.releaseQuiet();
        assertTrue(rooms.byName(RoomName.GENERAL).isPresent());
    }

    @Test
    void isFullAtItsLimitAndNotBefore() {
        for (int i = 1; i < Rooms.ROOMS_MAX; i++) {
            assertEquals(false, rooms.isFull());
            rooms.create(new RoomName("room " + i), 0);
        }
        assertTrue(rooms.isFull());
    }

    @Test
    void aRoomIsFullAtItsLimitAndNotBefore() {
        Room general = rooms.byName(RoomName.GENERAL).orElseThrow();
        Cursor last = general.enter(TestRooms.deaf(), TestRooms.person(1), 1);
        for (int i = 2; i <= Room.MEMBERS_MAX; i++) {
            assertEquals(false, general.isFull());
            last = general.enter(TestRooms.deaf(), TestRooms.person(i), 1);
        }
        assertTrue(general.isFull());
        general.leave(last);
        assertEquals(false, general.isFull());
    }

    @Test
    void aFaultInOneRoomKeepsNoRoomFromBeingToldNowOrLater() {
        Room kitchen = rooms.create(new RoomName("kitchen"), 0);
        Room hall = rooms.create(new RoomName("hall"), 0);
        Clumsy clumsy = new Clumsy();
        kitchen.enter(clumsy, TestRooms.person(1), 1);
        hall.enter(clumsy, TestRooms.person(1), 1);
        List<RuntimeException> faults = new ArrayList<>();
        clumsy.fails = true;
        rooms.onFlush(faults::add);
        assertEquals(2, faults.size());
        clumsy.fails = false;
        kitchen.enter(clumsy, TestRooms.person(2), 1);
        rooms.onFlush(faults::add);
        assertEquals(2, faults.size());
        assertTrue(clumsy.offered >= 2, () -> "offered " + clumsy.offered);
    }

    /// Fails when it is told to.
    private static final class Clumsy implements Recipient {
        private boolean fails;
        private int offered;

        @Override
        public void onEventsWaiting(Cursor cursor) {}

        @Override
        public void send(EncodedFrame frame) {}

        @Override
        public void fail() {}

        @Override
        public boolean offer(EncodedFrame frame) {
            if (fails) {
                throw new IllegalStateException("as it was told");
            }
            offered++;
            return true;
        }
    }

    @Test
    void aPersonWithTwoSessionsIsOnePerson() {
        Room general = rooms.byName(RoomName.GENERAL).orElseThrow();
        Cursor first = general.enter(TestRooms.deaf(), TestRooms.person(1), 1);
        general.enter(TestRooms.deaf(), TestRooms.person(1), 1);
        assertEquals(1, general.online());
        general.leave(first);
        assertEquals(List.of(TestRooms.person(1)), general.people(Optional.empty(), 10));
    }
}
