package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.ErrorReported;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.PresenceChanged;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomChanged;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.client.SessionEvent.RoomLeft;
import localchat.core.client.SessionEvent.RoomRefused;
import localchat.core.client.SessionEvent.TypingChanged;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import localchat.core.model.TombstoneCause;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.FetchHistory;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.PeoplePage;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.PresenceChange;
import localchat.core.protocol.wire.PresenceKind;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.TombstoneBody;
import localchat.core.protocol.wire.TypingNotice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketSessionFrontEndSocketTest {
    private FakeServer server;
    private SessionUnderTest under;
    private FakeServer.Peer peer;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
        under = new SessionUnderTest(server.address()).start();
        peer = server.acceptInto(0);
        under.await(RoomEntered.class);
    }

    @AfterEach
    void end() throws Exception {
        under.close();
        peer.close();
        server.close();
    }

    private static Person person(long id, String name) {
        return Person.newBuilder().setUserId(id).setName(name).build();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static void assertRefused(ErrorCode code, CompletableFuture<?> future) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> get(future));
        assertEquals(code, assertInstanceOf(RequestException.class, e.getCause()).code());
    }

    private ServerFrame.Builder answer(ClientFrame request) {
        return ServerFrame.newBuilder().setRequestId(request.getRequestId());
    }

    @Test
    void listsRoomsPageAfterPage() throws Exception {
        CompletableFuture<List<RoomInfo>> rooms = under.session.listRooms();
        ClientFrame first = peer.read(KindCase.LIST_ROOMS);
        assertEquals("", first.getListRooms().getPageToken());
        peer.send(
                answer(first)
                        .setRoomPage(
                                RoomPage.newBuilder()
                                        .addRooms(FakeServer.room(2, "den", 0))
                                        .setNextPageToken("den")));
        ClientFrame second = peer.read(KindCase.LIST_ROOMS);
        assertEquals("den", second.getListRooms().getPageToken());
        peer.send(
                answer(second)
                        .setRoomPage(
                                RoomPage.newBuilder().addRooms(FakeServer.room(1, "general", 3))));
        assertEquals(
                List.of("den", "general"),
                get(rooms).stream().map(room -> room.name().value()).toList());
    }

    @Test
    void listsPeopleUpToTheLimit() throws Exception {
        CompletableFuture<PeopleList> people = under.session.listPeople(1, 3);
        ClientFrame first = peer.read(KindCase.LIST_PEOPLE);
        assertEquals(3, first.getListPeople().getLimit());
        peer.send(
                answer(first)
                        .setPeoplePage(
                                PeoplePage.newBuilder()
                                        .addPeople(person(1, "Ana"))
                                        .addPeople(person(2, "Bo"))
                                        .setTotal(9)
                                        .setNextPageToken("Bo")));
        ClientFrame second = peer.read(KindCase.LIST_PEOPLE);
        assertEquals(1, second.getListPeople().getLimit());
        peer.send(
                answer(second)
                        .setPeoplePage(
                                PeoplePage.newBuilder()
                                        .addPeople(person(3, "Cy"))
                                        .addPeople(person(4, "Di"))
                                        .setTotal(9)
                                        .setNextPageToken("Di")));
        PeopleList list = get(people);
        assertEquals(3, list.people().size());
        assertEquals(9, list.total());
    }

    @Test
    void readsAPageOfHistory() throws Exception {
        CompletableFuture<HistoryMessages> history =
                under.session.history(1, new HistoryAnchor.Before(40), 20);
        ClientFrame request = peer.read(KindCase.FETCH_HISTORY);
        FetchHistory fetch = request.getFetchHistory();
        assertEquals(40, fetch.getBeforeSeq());
        assertEquals(20, fetch.getLimit());
        HistoryMessage message =
                HistoryMessage.newBuilder()
                        .setSeq(38)
                        .setSenderUserId(99)
                        .setSenderName("Bo")
                        .setClientMsgId(
                                com.google.protobuf.ByteString.copyFrom(FakeServer.filled(16, 3)))
                        .setMessage(MessageBody.newBuilder().setText("hi"))
                        .build();
        peer.send(
                answer(request)
                        .setHistoryPage(
                                HistoryPage.newBuilder()
                                        .setRoomId(1)
                                        .addMessages(message)
                                        .addMessages(
                                                message.toBuilder()
                                                        .setSeq(39)
                                                        .setTombstone(TombstoneBody.newBuilder()))
                                        .setMoreBefore(true)));
        HistoryMessages page = get(history);
        assertEquals(38, page.messages().get(0).seq());
        assertEquals(
                new EventBody.Tombstone(TombstoneCause.DELETED, 0), page.messages().get(1).body());
        assertTrue(page.moreBefore());
        assertFalse(page.moreAfter());
    }

    @Test
    void passesARefusedRequestOn() throws Exception {
        CompletableFuture<List<RoomInfo>> rooms = under.session.listRooms();
        peer.refuse(peer.read(KindCase.LIST_ROOMS).getRequestId(), ErrorCode.FORBIDDEN);
        assertRefused(ErrorCode.FORBIDDEN, rooms);
    }

    @Test
    void failsRequestsThatAreOpenAtALossAndThoseMadeAfterIt() throws Exception {
        CompletableFuture<List<RoomInfo>> open = under.session.listRooms();
        peer.read(KindCase.LIST_ROOMS);
        server.close();
        peer.hangUp();
        assertRefused(ErrorCode.NOT_NOW, open);
        under.await(Reconnecting.class);
        assertRefused(ErrorCode.NOT_NOW, under.session.listPeople(1, 5));
        under.session.close();
        under.awaitThreads();
        assertRefused(ErrorCode.NOT_NOW, under.session.listRooms());
    }

    @Test
    void joinsAndLeavesRooms() throws Exception {
        under.session.join(new RoomName("den"));
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(2, "den", 0), ResumeOutcome.ENTERED_LIVE);
        assertEquals(2, under.await(RoomEntered.class).room().roomId());
        under.session.leave(2);
        ClientFrame leave = peer.read(KindCase.LEAVE_ROOM);
        assertEquals(2, leave.getLeaveRoom().getRoomId());
        peer.send(
                answer(leave)
                        .setRoomLeft(
                                localchat.core.protocol.wire.RoomLeft.newBuilder().setRoomId(2)));
        assertEquals(2, under.await(RoomLeft.class).roomId());
        peer.send(FakeServer.event(2, 1, 99, FakeServer.filled(16, 1), "nobody listens"));
        peer.send(FakeServer.event(1));
        assertEquals(1, under.next(EventReceived.class).event().roomId());
    }

    @Test
    void tellsThatARoomWasRefused() throws Exception {
        under.session.join(new RoomName("full"));
        peer.refuse(peer.read(KindCase.JOIN_ROOM).getRequestId(), ErrorCode.ROOM_FULL);
        RoomRefused refused = under.await(RoomRefused.class);
        assertEquals("full", refused.roomName());
        assertEquals(ErrorCode.ROOM_FULL, refused.code());
    }

    @Test
    void tellsThatTheServerTookItOutOfARoom() throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setRoomLeft(
                                localchat.core.protocol.wire.RoomLeft.newBuilder().setRoomId(1)));
        assertEquals(1, under.await(RoomLeft.class).roomId());
    }

    @Test
    void tellsWhoComesGoesAndTypes() throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setPresence(
                                Presence.newBuilder()
                                        .setRoomId(1)
                                        .setOnline(2)
                                        .addChanges(
                                                PresenceChange.newBuilder()
                                                        .setPerson(person(99, "Bo"))
                                                        .setKind(PresenceKind.CAME))
                                        .addChanges(
                                                PresenceChange.newBuilder()
                                                        .setPerson(person(99, "Bo"))
                                                        .setKindValue(77))));
        PresenceChanged presence = under.await(PresenceChanged.class);
        assertEquals(2, presence.online());
        assertEquals(1, presence.changes().size());
        assertEquals(localchat.core.model.PresenceKind.CAME, presence.changes().get(0).kind());
        assertTrue(presence.incomplete(), "one change was of an unknown kind");

        peer.send(
                ServerFrame.newBuilder()
                        .setTypingNotice(
                                TypingNotice.newBuilder()
                                        .setRoomId(1)
                                        .addPeople(person(FakeServer.SELF_ID, "Ana"))
                                        .addPeople(person(99, "Bo"))));
        TypingChanged typing = under.await(TypingChanged.class);
        assertEquals("[Bo]", typing.people().toString());
    }

    @Test
    void tellsAboutNewRoomsAndErrorsOfNoRequest() throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setRoomChanged(
                                localchat.core.protocol.wire.RoomChanged.newBuilder()
                                        .setRoom(FakeServer.room(3, "new", 0))));
        assertEquals("new", under.await(RoomChanged.class).room().name().value());
        peer.refuse(0, ErrorCode.INTERNAL);
        assertEquals(ErrorCode.INTERNAL, under.await(ErrorReported.class).code());
    }

    @Test
    void passesOverFramesOfAKindItDoesNotKnow() throws Exception {
        // Field 127, length-delimited, 1 byte.
        peer.sendBytes(
                java.nio.ByteBuffer.wrap(
                        new byte[] {0, 0, 0, 4, (byte) 0xFA, (byte) 0x07, 0x01, 0x00}));
        peer.send(FakeServer.event(1));
        under.await(EventReceived.class);
        assertEquals(ConnectionState.CONNECTED, under.session.state());
    }

    @Test
    void saysOnceThatItTypesAndOnceThatItStopped() throws Exception {
        for (int i = 0; i < 5; i++) {
            under.session.typing(1, true);
        }
        under.session.typing(1, false);
        under.session.typing(1, false);
        under.session.leave(1);
        assertTrue(peer.read(KindCase.TYPING).getTyping().getActive());
        assertFalse(peer.read(KindCase.TYPING).getTyping().getActive());
        peer.read(KindCase.LEAVE_ROOM);
    }

    @Test
    void saysThatItStoppedTypingWhenItPosts() throws Exception {
        under.session.typing(1, true);
        under.post(1, "typed");
        assertTrue(peer.read(KindCase.TYPING).getTyping().getActive());
        assertFalse(peer.read(KindCase.TYPING).getTyping().getActive());
        peer.read(KindCase.POST);
    }

    @Test
    void tellsNothingAfterTheEnd() throws Exception {
        AtomicReference<SessionUnderTest> ending = new AtomicReference<>();
        SessionListener late =
                event -> {
                    if (event instanceof SessionEvent.Ended) {
                        ending.get().post(1, "too late");
                    }
                };
        ending.set(
                new SessionUnderTest(
                        SessionUnderTest.config(server.address()),
                        SessionUnderTest.QUICK,
                        new SystemClock(),
                        late));
        try (SessionUnderTest under = ending.get()) {
            under.session.close();
            under.awaitEnd(SessionEvent.Failure.CLOSED_BY_USER);
            under.awaitThreads();
            assertTrue(under.events.isEmpty(), under.events::toString);
        }
    }

    @Test
    void survivesWhatItsListenerThrows() throws Exception {
        SessionListener throwing =
                event -> {
                    throw new IllegalStateException("a front end's fault at " + event);
                };
        try (SessionUnderTest careless =
                        new SessionUnderTest(
                                        SessionUnderTest.config(server.address()),
                                        SessionUnderTest.QUICK,
                                        new SystemClock(),
                                        throwing)
                                .start();
                FakeServer.Peer other = server.acceptInto(0)) {
            other.send(FakeServer.event(1));
            careless.await(Connected.class);
            careless.await(EventReceived.class);
            assertEquals(ConnectionState.CONNECTED, careless.session.state());
            assertTrue(careless.faults.size() >= 2, careless.faults::toString);
        }
    }

    @Test
    void stopsReadingWhileItsListenerIsBusy() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        SessionListener slow =
                event -> {
                    if (event instanceof EventReceived) {
                        SocketSessionFrontEndSocketTest.awaitQuietly(release);
                    }
                };
        try (SessionUnderTest under =
                        new SessionUnderTest(
                                        SessionUnderTest.config(server.address()),
                                        SessionUnderTest.QUICK,
                                        new SystemClock(),
                                        slow)
                                .start();
                FakeServer.Peer other = server.acceptInto(0)) {
            int total = 20_000;
            String text = "x".repeat(2_000);
            Thread flood =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (int seq = 1; seq <= total; seq++) {
                                        other.send(
                                                FakeServer.event(
                                                        1,
                                                        seq,
                                                        99,
                                                        FakeServer.filled(16, seq),
                                                        text));
                                    }
                                } catch (java.io.IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            assertFalse(flood.join(java.time.Duration.ofMillis(500)), "the server has to wait");
            release.countDown();
            for (int seq = 1; seq <= total; seq++) {
                assertEquals(seq, under.await(EventReceived.class).event().seq());
            }
            assertTrue(flood.join(SessionUnderTest.WAIT));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the session thread", e);
        }
    }
}
