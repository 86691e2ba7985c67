package localchat.server.room;

import java.util.Random;
import localchat.core.model.Availability;
import localchat.core.model.Id128;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.server.counters.Counters;
import localchat.server.storage.MemoryLog;

/// Rooms and people for tests, without a server around them.
final class TestRooms {
    private TestRooms() {}

    static Person person(long id) {
        return new Person(id, new UserName("p" + id), Role.MEMBER, Availability.ONLINE);
    }

    static Rooms rooms(Counters counters) {
        MemoryLog log =
                new MemoryLog(Id128.random(new Random(1)), () -> 0, task -> task.run(), 1_000);
        return new Rooms(log, log, counters, () -> 0, 1024 * 1024);
    }

    /// A cursor that belongs to no log in particular.
    static Cursor cursor(Counters counters, long nextSeq) {
        Room room = rooms(counters).byName(RoomName.GENERAL).orElseThrow();
        return room.enter(deaf(), person(1), nextSeq);
    }

    static Recipient deaf() {
        return new DeafRecipient();
    }

    private static final class DeafRecipient implements Recipient {
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
