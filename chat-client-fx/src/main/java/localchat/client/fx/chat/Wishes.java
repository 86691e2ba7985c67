package localchat.client.fx.chat;

import java.util.HashSet;
import java.util.Set;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;

/// The rooms that the person asked for and waits to see. Whoever goes on with something else in the
/// meantime, or loses the connection, is not taken away from it. Belongs to the JavaFX thread.
final class Wishes {
    private final Set<Long> ids = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private int forgotten;

    /// A wish begins of which the room is not known yet.
    ///
    /// @return what [#isOpen] knows it by
    int begin() {
        return forgotten;
    }

    /// Whether the person has not gone on with something else since the wish began.
    boolean isOpen(int begun) {
        return begun == forgotten;
    }

    void add(long roomId) {
        ids.add(roomId);
    }

    void add(RoomName name) {
        names.add(name.folded());
    }

    void remove(RoomName name) {
        names.remove(name.folded());
    }

    /// Whether this room, which was entered, is waited for; from now on it is not. A name stands
    /// for the public room that has it.
    boolean take(RoomInfo entered) {
        boolean byName = entered.kind() == RoomKind.PUBLIC && names.remove(entered.name().folded());
        boolean byId = ids.remove(entered.roomId());
        return byName || byId;
    }

    /// The person goes on with something else.
    void forget() {
        forgotten++;
        ids.clear();
        names.clear();
    }
}
