package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who is told what became of a room, beside its events.
class RoomChangesTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final DeviceKey CYS_KEY = DeviceKey.generate();
    private static final long GENERAL = 1;
    private static final long CY = 3;

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private final TurnPeer cy = server.login("Cy", CYS_KEY);
    private int ids;

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    private static long entered(ServerFrame answer) {
        assertTrue(answer.hasRoomEntered(), answer::toString);
        return answer.getRoomEntered().getRoom().getRoomId();
    }

    private long join(TurnPeer peer, String name) {
        return entered(server.ask(peer, Samples.frame("join_room { name: '" + name + "' }")));
    }

    /// A private room of Ana's and Bo's. Bo is in it if he `isInside`.
    private long den(boolean isInside) {
        long den =
                entered(
                        server.ask(
                                ana,
                                Samples.frame(
                                        "create_room { name: 'den' kind: ROOM_PRIVATE"
                                                + " member_user_ids: 2 }")));
        if (isInside) {
            assertEquals(den, entered(server.ask(bo, Samples.resume(den))));
        }
        bo.hear();
        return den;
    }

    private void post(long room, String body) {
        ana.say(
                Samples.frame(
                        "post { room_id: %d client_msg_id: '%016d' flight: 1 %s }"
                                .formatted(room, ids++, body)));
        server.settle();
    }

    private void setUp(long room, int days) {
        ServerFrame done =
                server.ask(
                        ana,
                        Samples.frame(
                                "set_room { room_id: %d retention_days: %d }"
                                        .formatted(room, days)));
        assertTrue(done.hasDone(), done::toString);
    }

    /// From now on the peer's socket takes nothing, and the server has noticed.
    private void stopReading(TurnPeer peer) {
        join(ana, "general");
        join(peer, "general");
        peer.hear();
        peer.takes(0);
        post(GENERAL, "message { text: 'more than it takes' }");
        assertTrue(peer.isHeldUp());
    }

    private List<Room> changes(TurnPeer peer) {
        peer.takes(Long.MAX_VALUE);
        server.settle();
        return changesIn(peer.hear());
    }

    private static List<Room> changesIn(List<ServerFrame> heard) {
        return heard.stream()
                .filter(ServerFrame::hasRoomChanged)
                .map(frame -> frame.getRoomChanged().getRoom())
                .toList();
    }

    @Test
    void settingsAreToldToMembersWhoAreElsewhere() {
        long den = den(false);
        setUp(den, 30);
        List<Room> told = changes(bo);
        assertEquals(List.of(30), told.stream().map(Room::getRetentionDays).toList());
        assertEquals(den, told.getFirst().getRoomId());
        assertEquals(List.of(), changes(cy));
    }

    @Test
    void settingsAreNotToldToAMemberThatLagsWhoHearsOfThemAsEvents() {
        long den = den(true);
        stopReading(bo);
        for (int days = 1; days <= 3; days++) {
            setUp(den, days);
        }
        bo.takes(Long.MAX_VALUE);
        server.settle();
        List<ServerFrame> heard = bo.hear();
        assertEquals(List.of(), changesIn(heard));
        assertEquals(
                List.of(1, 2, 3),
                heard.stream()
                        .filter(frame -> frame.getEvent().getRoomId() == den)
                        .map(frame -> frame.getEvent().getRetention().getDays())
                        .toList());
    }

    @Test
    void aRoomThatIsNewToSomebodyIsToldHoweverFarBehind() {
        long den = den(true);
        stopReading(cy);
        post(den, "membership { user_id: " + CY + " change: ADDED }");
        assertEquals(List.of(den), changes(cy).stream().map(Room::getRoomId).toList());
    }

    @Test
    void theTopicOfAPublicRoomIsToldToEveryoneWhoIsHereAndDoesNotLag() {
        long attic = join(ana, "attic");
        server.tellNews();
        server.settle();
        stopReading(cy);
        bo.hear();
        post(attic, "topic { topic: 'tea' }");
        server.tellNews();
        List<Room> told = changes(bo);
        assertEquals(List.of("tea"), told.stream().map(Room::getTopic).toList());
        assertEquals(attic, told.getFirst().getRoomId());
        assertEquals(List.of(), changes(cy));
    }
}
