package localchat.server.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.protocol.wire.CreateRoom;
import localchat.core.protocol.wire.OpenDirect;
import localchat.core.protocol.wire.SetRoom;
import localchat.server.account.Account;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import localchat.server.room.Room;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomState;
import localchat.server.room.Rooms;
import localchat.server.room.Standing;

/// Requests that make private rooms and direct messages, and that set up rooms. Runs on the loop
/// thread.
final class PrivateRooms {
    /// People that a private room may begin with. Reason: a class and its teachers; more are added
    /// one by one.
    static final int FIRST_MEMBERS_MAX = 500;

    private PrivateRooms() {}

    static void onCreate(Session session, Member member, long requestId, CreateRoom create)
            throws RequestRefused {
        Optional<String> fault = RoomName.fault(create.getName());
        if (fault.isPresent()) {
            throw new RequestRefused(ErrorCode.ROOM_NAME_INVALID, fault.get());
        }
        RoomName name = new RoomName(create.getName());
        switch (create.getKind()) {
            case ROOM_PUBLIC -> createPublic(session, member, requestId, name);
            case ROOM_PRIVATE -> createPrivate(session, member, requestId, name, create);
            case ROOM_DIRECT, ROOM_AUDIT, ROOM_KIND_UNSPECIFIED, UNRECOGNIZED ->
                    throw new RequestRefused(
                            ErrorCode.INVALID, "kind is ROOM_PUBLIC or ROOM_PRIVATE");
        }
    }

    private static void createPublic(Session session, Member member, long requestId, RoomName name)
            throws RequestRefused {
        if (session.services().rooms().isTaken(name)) {
            throw new RequestRefused(ErrorCode.ROOM_NAME_TAKEN, "there is a room of this name");
        }
        RoomRequests.requirePlace(member, Optional.empty());
        Room room = RoomRequests.createPublic(session, member, name);
        RoomRequests.enterLive(session, member, requestId, room);
    }

    private static void createPrivate(
            Session session, Member member, long requestId, RoomName name, CreateRoom create)
            throws RequestRefused {
        Rooms rooms = session.services().rooms();
        RoomRequests.requirePlace(member, Optional.empty());
        RoomRequests.requireNewRoom(rooms);
        Set<Long> others = Set.copyOf(create.getMemberUserIdsList());
        if (others.size() > FIRST_MEMBERS_MAX) {
            throw new RequestRefused(
                    ErrorCode.INVALID,
                    "member_user_ids names %d people, at most %d"
                            .formatted(others.size(), FIRST_MEMBERS_MAX));
        }
        long ownerId = member.person().userId();
        Map<Long, Account> members = new LinkedHashMap<>();
        members.put(ownerId, AccountRequests.known(session, ownerId));
        for (long userId : others) {
            members.put(userId, AccountRequests.known(session, userId));
        }
        RoomRequests.takeRoom(session, member);
        RoomSettings settings = new RoomSettings(0, 0, create.getPastVisible());
        RoomState state = new RoomState(RoomKind.PRIVATE, name, settings, ownerId);
        Room room = make(session, state, members.values());
        RoomRequests.enterLive(session, member, requestId, room);
        session.services().changes().tellOthers(room);
    }

    static void onOpenDirect(Session session, Member member, long requestId, OpenDirect open)
            throws RequestRefused {
        long userId = member.person().userId();
        if (open.getUserId() == userId) {
            throw new RequestRefused(ErrorCode.INVALID, "direct messages are between two people");
        }
        Account self = AccountRequests.known(session, userId);
        Account other = AccountRequests.known(session, open.getUserId());
        Rooms rooms = session.services().rooms();
        Optional<Room> begun = rooms.direct(userId, open.getUserId());
        RoomRequests.requirePlace(member, begun);
        if (begun.isEmpty() && rooms.isFullOfDirects()) {
            throw new RequestRefused(
                    ErrorCode.TOO_MANY_ROOMS,
                    "the server has direct messages of " + Rooms.DIRECTS_MAX + " pairs already");
        }
        if (session.services().register().restraints().isBlocked(other.userId(), userId)) {
            throw new RequestRefused(ErrorCode.FORBIDDEN, "this person takes no messages from you");
        }
        if (begun.isEmpty()) {
            RoomRequests.requireRoomId(rooms);
            session.services()
                    .allowed()
                    .takeDirect(userId, session.services().clockNanos().getAsLong());
        }
        Room room =
                begun.isPresent()
                        ? begun.get()
                        : make(
                                session,
                                new RoomState(
                                        RoomKind.DIRECT,
                                        RoomName.GENERAL,
                                        RoomSettings.STANDARD,
                                        0),
                                List.of(self, other));
        RoomRequests.enterLive(session, member, requestId, room);
    }

    private static Room make(Session session, RoomState state, Iterable<Account> members) {
        for (Account account : members) {
            state.restoreMember(account.userId(), new RoomState.Membership(account.name(), 0, 1));
        }
        return session.services().rooms().create(state);
    }

    /// Settings are an event of the room, decided in its order; the answer comes when they are
    /// stored.
    static void onSetRoom(Session session, Member member, long requestId, SetRoom set)
            throws RequestRefused {
        Room room = member.cursor(set.getRoomId()).room();
        RoomSettings settings;
        try {
            settings =
                    new RoomSettings(
                            set.getRetentionDays(),
                            set.getRetentionMessages(),
                            set.getPastVisible());
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(ErrorCode.INVALID, String.valueOf(e.getMessage()));
        }
        byte[] id = new byte[Id128.BYTES];
        session.services().random().nextBytes(id);
        member.beginReading();
        LogPost post =
                new LogPost(
                        room.id(),
                        member.person().userId(),
                        member.person().name(),
                        Standing.of(member.person().role()),
                        member.device(),
                        MessageId.of(id),
                        new EventBody.Settings(settings),
                        requestId,
                        0,
                        outcome -> onSet(session, member, outcome));
        Optional<RoomRules.Refusal> refusal = session.services().rooms().offer(post);
        if (refusal.isPresent()) {
            member.endReading();
            throw new RequestRefused(refusal.get().code(), refusal.get().text());
        }
    }

    private static void onSet(Session session, Member member, PostOutcome outcome) {
        member.endReading();
        long requestId = outcome.post().requestId();
        switch (outcome) {
            case PostOutcome.Stored _, PostOutcome.Duplicate _ -> session.sendDone(requestId);
            case PostOutcome.Refused(_, ErrorCode code, String text) ->
                    session.send(requestId, Session.error(code, text, 0));
        }
    }
}
