package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Availability;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CreateInvite;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.LeaveRoom;
import localchat.core.protocol.wire.ListPeople;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.PresenceChange;
import localchat.core.protocol.wire.PresenceKind;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.SetPresence;
import localchat.core.protocol.wire.TopicBody;
import localchat.core.protocol.wire.Typing;
import localchat.core.protocol.wire.Welcome;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatSocketTest {
    private final Random random = new Random(7);
    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServers.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void deliversMessageToEveryoneInTheRoomItsSenderIncluded() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            long room = ana.join("general").getRoom().getRoomId();
            bo.join("general");
            ByteString id = ana.say(room, "olá");
            for (TestPeer peer : List.of(ana, bo)) {
                Event event = peer.awaitEvent().getEvent();
                assertEquals("olá", event.getMessage().getText());
                assertEquals("Ana", event.getSenderName());
                assertEquals(1, event.getSeq());
                assertEquals(id, event.getClientMsgId());
                assertTrue(Math.abs(event.getTimeMs() - System.currentTimeMillis()) < 60_000);
            }
        }
    }

    @Test
    void keepsRoomsApart() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            long kitchen = ana.join("kitchen").getRoom().getRoomId();
            bo.join("general");
            ana.say(kitchen, "only here");
            assertEquals(kitchen, ana.awaitEvent().getEvent().getRoomId());
            assertTrue(bo.isQuietFor(100));
        }
    }

    @Test
    void sameNameInAnyCaseIsTheSameRoom() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long first = ana.join("Kitchen").getRoom().getRoomId();
            RoomEntered again = ana.join("#KITCHEN");
            assertEquals(first, again.getRoom().getRoomId());
            assertEquals("Kitchen", again.getRoom().getName());
        }
    }

    @Test
    void listsRoomsInOrderOfName() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            ana.join("zebra");
            ana.join("Apple");
            ServerFrame page =
                    ana.request(
                            ClientFrame.newBuilder().setListRooms(ListRooms.getDefaultInstance()));
            List<String> names =
                    page.getRoomPage().getRoomsList().stream().map(Room::getName).toList();
            assertEquals(List.of("Apple", "general", "zebra"), names);
            assertEquals("", page.getRoomPage().getNextPageToken());
        }
    }

    @Test
    void listsRoomsPageByPage() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            ana.join("a");
            ana.join("b");
            ListRooms.Builder one = ListRooms.newBuilder().setLimit(1);
            List<String> names = new ArrayList<>();
            String token = "";
            do {
                var page =
                        ana.request(ClientFrame.newBuilder().setListRooms(one.setPageToken(token)))
                                .getRoomPage();
                page.getRoomsList().forEach(room -> names.add(room.getName()));
                token = page.getNextPageToken();
            } while (!token.isEmpty());
            assertEquals(List.of("a", "b", "general"), names);
        }
    }

    @Test
    void tellsWhoCameAndWent() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            ana.join("general");
            try (TestPeer bo = TestPeer.login(server, "Bo")) {
                bo.join("general");
                PresenceChange came = awaitChange(ana, "Bo");
                assertEquals(PresenceKind.CAME, came.getKind());
            }
            assertEquals(PresenceKind.WENT, awaitChange(ana, "Bo").getKind());
        }
    }

    @Test
    void tellsWhoIsAway() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            ana.join("general");
            bo.join("general");
            awaitChange(ana, "Bo");
            ServerFrame done =
                    bo.request(
                            ClientFrame.newBuilder()
                                    .setSetPresence(
                                            SetPresence.newBuilder()
                                                    .setAvailability(Availability.AWAY)));
            assertTrue(done.hasDone());
            PresenceChange change = awaitChange(ana, "Bo");
            assertEquals(PresenceKind.AVAILABILITY_CHANGED, change.getKind());
            assertEquals(Availability.AWAY, change.getPerson().getAvailability());
        }
    }

    @Test
    void tellsWhoIsTyping() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            ana.join("general");
            long room = bo.join("general").getRoom().getRoomId();
            bo.send(
                    ClientFrame.newBuilder()
                            .setTyping(Typing.newBuilder().setRoomId(room).setActive(true)));
            var notice = ana.await(ServerFrame::hasTypingNotice).getTypingNotice();
            assertEquals("Bo", notice.getPeople(0).getName());
        }
    }

    @Test
    void listsPeopleOfARoomPageByPage() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "ana");
                TestPeer bo = TestPeer.login(server, "Bo");
                TestPeer cy = TestPeer.login(server, "cy")) {
            long room = ana.join("general").getRoom().getRoomId();
            bo.join("general");
            cy.join("general");
            PeoplePage first = people(ana, room, "", 2);
            PeoplePage second = people(ana, room, first.getNextPageToken(), 2);
            assertEquals(3, first.getTotal());
            assertEquals(List.of("ana", "Bo"), names(first));
            assertEquals(List.of("cy"), names(second));
        }
    }

    @Test
    void deliversNothingAfterLeaving() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            long room = ana.join("general").getRoom().getRoomId();
            bo.join("general");
            ServerFrame left =
                    bo.request(
                            ClientFrame.newBuilder()
                                    .setLeaveRoom(LeaveRoom.newBuilder().setRoomId(room)));
            assertEquals(room, left.getRoomLeft().getRoomId());
            ana.say(room, "still there?");
            ana.awaitEvent();
            assertTrue(bo.isQuietFor(100));
        }
    }

    @Test
    void refusesPostIntoRoomNotEntered() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            assertEquals(ErrorCode.NOT_IN_ROOM, postError(ana, TestPeer.post(1, "hello", random)));
        }
    }

    @Test
    void acceptsTextOfTheLimitAndRefusesOneByteMore() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            ana.say(room, "x".repeat(4_096));
            assertEquals(4_096, ana.awaitEvent().getEvent().getMessage().getText().length());
            assertEquals(
                    ErrorCode.TEXT_TOO_LONG,
                    postError(ana, TestPeer.post(room, "x".repeat(4_097), random)));
        }
    }

    @Test
    void refusesBlankText() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            assertEquals(ErrorCode.TEXT_EMPTY, postError(ana, TestPeer.post(room, " \n", random)));
        }
    }

    @Test
    void refusesIdOfWrongLength() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            Post.Builder post = TestPeer.post(room, "x", random);
            post.setClientMsgId(ByteString.copyFromUtf8("short"));
            assertEquals(ErrorCode.INVALID, postError(ana, post));
        }
    }

    @Test
    void answersUnsupportedForWhatIsToCome() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            Post.Builder topic = TestPeer.post(room, "", random);
            topic.setTopic(TopicBody.newBuilder().setTopic("lunch"));
            assertEquals(ErrorCode.UNSUPPORTED, postError(ana, topic));
            ServerFrame invite =
                    ana.request(
                            ClientFrame.newBuilder()
                                    .setCreateInvite(CreateInvite.getDefaultInstance()));
            assertEquals(ErrorCode.UNSUPPORTED, invite.getError().getCode());
        }
    }

    @Test
    void storesPostSentTwiceOnceAndAnswersAgain() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            Post.Builder post = TestPeer.post(room, "once", random);
            ana.send(ClientFrame.newBuilder().setPost(post));
            Event event = ana.awaitEvent().getEvent();
            PostStored stored = ana.request(ClientFrame.newBuilder().setPost(post)).getPostStored();
            assertEquals(event.getSeq(), stored.getSeq());
            assertEquals(event.getTimeMs(), stored.getTimeMs());
            assertTrue(ana.isQuietFor(50));
        }
    }

    @Test
    void answersConflictForSameIdWithOtherBody() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            Post.Builder post = TestPeer.post(room, "once", random);
            ana.send(ClientFrame.newBuilder().setPost(post));
            ana.awaitEvent();
            post.getMessageBuilder().setText("twice");
            assertEquals(ErrorCode.CONFLICT, postError(ana, post));
        }
    }

    @Test
    void sameIdFromAnotherDeviceIsAnotherMessage() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            long room = ana.join("general").getRoom().getRoomId();
            bo.join("general");
            Post.Builder post = TestPeer.post(room, "same", random);
            ana.send(ClientFrame.newBuilder().setPost(post));
            assertEquals(1, bo.awaitEvent().getEvent().getSeq());
            bo.send(ClientFrame.newBuilder().setPost(post));
            assertEquals(2, bo.awaitEvent().getEvent().getSeq());
        }
    }

    @Test
    void refusesTheRestOfAFlightAfterOneThatMayBeRetried() throws IOException {
        try (ChatServer strict = TestServers.start(1, 2);
                TestPeer ana = TestPeer.login(strict, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            ana.say(room, "1");
            ana.say(room, "2");
            Post.Builder third = TestPeer.post(room, "3", random);
            var limited = ana.request(ClientFrame.newBuilder().setPost(third)).getError();
            assertEquals(ErrorCode.RATE_LIMITED, limited.getCode());
            assertTrue(limited.getRetryable());
            assertTrue(limited.getRetryAfterMs() > 0 && limited.getRetryAfterMs() <= 1000);
            assertEquals(third.getClientMsgId(), limited.getClientMsgId());
            assertEquals(
                    ErrorCode.FLIGHT_REFUSED, postError(ana, TestPeer.post(room, "4", random)));
        }
    }

    @Test
    void takesANewFlightAfterARefusal() throws IOException {
        try (ChatServer strict = TestServers.start(20, 1);
                TestPeer ana = TestPeer.login(strict, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            ana.say(room, "1");
            ana.awaitEvent();
            Post.Builder second = TestPeer.post(room, "2", random);
            int flight = 1;
            ServerFrame answer = ana.request(ClientFrame.newBuilder().setPost(second));
            while (answer.hasError()) {
                second.setFlight(++flight);
                ana.send(ClientFrame.newBuilder().setRequestId(99).setPost(second));
                answer = ana.await(frame -> frame.hasEvent() || frame.getRequestId() == 99);
            }
            assertEquals("2", answer.getEvent().getMessage().getText());
        }
    }

    @Test
    void resumesWithNothingMissingAndNothingTwice() throws IOException {
        DeviceKey key = DeviceKey.generate();
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer before = TestPeer.connect(server, key)) {
            ByteString epoch = before.login("Bo").getEpoch();
            long room = ana.join("general").getRoom().getRoomId();
            before.join("general");
            for (int i = 1; i <= 5; i++) {
                ana.say(room, "m" + i);
            }
            for (int i = 1; i <= 3; i++) {
                assertEquals(i, before.awaitEvent().getEvent().getSeq());
            }
            before.socket().close();
            try (TestPeer after = TestPeer.login(server, "Bo", key)) {
                RoomEntered entered = after.resume(room, epoch, 3);
                assertEquals(ResumeOutcome.CONTINUED, entered.getOutcome());
                assertEquals(4, entered.getNextSeq());
                ana.say(room, "m6");
                for (int i = 4; i <= 6; i++) {
                    Event event = after.awaitEvent().getEvent();
                    assertEquals(i, event.getSeq());
                    assertEquals("m" + i, event.getMessage().getText());
                }
                assertTrue(after.isQuietFor(50));
            }
        }
    }

    @Test
    void resumeOfAnotherEpochDropsTheCache() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            ana.say(room, "x");
            ana.awaitEvent();
            RoomEntered entered = ana.resume(room, ByteString.copyFrom(new byte[16]), 1);
            assertEquals(ResumeOutcome.CACHE_INVALID, entered.getOutcome());
            assertEquals(2, entered.getNextSeq());
        }
    }

    @Test
    void resumeAheadOfTheServerDropsTheCache() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            Welcome welcome = ana.login("Ana");
            long room = ana.join("general").getRoom().getRoomId();
            RoomEntered entered = ana.resume(room, welcome.getEpoch(), 1);
            assertEquals(ResumeOutcome.CACHE_INVALID, entered.getOutcome());
        }
    }

    @Test
    void resumeSendsUpTo2000AndLeavesAHoleBeyond() throws IOException {
        try (ChatServer unlimited = TestServers.start(0, 1);
                TestPeer ana = TestPeer.connect(unlimited)) {
            ByteString epoch = ana.login("Ana").getEpoch();
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 2_001; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 2_001);
            RoomEntered whole = ana.resume(room, epoch, 1);
            assertEquals(ResumeOutcome.CONTINUED, whole.getOutcome());
            for (int i = 2; i <= 2_001; i++) {
                assertEquals(i, ana.awaitEvent().getEvent().getSeq());
            }
            RoomEntered hole = ana.resume(room, epoch, 0);
            assertEquals(ResumeOutcome.CONTINUED_WITH_HOLE, hole.getOutcome());
            assertEquals(1_902, hole.getNextSeq());
            assertEquals(1_902, ana.awaitEvent().getEvent().getSeq());
        }
    }

    @Test
    void givesHistoryByPages() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 250; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 250);
            HistoryPage newest = history(ana, FetchHistory.newBuilder().setRoomId(room));
            assertEquals(100, newest.getMessagesCount());
            assertEquals(151, newest.getMessages(0).getSeq());
            assertEquals(250, newest.getTrueAsOfSeq());
            assertTrue(newest.getMoreBefore());
            assertFalse(newest.getMoreAfter());
            HistoryPage older =
                    history(
                            ana,
                            FetchHistory.newBuilder()
                                    .setRoomId(room)
                                    .setBeforeSeq(11)
                                    .setLimit(20));
            assertEquals(10, older.getMessagesCount());
            assertEquals("m1", older.getMessages(0).getMessage().getText());
            assertFalse(older.getMoreBefore());
            assertTrue(older.getMoreAfter());
        }
    }

    @Test
    void historyPageOfLongMessagesFitsItsFrame() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 40; i++) {
                ana.say(room, "x".repeat(4_096));
            }
            ana.await(frame -> frame.getEvent().getSeq() == 40);
            HistoryPage newest = history(ana, FetchHistory.newBuilder().setRoomId(room));
            assertTrue(newest.getMessagesCount() >= 15, () -> "got " + newest.getMessagesCount());
            assertEquals(40, newest.getMessages(newest.getMessagesCount() - 1).getSeq());
            assertTrue(newest.getMoreBefore());
        }
    }

    @Test
    void givesPlainEventsToFillAHole() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            long room = ana.join("general").getRoom().getRoomId();
            for (int i = 1; i <= 9; i++) {
                ana.say(room, "m" + i);
            }
            ana.await(frame -> frame.getEvent().getSeq() == 9);
            FetchEvents.Builder fetch =
                    FetchEvents.newBuilder().setRoomId(room).setFromSeq(3).setToSeq(5);
            EventPage page =
                    ana.request(ClientFrame.newBuilder().setFetchEvents(fetch)).getEventPage();
            assertEquals(
                    List.of(3L, 4L, 5L), page.getEventsList().stream().map(Event::getSeq).toList());
            assertFalse(page.getMore());
        }
    }

    private static PresenceChange awaitChange(TestPeer peer, String name) throws IOException {
        while (true) {
            for (PresenceChange change :
                    peer.await(ServerFrame::hasPresence).getPresence().getChangesList()) {
                if (change.getPerson().getName().equals(name)) {
                    return change;
                }
            }
        }
    }

    private static PeoplePage people(TestPeer peer, long room, String token, int limit)
            throws IOException {
        ListPeople.Builder list =
                ListPeople.newBuilder().setRoomId(room).setPageToken(token).setLimit(limit);
        return peer.request(ClientFrame.newBuilder().setListPeople(list)).getPeoplePage();
    }

    private static List<String> names(PeoplePage page) {
        return page.getPeopleList().stream().map(Person::getName).toList();
    }

    private static HistoryPage history(TestPeer peer, FetchHistory.Builder fetch)
            throws IOException {
        return peer.request(ClientFrame.newBuilder().setFetchHistory(fetch)).getHistoryPage();
    }

    private static ErrorCode postError(TestPeer peer, Post.Builder post) throws IOException {
        return peer.request(ClientFrame.newBuilder().setPost(post)).getError().getCode();
    }
}
