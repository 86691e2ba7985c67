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
import localchat.server.room.Cursor;
import localchat.server.room.Room;
import localchat.server.room.Rooms;

/// Requests about rooms and the people in them. Runs on the loop thread.
final class RoomRequests {
    private RoomRequests() {}

    static void onJoin(Session session, Member member, long requestId, JoinRoom join)
            throws RequestRefused {
        Optional<String> fault = RoomName.fault(join.getName());
        if (fault.isPresent()) {
            throw new RequestRefused(ErrorCode.ROOM_NAME_INVALID, fault.get());
        }
        RoomName name = new RoomName(join.getName());
        Rooms rooms = session.services().rooms();
        Optional<Room> known = rooms.byName(name);
        if (known.isEmpty() && rooms.isFull()) {
            throw new RequestRefused(
                    ErrorCode.TOO_MANY_ROOMS,
                    "the server has " + Rooms.ROOMS_MAX + " rooms already");
        }
        requirePlace(member, known);
        Room room = known.orElseGet(() -> create(session, name));
        enter(session, member, requestId, room, room.headSeq() + 1, ResumeOutcome.ENTERED_LIVE);
    }

    private static Room create(Session session, RoomName name) {
        Room room = session.services().rooms().create(name);
        session.services().news().add(room);
        return room;
    }

    static void onResume(Session session, Member member, long requestId, Resume resume)
            throws RequestRefused {
        Optional<Room> known = session.services().rooms().byId(resume.getRoomId());
        if (known.isEmpty()) {
            throw new RequestRefused(ErrorCode.NOT_FOUND, "there is no such room");
        }
        byte[] epoch = Session.fixedBytes(resume.getEpoch(), Id128.BYTES, "epoch");
        requirePlace(member, known);
        Room room = known.get();
        long head = room.headSeq();
        long after = resume.getAfterSeq();
        boolean sameHistory = Id128.of(epoch).equals(session.services().messageLog().epoch());
        if (!sameHistory || after < 0 || after > head) {
            enter(session, member, requestId, room, head + 1, ResumeOutcome.CACHE_INVALID);
            return;
        }
        long oldest = session.services().messageLog().oldestSeq(room.id());
        if (head - after > SessionConfig.RESUME_EVENTS_MAX || after + 1 < oldest) {
            long page = head - SessionConfig.HISTORY_PAGE_MESSAGES_MAX + 1;
            long next = Math.max(Math.max(page, oldest), after + 1);
            enter(session, member, requestId, room, next, ResumeOutcome.CONTINUED_WITH_HOLE);
            return;
        }
        enter(session, member, requestId, room, after + 1, ResumeOutcome.CONTINUED);
    }

    private static void requirePlace(Member member, Optional<Room> room) throws RequestRefused {
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
            room.leave(before);
        }
        RoomEntered entered =
                RoomEntered.newBuilder()
                        .setRoom(WireEncoding.room(room.info()))
                        .setNextSeq(nextSeq)
                        .setOutcome(outcome)
                        .build();
        session.send(requestId, ServerFrame.newBuilder().setRoomEntered(entered));
    }

    static void onLeave(Session session, Member member, long requestId, LeaveRoom leave)
            throws RequestRefused {
        Cursor cursor = member.cursor(leave.getRoomId());
        member.cursors().remove(leave.getRoomId());
        cursor.room().leave(cursor);
        session.send(
                requestId,
                ServerFrame.newBuilder()
                        .setRoomLeft(RoomLeft.newBuilder().setRoomId(leave.getRoomId())));
    }

    static void onListRooms(Session session, long requestId, ListRooms list) {
        int limit = limit(list.getLimit(), SessionConfig.ROOMS_PAGE_MAX);
        List<Room> rooms = session.services().rooms().list(token(list.getPageToken()), limit);
        RoomPage.Builder page = RoomPage.newBuilder();
        rooms.forEach(room -> page.addRooms(WireEncoding.room(room.info())));
        if (rooms.size() == limit) {
            page.setNextPageToken(rooms.getLast().name().folded());
        }
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
        int total = everyone ? all.online() : member.cursor(list.getRoomId()).room().online();
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
        Person before = member.person();
        if (before.availability() != availability) {
            Person now = new Person(before.userId(), before.name(), before.role(), availability);
            member.person(now);
            member.cursors().values().forEach(cursor -> cursor.room().onPersonChanged(cursor, now));
        }
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
