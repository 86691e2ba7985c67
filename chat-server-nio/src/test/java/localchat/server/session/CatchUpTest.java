package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counter;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members that are behind the live ring, and a log that takes its time or has too much to do.
class CatchUpTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final String LONG_TEXT = "x".repeat(4_000);
    private static final long MILLISECOND = 1_000_000L;

    /// Events of a room, so that each needs more than one reading: a reading brings 64 KiB.
    private static final int EVENTS = 20;

    /// Rooms whose readings together are far more than may wait for one connection.
    private static final int ROOMS = 50;

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private final Map<Long, List<Long>> heard = new HashMap<>();
    private int ids;

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    /// Bo does not read while so much is said in so many rooms that no ring keeps it.
    private List<Long> fallBehind(int rooms) {
        List<Long> entered = new ArrayList<>();
        for (int i = 0; i < rooms; i++) {
            String join = "join_room { name: 'room %d' }".formatted(i);
            server.ask(ana, Samples.frame(join));
            entered.add(server.ask(bo, Samples.frame(join)).getRoomEntered().getRoom().getRoomId());
        }
        bo.takes(0);
        for (int event = 0; event < EVENTS; event++) {
            entered.forEach(this::say);
            server.settle();
            ana.hear();
        }
        return entered;
    }

    private void say(long room) {
        ana.say(
                Samples.frame(
                        "post { room_id: %d client_msg_id: '%016d' flight: 1 message { text: '%s' } }"
                                .formatted(room, ids++, LONG_TEXT)));
    }

    private void hear() {
        bo.hear().stream()
                .filter(ServerFrame::hasEvent)
                .map(ServerFrame::getEvent)
                .forEach(event ->
                        heard.computeIfAbsent(event.getRoomId(), room -> new ArrayList<>())
                                .add(event.getSeq()));
    }

    private void assertHeardAll(List<Long> rooms) {
        List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        for (long room : rooms) {
            assertEquals(all, heard.get(room), "room " + room);
        }
    }

    @Test
    void readsForOneOfManyLaggingRoomsAtATime() {
        List<Long> rooms = fallBehind(ROOMS);
        server.log.holdReadings();
        bo.takes(Long.MAX_VALUE);
        server.settle();
        hear();
        int readings = 0;
        while (server.log.readings() > 0) {
            assertEquals(1, server.log.readings());
            server.log.read();
            server.settle();
            hear();
            readings++;
        }
        assertTrue(readings >= ROOMS, "readings " + readings);
        assertHeardAll(rooms);
    }

    @Test
    void keepsAMemberOfManyLaggingRoomsThatReadsNothingWhileTheyAreRead() {
        List<Long> rooms = fallBehind(ROOMS);
        server.log.holdReadings();
        for (int second = 0; second < 5; second++) {
            server.pass(1);
            for (int i = server.log.readings(); i > 0; i--) {
                server.log.read();
            }
        }
        assertEquals(Optional.empty(), bo.closeReason());
        server.log.readAll();
        bo.takes(Long.MAX_VALUE);
        server.settle();
        hear();
        assertHeardAll(rooms);
    }

    @Test
    void triesAReadingAgainThatFoundTooManyBeforeIt() {
        List<Long> rooms = fallBehind(1);
        fallBehindAgain(rooms.getFirst());
        long before = server.counters.get(Counter.CATCH_UP_READS);
        server.log.refuseReadings(2);
        bo.takes(Long.MAX_VALUE);
        server.settle();
        assertEquals(before + 1, server.counters.get(Counter.CATCH_UP_READS));
        server.clock.pass(199 * MILLISECOND);
        server.settle();
        assertEquals(before + 1, server.counters.get(Counter.CATCH_UP_READS), "not yet");
        server.clock.pass(MILLISECOND);
        server.settle();
        assertEquals(before + 2, server.counters.get(Counter.CATCH_UP_READS), "in vain again");
        server.clock.pass(200 * MILLISECOND);
        server.settle();
        hear();
        assertEquals(Optional.empty(), bo.closeReason());
        assertEquals(
                LongStream.rangeClosed(1, 6 * EVENTS).boxed().toList(),
                heard.get(rooms.getFirst()));
    }

    /// The ring of one room holds more than [#EVENTS].
    private void fallBehindAgain(long room) {
        for (int event = 0; event < 5 * EVENTS; event++) {
            say(room);
            server.settle();
            ana.hear();
        }
    }

    @Test
    void leavingWhileAReadingIsToBeTriedAgainHarmsNobody() {
        List<Long> rooms = fallBehind(1);
        fallBehindAgain(rooms.getFirst());
        server.log.refuseReadings(1);
        bo.takes(Long.MAX_VALUE);
        server.settle();
        bo.hear();
        ServerFrame left =
                server.ask(bo, Samples.frame("leave_room { room_id: " + rooms.getFirst() + " }"));
        assertTrue(left.hasRoomLeft(), left::toString);
        server.pass(1);
        assertTrue(bo.hear().stream().noneMatch(ServerFrame::hasEvent));
        assertEquals(0, server.counters.get(Counter.MEMBERS_LAGGING));
    }
}
