package localchat.server.session;

import java.util.List;
import java.util.Optional;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.Person;
import localchat.core.model.RoomName;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.LeaveRoom;
import localchat.core.protocol.wire.ListPeople;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.RoomPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.SetPresence;
import localchat.core.protocol.wire.Typing;
import localchat.server.room.Cursor;
import localchat.server.room.Room;
import localchat.server.room.Rooms;

/// Requests about rooms and the people in them. Runs on the loop thread.
final class RoomRequests {
    /// When to try again to make a room that could not be made yet, in milliseconds.
    private static final int ROOM_RETRY_MILLIS = 500;

    private RoomRequests() {}

    /// Private rooms are entered by id alone: anybody may make one of any name with anybody in it.
    static void onJoin(Session session, Member member, long requestId, JoinRoom join)
            throws RequestRefused {
        Optional<String> fault = RoomName.fault(join.getName());
        if (fault.isPresent()) {
            throw new RequestRefused(ErrorCode.ROOM_NAME_INVALID, fault.get());
        }
        RoomName name = new RoomName(join.getName());
        Rooms rooms = session.services().rooms();
        Optional<Room> known = rooms.byName(name);
        requirePlace(member, known);
        requireNotSentOut(session, member, known);
        Room room = known.isPresent() ? known.get() : createPublic(session, member, name);
        enterLive(session, member, requestId, room);
    }

    static Room createPublic(Session session, Member member, RoomName name) throws RequestRefused {
        Rooms rooms = session.services().rooms();
        requireNewRoom(rooms);
        if (rooms.isTaken(name)) {
            throw new RequestRefused(
                    ErrorCode.ROOM_NAME_TAKEN,
                    "this name is kept, or about to be taken by another room");
        }
        takeRoom(session, member);
        Room room = rooms.create(name, member.person().userId());
        session.services().news().add(room);
        return room;
    }

    /// That a public or private room can be made.
    static void requireNewRoom(Rooms rooms) throws RequestRefused {
        if (rooms.isFull()) {
            throw new RequestRefused(
                    ErrorCode.TOO_MANY_ROOMS,
                    "the server has " + Rooms.ROOMS_MAX + " rooms already");
        }
        requireRoomId(rooms);
    }

    /// That this person may make one more room now.
    static void takeRoom(Session session, Member member) throws RequestRefused {
        session.services()
                .allowed()
                .takeRoom(member.userId(), session.services().clockNanos().getAsLong());
    }

    static void requireRoomId(Rooms rooms) throws RequestRefused {
        if (!rooms.hasId()) {
            throw new RequestRefused(
                    ErrorCode.BUSY, "the server cannot make one more room yet", ROOM_RETRY_MILLIS);
        }
    }

    /// Lets the user in from here on.
    static void enterLive(Session session, Member member, long requestId, Room room) {
        enter(session, member, requestId, room, room.headSeq() + 1, ResumeOutcome.ENTERED_LIVE);
    }

    static void onResume(Session session, Member member, long requestId, Resume resume)
            throws RequestRefused {
        Optional<Room> known = session.services().rooms().byId(resume.getRoomId());
        long userId = member.person().userId();
        if (known.filter(room -> room.state().admits(userId)).isEmpty()) {
            throw new RequestRefused(ErrorCode.NOT_FOUND, "there is no such room");
        }
        byte[] epoch = Session.fixedBytes(resume.getEpoch(), Id128.BYTES, "epoch");
        requirePlace(member, known);
        requireNotSentOut(session, member, known);
        Room room = known.get();
        long head = room.headSeq();
        long after = resume.getAfterSeq();
        boolean sameHistory = Id128.of(epoch).equals(session.services().messageLog().epoch());
        if (!sameHistory || after < 0 || after > head) {
            enter(session, member, requestId, room, head + 1, ResumeOutcome.CACHE_INVALID);
            return;
        }
        long oldest =
                Math.max(
                        session.services().messageLog().oldestSeq(room.id()),
                        room.state().visibleFromSeq(userId));
        if (head - after > SessionConfig.RESUME_EVENTS_MAX || after + 1 < oldest) {
            long page = head - SessionConfig.HISTORY_PAGE_MESSAGES_MAX + 1;
            long next = Math.max(Math.max(page, oldest), after + 1);
            enter(session, member, requestId, room, next, ResumeOutcome.CONTINUED_WITH_HOLE);
            return;
        }
        enter(session, member, requestId, room, after + 1, ResumeOutcome.CONTINUED);
    }

    static void requirePlace(Member member, Optional<Room> room) throws RequestRefused {
        boolean inside = room.isPresent() && member.cursors().containsKey(room.get().id());
        if (!inside && member.cursors().size() >= SessionConfig.ROOMS_PER_SESSION_MAX) {
            throw new RequestRefused(
                    ErrorCode.TOO_MANY_ROOMS,
                    "you are in " + SessionConfig.ROOMS_PER_SESSION_MAX + " rooms already");
        }
        if (!inside && room.isPresent() && room.get().isFull()) {
            throw new RequestRefused(
                    ErrorCode.ROOM_FULL, Room.MEMBERS_MAX + " sessions are in this room already");
        }
    }

