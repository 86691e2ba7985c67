package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import localchat.core.client.SessionEvent.ClockOff;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomChanged;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.client.SessionEvent.RoomLeft;
import localchat.core.model.ErrorCode;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.MembershipBody;
import localchat.core.protocol.wire.MembershipChange;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.RenameBody;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RetentionBody;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.TopicBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rooms that a session is in because its user belongs to them, what happens to a room's data, and
/// clocks that are wrong.
@Timeout(60)
class SocketSessionPrivateRoomsSocketTest {
    private FakeServer server;
    private SessionUnderTest under;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
        under = new SessionUnderTest(server.address()).start();
    }

    @AfterEach
    void end() throws Exception {
        under.close();
        server.close();
        assertTrue(under.faults.isEmpty(), under.faults::toString);
    }

    private static Room own(long id, String name, long headSeq) {
        return FakeServer.room(id, name, headSeq).toBuilder()
                .setKind(localchat.core.protocol.wire.RoomKind.ROOM_PRIVATE)
                .build();
    }

    private static Room direct(long id, String peer, long headSeq) {
        return Room.newBuilder()
                .setRoomId(id)
                .setKind(localchat.core.protocol.wire.RoomKind.ROOM_DIRECT)
                .setPeer(Person.newBuilder().setUserId(9).setName(peer))
                .setHeadSeq(headSeq)
                .build();
    }

    private static Resume resume(FakeServer.Peer peer, Room room) throws Exception {
        ClientFrame request = peer.read(KindCase.RESUME);
        Resume resume = request.getResume();
        assertEquals(room.getRoomId(), resume.getRoomId());
        peer.enter(request, room, resume.getAfterSeq() + 1, ResumeOutcome.CONTINUED);
        return resume;
    }

    /// Logs in with these rooms of the user's; `general` is entered behind them.
    private FakeServer.Peer enter(Room... rooms) throws Exception {
        FakeServer.Peer peer = server.accept().withRooms(rooms);
        peer.logIn();
        for (Room room : rooms) {
            resume(peer, room);
        }
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
        for (int i = 0; i <= rooms.length; i++) {
            under.await(RoomEntered.class);
        }
        return peer;
    }

    private static void change(FakeServer.Peer peer, Room room) throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setRoomChanged(
                                localchat.core.protocol.wire.RoomChanged.newBuilder()
                                        .setRoom(room)));
    }

    private static void takeOut(FakeServer.Peer peer, long roomId, ErrorCode reason)
            throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setRoomLeft(
                                localchat.core.protocol.wire.RoomLeft.newBuilder()
                                        .setRoomId(roomId)
                                        .setReason(WireEncoding.errorCode(reason))));
    }

    @Test
    void entersTheRoomsItsUserBelongsTo() throws Exception {
        FakeServer.Peer peer = server.accept().withRooms(own(5, "board", 100), direct(6, "Bo", 0));
        peer.logIn();
        under.await(Connected.class);
        resume(peer, own(5, "board", 100));
        RoomEntered board = under.next(RoomEntered.class);
        assertEquals(RoomKind.PRIVATE, board.room().kind());
        assertEquals(1, board.nextSeq());
        assertFalse(board.again());
        resume(peer, direct(6, "Bo", 0));
        assertEquals("Bo", under.next(RoomEntered.class).room().name().value());
        peer.send(FakeServer.event(5, 1, 99, FakeServer.filled(16, 1), "hush"));
        assertEquals(5, under.next(EventReceived.class).event().roomId());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "99, 0", "100, 0", "101, 101"})
    void readsAShortPastAndLeavesALongOneToPages(long headSeq, long afterSeq) throws Exception {
        FakeServer.Peer peer = server.accept().withRooms(own(5, "board", headSeq));
        peer.logIn();
        assertEquals(afterSeq, resume(peer, own(5, "board", headSeq)).getAfterSeq());
    }

    @Test
    void entersNoMoreRoomsThanTheServerAllows() throws Exception {
        FakeServer.Peer peer =
                server.accept()
                        .withRooms(own(5, "a", 0), own(6, "b", 0), own(7, "c", 0))
                        .withLimits(Limits.newBuilder().setRoomsPerSessionMax(2).build());
        peer.logIn();
        resume(peer, own(5, "a", 0));
        resume(peer, own(6, "b", 0));
        peer.read(KindCase.JOIN_ROOM);
    }

    @Test
    void resumesThemAfterALossFromWhereItWas() throws Exception {
        FakeServer.Peer peer = enter(own(5, "board", 0));
        peer.send(FakeServer.event(5, 1, 99, FakeServer.filled(16, 1), "hush"));
        under.await(EventReceived.class);
        peer.hangUp();
        FakeServer.Peer second = server.accept().withRooms(own(5, "board", 1));
        second.logIn();
        assertEquals(1, resume(second, own(5, "board", 1)).getAfterSeq());
        assertEquals(1, second.read(KindCase.RESUME).getResume().getRoomId());
        assertTrue(under.await(RoomEntered.class).again());
    }

    @Test
    void entersARoomThatIsNewToItsUser() throws Exception {
        FakeServer.Peer peer = enter();
        change(peer, own(5, "board", 101));
        assertEquals(5, under.next(RoomChanged.class).room().roomId());
        assertEquals(101, resume(peer, own(5, "board", 101)).getAfterSeq());
        assertEquals(5, under.next(RoomEntered.class).room().roomId());
        change(peer, own(5, "boards", 101));
        assertEquals("boards", under.next(RoomChanged.class).room().name().value());
        change(peer, FakeServer.room(8, "public", 0));
        assertEquals(8, under.next(RoomChanged.class).room().roomId());
        under.session.join(new RoomName("next"));
        peer.read(KindCase.JOIN_ROOM);
    }

    @Test
    void goesOutOfARoomThatItsUserBelongsToNoMore() throws Exception {
        FakeServer.Peer peer = enter(own(5, "board", 0));
        takeOut(peer, 77, ErrorCode.FORBIDDEN);
        takeOut(peer, 5, ErrorCode.FORBIDDEN);
        assertEquals(5, under.next(RoomLeft.class).roomId());
        peer.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        assertEquals(1, second.read(KindCase.RESUME).getResume().getRoomId());
    }

    @Test
    void closesAPrivateRoomForThisConnectionAlone() throws Exception {
        FakeServer.Peer peer = enter(own(5, "board", 0));
        under.session.leave(5);
        ClientFrame leave = peer.read(KindCase.LEAVE_ROOM);
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(leave.getRequestId())
                        .setRoomLeft(
                                localchat.core.protocol.wire.RoomLeft.newBuilder().setRoomId(5)));
        assertEquals(5, under.next(RoomLeft.class).roomId());
        change(peer, own(5, "board", 0));
        under.next(RoomChanged.class);
        under.post(1, "no resume before this");
        peer.readPost();
        peer.hangUp();
        under.await(Reconnecting.class);
        FakeServer.Peer second = server.accept().withRooms(own(5, "board", 0));
        second.logIn();
        assertEquals(1, second.read(KindCase.RESUME).getResume().getRoomId());
        resume(second, own(5, "board", 0));
    }

    @Test
    void entersAPrivateRoomThatWasClosedByItsIdWhenItsNameIsTyped() throws Exception {
        FakeServer.Peer peer = enter(own(5, "board", 0));
        under.session.leave(5);
        ClientFrame leave = peer.read(KindCase.LEAVE_ROOM);
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(leave.getRequestId())
                        .setRoomLeft(
                                localchat.core.protocol.wire.RoomLeft.newBuilder().setRoomId(5)));
        under.next(RoomLeft.class);
        under.session.join(new RoomName("Board"));
        resume(peer, own(5, "board", 0));
        assertEquals(5, under.next(RoomEntered.class).room().roomId());
    }

    @Test
    void joinsThePublicRoomThoughAPrivateOneHasItsName() throws Exception {
        enter(own(5, "den", 0)).hangUp();
        under.await(Reconnecting.class);
        under.session.join(new RoomName("den"));
        FakeServer.Peer peer = server.accept().withRooms(own(5, "den", 0));
        peer.logIn();
        resume(peer, own(5, "den", 0));
        resume(peer, FakeServer.room(1, "general", 0));
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(2, "den", 0), ResumeOutcome.ENTERED_LIVE);
        for (long id : List.of(5L, 1L, 2L)) {
            assertEquals(id, under.await(RoomEntered.class).room().roomId());
        }
    }

    @Test
    void tellsOfAPrivateRoomThatIsRefusedAsOfNoRoomThatWasAskedFor() throws Exception {
        FakeServer.Peer peer = server.accept().withRooms(own(5, "general", 0));
        peer.logIn();
        peer.refuse(peer.read(KindCase.RESUME).getRequestId(), ErrorCode.NOT_FOUND);
        under.await(Connected.class);
        assertEquals(
                "the private room general cannot be entered: no: NOT_FOUND",
                under.next(localchat.core.client.SessionEvent.ErrorReported.class).text());
    }

    @Test
    void goesIntoNoMoreThanAThousandRoomsThatItDidNotAskFor() throws Exception {
        FakeServer.Peer peer = enter();
        for (int id = 2; id <= Rooms.ROOMS_MAX + 1; id++) {
            peer.send(
                    ServerFrame.newBuilder()
                            .setRoomEntered(
                                    localchat.core.protocol.wire.RoomEntered.newBuilder()
                                            .setRoom(FakeServer.room(id, "r" + id, 0))
                                            .setNextSeq(1)));
        }
        change(peer, own(5_000, "one more", 0));
        under.session.join(new RoomName("asked for"));
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(6_000, "asked for", 0), ResumeOutcome.ENTERED_LIVE);
        for (int id = 2; id <= Rooms.ROOMS_MAX; id++) {
            assertEquals(id, under.await(RoomEntered.class).room().roomId());
        }
        assertEquals(6_000, under.await(RoomEntered.class).room().roomId());
    }

    @Test
    void opensDirectMessagesOnceWhoeverTellsFirst() throws Exception {
        FakeServer.Peer peer = enter();
        CompletableFuture<RoomInfo> opened = under.session.openDirect(9);
        ClientFrame open = peer.read(KindCase.OPEN_DIRECT);
        assertEquals(9, open.getOpenDirect().getUserId());
        peer.enter(open, direct(6, "Bo", 0), ResumeOutcome.ENTERED_LIVE);
        assertEquals("Bo", opened.get(10, TimeUnit.SECONDS).name().value());
        assertEquals(6, under.next(RoomEntered.class).room().roomId());
        change(peer, direct(6, "Bob", 0));
        assertEquals("Bob", under.next(RoomChanged.class).room().name().value());
        under.post(1, "no resume before this");
        peer.readPost();
    }

    @Test
    void makesAPrivateRoomAndSetsIt() throws Exception {
        FakeServer.Peer peer = enter();
        CompletableFuture<RoomInfo> made =
                under.session.createPrivate(new RoomName("board"), false, List.of(9L, 10L));
        ClientFrame create = peer.read(KindCase.CREATE_ROOM);
        assertEquals("board", create.getCreateRoom().getName());
        assertFalse(create.getCreateRoom().getPastVisible());
        assertEquals(List.of(9L, 10L), create.getCreateRoom().getMemberUserIdsList());
        peer.enter(create, own(5, "board", 3), ResumeOutcome.ENTERED_LIVE);
        assertEquals(5, made.get(10, TimeUnit.SECONDS).roomId());
        assertEquals(4, under.next(RoomEntered.class).nextSeq());

        CompletableFuture<Boolean> set = under.session.setRoom(5, new RoomSettings(7, 1_000, true));
        ClientFrame request = peer.read(KindCase.SET_ROOM);
        assertEquals(7, request.getSetRoom().getRetentionDays());
        assertEquals(1_000, request.getSetRoom().getRetentionMessages());
        assertTrue(request.getSetRoom().getPastVisible());
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setDone(localchat.core.protocol.wire.Done.newBuilder()));
        assertTrue(set.get(10, TimeUnit.SECONDS));
    }

    @Test
    void tellsARoomsNewDataWithTheEventsThatChangeThem() throws Exception {
        FakeServer.Peer peer = enter();
        Event event = FakeServer.event(1).toBuilder().clearBody().build();
        peer.send(event.toBuilder().setTopic(TopicBody.newBuilder().setTopic("tea")).build());
        assertEquals(1, under.next(EventReceived.class).event().seq());
        assertEquals("tea", under.next(RoomChanged.class).room().topic());
        peer.send(
                event.toBuilder()
                        .setSeq(2)
                        .setRename(RenameBody.newBuilder().setName("lobby"))
                        .build());
        under.next(EventReceived.class);
        RoomInfo renamed = under.next(RoomChanged.class).room();
        assertEquals("lobby", renamed.name().value());
        assertEquals("tea", renamed.topic());
        peer.send(
                event.toBuilder()
                        .setSeq(3)
                        .setRetention(RetentionBody.newBuilder().setDays(7))
                        .build());
        under.next(EventReceived.class);
        assertEquals(
                new RoomSettings(7, 0, false), under.next(RoomChanged.class).room().settings());
        peer.send(
                event.toBuilder()
                        .setSeq(4)
                        .setMembership(
                                MembershipBody.newBuilder()
                                        .setUserId(9)
                                        .setUserName("Bo")
                                        .setChange(MembershipChange.OWNER))
                        .build());
        under.next(EventReceived.class);
        assertEquals(9, under.next(RoomChanged.class).room().ownerId());
    }

    @Test
    void doesNotGoBackToTheDataThatMissedEventsTellOf() throws Exception {
        enter().hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        ClientFrame request = second.read(KindCase.RESUME);
        localchat.core.protocol.wire.RoomEntered.Builder entered =
                localchat.core.protocol.wire.RoomEntered.newBuilder()
                        .setRoom(FakeServer.room(1, "general", 2).toBuilder().setTopic("new"))
                        .setNextSeq(1)
                        .setOutcome(ResumeOutcome.CONTINUED);
        second.send(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setRoomEntered(entered));
        Event event = FakeServer.event(1).toBuilder().clearBody().build();
        second.send(event.toBuilder().setTopic(TopicBody.newBuilder().setTopic("old")).build());
        second.send(
                event.toBuilder()
                        .setSeq(2)
                        .setTopic(TopicBody.newBuilder().setTopic("new"))
                        .build());
        second.send(FakeServer.event(3));
        under.await(RoomEntered.class);
        for (long seq = 1; seq <= 3; seq++) {
            assertEquals(seq, under.next(EventReceived.class).event().seq());
        }
    }

    @Test
    void saysThatAClockIsOffOnceUntilItMovesByAnotherMinute() throws Exception {
        long second = 1_000;
        long[] offsets = {50, 70, 100, 140, 20, 90, -90};
        boolean[] told = {false, true, false, true, false, true, true};
        for (int i = 0; i < offsets.length; i++) {
            long now = System.currentTimeMillis();
            FakeServer.Peer peer = server.accept().withTime(now + offsets[i] * second);
            peer.logIn();
            under.await(Connected.class);
            if (told[i]) {
                long offset = under.next(ClockOff.class).offsetMillis();
                assertTrue(Math.abs(offsets[i] * second - offset) < 10 * second, () -> "" + offset);
            }
            peer.read();
            peer.goodbye(localchat.core.model.CloseReason.GOING_AWAY, 1);
            under.next(Reconnecting.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"60000, false", "60001, true", "-60000, false", "-60001, true"})
    void saysThatAClockIsOffByMoreThanAMinute(long offsetMillis, boolean told) throws Exception {
        ManualClock clock = new ManualClock();
        SessionConfig config = SessionUnderTest.config(server.address());
        server.accept().close();
        try (SessionUnderTest run =
                new SessionUnderTest(config, SessionUnderTest.QUICK, clock).start()) {
            FakeServer.Peer peer = server.accept().withTime(clock.epochMillis() + offsetMillis);
            peer.logIn();
            ClientFrame join = peer.read(KindCase.JOIN_ROOM);
            peer.enter(join, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
            assertEquals(offsetMillis, run.next(Connected.class).clockOffsetMillis());
            if (told) {
                assertEquals(offsetMillis, run.next(ClockOff.class).offsetMillis());
            }
            run.next(RoomEntered.class);
        }
    }

    @Test
    void keepsTheOrderOfTheServerWhateverTheClocksSay() throws Exception {
        long day = 86_400_000;
        FakeServer.Peer peer = server.accept().withTime(System.currentTimeMillis() - day);
        peer.logIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
        for (long seq = 1; seq <= 4; seq++) {
            long time = System.currentTimeMillis() + (seq % 2 == 0 ? day : -day) * seq;
            peer.send(FakeServer.event(seq).toBuilder().setTimeMs(time).build());
        }
        for (long seq = 1; seq <= 4; seq++) {
            assertEquals(seq, under.await(EventReceived.class).event().seq());
        }
    }
}
