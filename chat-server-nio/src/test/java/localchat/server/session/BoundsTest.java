package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.model.Availability;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import localchat.server.room.Cursor;
import localchat.server.room.Recipient;
import localchat.server.room.Room;
import org.junit.jupiter.api.Test;

/// Limits of rooms as those who ask meet them, and of the news about rooms.
class BoundsTest {
    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", DeviceKey.generate());

    @Test
    void refusesOneMoreInAFullRoomAndTakesOneWhenAnotherLeft() {
        Room general = server.rooms.byName(RoomName.GENERAL).orElseThrow();
        Recipient nobody = new Nobody();
        Cursor last = general.enter(nobody, person(1), 1);
        while (!general.isFull()) {
            last = general.enter(nobody, person(1), 1);
        }
        ServerFrame refused = server.ask(ana, Samples.of(KindCase.JOIN_ROOM));
        assertEquals(ErrorCode.ROOM_FULL, refused.getError().getCode());
        assertEquals(
                ErrorCode.ROOM_FULL,
                server.ask(ana, Samples.of(KindCase.RESUME)).getError().getCode());
        general.leave(last);
        RoomEntered entered = server.ask(ana, Samples.of(KindCase.JOIN_ROOM)).getRoomEntered();
        assertEquals(general.id(), entered.getRoom().getRoomId());
        assertTrue(general.isFull());
        assertTrue(
                server.ask(ana, Samples.of(KindCase.RESUME)).hasRoomEntered(),
                "who is in it may enter again");
    }

    @Test
    void tellsFiveNewRoomsAtOnceAndTheOthersLater() {
        create(7);
        server.tellNews();
        assertEquals(5, roomsHeard());
        server.tellNews();
        assertEquals(2, roomsHeard());
        server.tellNews();
        assertEquals(0, roomsHeard());
    }

    @Test
    void keepsFiftyNewRoomsWaitingAndNoMore() {
        create(51);
        long heard = 0;
        for (int i = 0; i < 20; i++) {
            server.tellNews();
            heard += roomsHeard();
        }
        assertEquals(50, heard);
        create(1);
        server.tellNews();
        assertEquals(1, roomsHeard());
    }

    private int created;

    private void create(int rooms) {
        for (int i = 0; i < rooms; i++) {
            String name = "room " + created++;
            server.clock.pass(Allowed.ROOM_NANOS);
            server.ask(ana, Samples.frame("join_room { name: '" + name + "' }"));
        }
        server.settle();
        ana.hear();
    }

    private long roomsHeard() {
        server.settle();
        return ana.hear().stream().filter(ServerFrame::hasRoomChanged).count();
    }

    private static Person person(long id) {
        return new Person(id + 1_000, new UserName("p" + id), Role.MEMBER, Availability.ONLINE);
    }

    private static final class Nobody implements Recipient {
        @Override
        public void onEventsWaiting(Cursor cursor) {}

        @Override
        public void send(EncodedFrame frame) {}

        @Override
        public void fail() {}

        @Override
        public boolean offer(EncodedFrame frame) {
            return false;
        }
    }
}
