package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import localchat.core.protocol.wire.Availability;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.LeaveRoom;
import localchat.core.protocol.wire.ListPeople;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.PresenceChange;
import localchat.core.protocol.wire.PresenceKind;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.Search;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.SetPresence;
import localchat.core.protocol.wire.Typing;
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
            ServerFrame found =
                    ana.request(ClientFrame.newBuilder().setSearch(Search.getDefaultInstance()));
            assertEquals(ErrorCode.UNSUPPORTED, found.getError().getCode());
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

    private static ErrorCode postError(TestPeer peer, Post.Builder post) throws IOException {
        return peer.request(ClientFrame.newBuilder().setPost(post)).getError().getCode();
    }
}