    private static void requireNotSentOut(Session session, Member member, Optional<Room> room)
            throws RequestRefused {
        long now = session.services().epochMillis().getAsLong();
        long left =
                room.map(known ->
                                session.services()
                                        .register()
                                        .restraints()
                                        .kickedMillis(member.userId(), known.id(), now))
                        .orElse(0L);
        if (left > 0) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN,
                    "you were sent out of this room, come back in a moment",
                    (int) left);
        }
    }

    /// Told to the others, unless the person may not speak there.
    static void onTyping(Session session, Member member, Typing typing) throws RequestRefused {
        Cursor cursor = member.cursor(typing.getRoomId());
        SessionServices services = session.services();
        services.allowed().takeTyping(member.userId(), services.clockNanos().getAsLong());
        boolean muted =
                services.register()
                        .restraints()
                        .mutedUntil(
                                member.userId(),
                                typing.getRoomId(),
                                services.epochMillis().getAsLong())
                        .isPresent();
        if (!muted && !Posts.isBlocked(session, member, cursor.room())) {
            cursor.room().onTyping(cursor, typing.getActive());
        }
    }

    /// Entering again takes the place of the cursor before: from `nextSeq` on, as the answer says.
    private static void enter(
            Session session,
            Member member,
            long requestId,
            Room room,
            long nextSeq,
            ResumeOutcome outcome) {
        Cursor cursor = room.enter(session.connection(), member.person(), nextSeq);
        Cursor before = member.cursors().put(room.id(), cursor);
        if (before != null) {
            Posts.onLeaving(session, member, before);
            room.leave(before);
        }
        RoomEntered entered =
                RoomEntered.newBuilder()
                        .setRoom(WireEncoding.room(room.info(member.person().userId())))
                        .setNextSeq(nextSeq)
                        .setOutcome(outcome)
                        .build();
        session.send(requestId, ServerFrame.newBuilder().setRoomEntered(entered));
        ReadMarkers.tellAfterEntering(session, member, room);
    }

    static void onLeave(Session session, Member member, long requestId, LeaveRoom leave)
            throws RequestRefused {
        Cursor cursor = member.cursor(leave.getRoomId());
        member.cursors().remove(leave.getRoomId());
        Posts.onLeaving(session, member, cursor);
        cursor.room().leave(cursor);
        session.send(
                requestId,
                ServerFrame.newBuilder()
                        .setRoomLeft(RoomLeft.newBuilder().setRoomId(leave.getRoomId())));
    }

    /// The user's private rooms and direct messages, then the public rooms by name.
    static void onListRooms(Session session, Member member, long requestId, ListRooms list)
            throws RequestRefused {
        int limit = limit(list.getLimit(), SessionConfig.ROOMS_PAGE_MAX);
        RoomListing.Page listed =
                new RoomListing(session.services().rooms(), member.person().userId())
                        .page(list.getPageToken(), limit);
        RoomPage.Builder page = RoomPage.newBuilder().setNextPageToken(listed.nextToken());
        long viewerId = member.person().userId();
        listed.rooms().forEach(room -> page.addRooms(WireEncoding.room(room.info(viewerId))));
        session.send(requestId, ServerFrame.newBuilder().setRoomPage(page));
    }

    static void onListPeople(Session session, Member member, long requestId, ListPeople list)
            throws RequestRefused {
        int limit = limit(list.getLimit(), SessionConfig.PEOPLE_PAGE_MAX);
        Optional<String> after = token(list.getPageToken());
        boolean everyone = list.getRoomId() == 0;
        People all = session.services().people();
        List<Person> people =
                everyone
                        ? all.list(after, limit)
                        : member.cursor(list.getRoomId()).room().people(after, limit);
        int total = everyone ? all.online() : member.cursor(list.getRoomId()).room().peopleTotal();
        PeoplePage.Builder page =
                PeoplePage.newBuilder().setRoomId(list.getRoomId()).setTotal(total);
        people.forEach(person -> page.addPeople(WireEncoding.person(person)));
        if (people.size() == limit) {
            page.setNextPageToken(people.getLast().name().folded());
        }
        session.send(requestId, ServerFrame.newBuilder().setPeoplePage(page));
    }

    static void onSetPresence(Session session, Member member, long requestId, SetPresence set)
            throws RequestRefused {
        Availability availability =
                switch (set.getAvailability()) {
                    case ONLINE -> Availability.ONLINE;
                    case AWAY -> Availability.AWAY;
                    case OFFLINE, AVAILABILITY_UNSPECIFIED, UNRECOGNIZED ->
                            throw new RequestRefused(
                                    ErrorCode.INVALID, "availability is ONLINE or AWAY");
                };
        member.availability(availability);
        session.services().people().onAvailability(member.userId());
        session.sendDone(requestId);
    }

    private static Optional<String> token(String pageToken) {
        return pageToken.isEmpty() ? Optional.empty() : Optional.of(pageToken);
    }

    /// A limit as it was asked for, 0 and numbers past `max` meaning `max`.
    private static int limit(int asked, int max) {
        return asked <= 0 || asked > max ? max : asked;
    }
}
