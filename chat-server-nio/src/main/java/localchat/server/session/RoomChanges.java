package localchat.server.session;

import java.util.List;
import java.util.Optional;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.RoomKind;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.RoomChanged;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.room.Directory;
import localchat.server.room.Room;
import localchat.server.room.RoomWatcher;

/// Tells people what became of rooms they are in, or are in no more. Belongs to the loop thread.
public final class RoomChanges implements RoomWatcher {
    private final People people;
    private final RoomNews news;
    private final Directory directory;

    /// @param news tells of public rooms
    public RoomChanges(People people, RoomNews news, Directory directory) {
        this.people = people;
        this.news = news;
        this.directory = directory;
    }

    @Override
    public void onListedChange(Room room, EventBody body, long ownerBefore) {
        if (body instanceof EventBody.Membership membership) {
            onMembership(room, membership);
            if (room.state().ownerId() == ownerBefore) {
                return;
            }
        }
        tellMembers(room);
    }

    private void onMembership(Room room, EventBody.Membership membership) {
        List<Session> sessions = people.sessions(membership.userId());
        switch (membership.change()) {
            case ADDED -> {
                // What was said before is not unread to somebody who comes now.
                directory.markRead(membership.userId(), room.id(), room.headSeq());
                sessions.forEach(member -> tell(member, room));
            }
            case REMOVED, LEFT -> {
                boolean removed = membership.change() == MembershipChange.REMOVED;
                Optional<ErrorCode> reason =
                        removed ? Optional.of(ErrorCode.FORBIDDEN) : Optional.empty();
                sessions.forEach(member -> member.onTakenOut(room, reason));
            }
            case OWNER -> {}
        }
    }

    @Override
    public void onBegun(Room room) {
        for (long userId : List.copyOf(room.state().members().keySet())) {
            people.sessions(userId).stream()
                    .filter(member -> !member.isIn(room))
                    .forEach(member -> tell(member, room));
        }
    }

    /// Those who are here of a private room's members, or everyone of a public one.
    private void tellMembers(Room room) {
        if (room.state().kind() == RoomKind.PUBLIC) {
            news.add(room);
            return;
        }
        for (long userId : List.copyOf(room.state().members().keySet())) {
            people.sessions(userId).forEach(member -> tellAgain(member, room));
        }
    }

    /// Tells those of a private room's members who are not in it that it was made.
    void tellOthers(Room room) {
        onBegun(room);
    }

    /// A room that is new to somebody.
    private static void tell(Session member, Room room) {
        member.person()
                .ifPresent(person -> member.connection().send(changed(room, person.userId())));
    }

    /// A room that somebody knows: left out while the connection lags, since the events tell too.
    private static void tellAgain(Session member, Room room) {
        member.person()
                .ifPresent(person -> member.connection().offer(changed(room, person.userId())));
    }

    /// A room as somebody sees it.
    static EncodedFrame changed(Room room, long viewerId) {
        RoomChanged.Builder changed =
                RoomChanged.newBuilder().setRoom(WireEncoding.room(room.info(viewerId)));
        return EncodedFrame.of(ServerFrame.newBuilder().setRoomChanged(changed).build());
    }
}
