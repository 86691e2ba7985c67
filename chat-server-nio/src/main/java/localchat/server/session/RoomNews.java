package localchat.server.session;

import java.util.ArrayDeque;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.RoomChanged;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.Room;

/// Public rooms that are new or have changed, told to everyone who is here, a few at a time: one
/// frame costs as many deliveries as there are people. Belongs to the loop thread.
public final class RoomNews {
    /// Rooms told at once; [#tell] is called about once a second. Reason: 50,000 deliveries to
    /// 10,000 people, some milliseconds of the loop.
    private static final int ROOMS_AT_ONCE = 5;

    /// Rooms that wait to be told; further ones are not: lists show them. Reason: more is a flood.
    private static final int WAITING_MAX = 50;

    private final People people;
    private final ArrayDeque<Room> waiting = new ArrayDeque<>();

    public RoomNews(People people) {
        this.people = people;
    }

    void add(Room room) {
        if (waiting.size() < WAITING_MAX && !waiting.contains(room)) {
            waiting.add(room);
        }
    }

    /// Tells the next few.
    public void tell() {
        for (int i = 0; i < ROOMS_AT_ONCE && !waiting.isEmpty(); i++) {
            RoomChanged.Builder changed =
                    RoomChanged.newBuilder().setRoom(WireEncoding.room(waiting.remove().info(0)));
            people.offerToAll(
                    EncodedFrame.of(ServerFrame.newBuilder().setRoomChanged(changed).build()));
        }
    }
}
