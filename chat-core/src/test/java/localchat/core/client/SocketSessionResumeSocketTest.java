package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.ErrorReported;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.client.SessionEvent.RoomLeft;
import localchat.core.client.SessionEvent.RoomRefused;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.EventPage;
import localchat.core.protocol.wire.FetchEvents;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SocketSessionResumeSocketTest {
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

    private void expectEvents(long from, long to) throws InterruptedException {
        for (long seq = from; seq <= to; seq++) {
            assertEquals(seq, under.await(EventReceived.class).event().seq());
        }
    }

    @Test
    void resumesAfterALossWithoutAHoleOrDouble() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        first.send(FakeServer.event(1));
        first.send(FakeServer.event(2));
        expectEvents(1, 2);
        first.reset();
        Reconnecting loss = under.next(Reconnecting.class);
        assertEquals(
                "The connection to " + server.address() + " was lost: the connection broke.",
                loss.text());

        FakeServer.Peer second = server.acceptAndLogIn();
        Resume resume = readResume(second, 2, ResumeOutcome.CONTINUED, 3, 5);
        assertEquals(FakeServer.GENERAL_ID, resume.getRoomId());
        assertEquals(ByteString.copyFrom(FakeServer.EPOCH), resume.getEpoch());
        for (long seq = 2; seq <= 5; seq++) {
            second.send(FakeServer.event(seq));
        }
        under.next(Connected.class);
        RoomEntered entered = under.next(RoomEntered.class);
        assertTrue(entered.again());
        assertFalse(entered.cacheInvalid());
        assertEquals(3, entered.nextSeq());
        expectEvents(3, 5);
        second.close();
    }

    /// Reads a Resume from `afterSeq` and answers it.
    private static Resume readResume(
            FakeServer.Peer peer, long afterSeq, ResumeOutcome outcome, long nextSeq, long headSeq)
            throws Exception {
        ClientFrame request = peer.read(KindCase.RESUME);
        assertEquals(afterSeq, request.getResume().getAfterSeq());
        peer.enter(request, FakeServer.room(1, "general", headSeq), nextSeq, outcome);
        return request.getResume();
    }

    @Test
    void goesOnBehindAHoleTheServerLeaves() throws Exception {
        server.acceptInto(0).hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        readResume(second, 0, ResumeOutcome.CONTINUED_WITH_HOLE, 5_001, 5_000);
        second.send(FakeServer.event(5_001));
        under.await(Reconnecting.class);
        assertEquals(5_001, under.await(RoomEntered.class).nextSeq());
        expectEvents(5_001, 5_001);
        second.close();
    }

    @Test
    void skipsOnlyWhatTheServerHasNoMore() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        for (long seq = 500; seq < 500 + RoomTrack.HELD_MAX; seq++) {
            peer.send(FakeServer.event(seq));
        }
        readFetch(peer, 1, 499, FakeServer.event(100), FakeServer.event(101));
        assertEquals(
                "messages 1 to 99 of general could not be fetched",
                under.await(ErrorReported.class).text());
        expectEvents(100, 101);
        Event[] rest = new Event[398];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = FakeServer.event(102 + i);
        }
        readFetch(peer, 102, 499, rest);
        expectEvents(102, 499 + RoomTrack.HELD_MAX);
        peer.close();
    }

    @Test
    void givesUpNothingThatItDidNotAskFor() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        // A room that is being entered is not joined a second time.
        under.await(RoomEntered.class);
        under.session.join(new RoomName("general"));
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(1, "general", 4), ResumeOutcome.ENTERED_LIVE);
        ClientFrame fetch = peer.read(KindCase.FETCH_EVENTS);
        assertEquals(4, fetch.getFetchEvents().getToSeq());
        peer.send(FakeServer.event(8));
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(fetch.getRequestId())
                        .setEventPage(EventPage.newBuilder().setRoomId(1)));
        readFetch(peer, 5, 7, FakeServer.event(5), FakeServer.event(6), FakeServer.event(7));
        expectEvents(5, 8);
        peer.close();
    }

    @Test
    void givesUpWhenItBrokeTheProtocolThreeTimesInARow() throws Exception {
        server.acceptInto(0).goodbye(CloseReason.TOO_MANY_REQUESTS, 0);
        for (CloseReason reason :
                List.of(
                        CloseReason.WRONG_STATE,
                        CloseReason.GOING_AWAY,
                        CloseReason.FRAME_MALFORMED,
                        CloseReason.FRAME_TOO_LARGE)) {
            FakeServer.Peer peer = server.acceptAndLogIn();
            under.await(Connected.class);
            peer.goodbye(reason, 0);
            peer.awaitEnd();
        }
        FakeServer.Peer last = server.acceptAndLogIn();
        last.goodbye(CloseReason.FRAME_EMPTY, 0);
        under.awaitEnd(Failure.UNREACHABLE);
    }

    @Test
    void sendsToOtherRoomsWhileOneIsPutOff() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        under.session.join(new RoomName("den"));
        first.enter(
                first.read(KindCase.JOIN_ROOM),
                FakeServer.room(2, "den", 0),
                ResumeOutcome.ENTERED_LIVE);
        under.await(RoomEntered.class);
        under.await(RoomEntered.class);
        first.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        ClientFrame general = second.read(KindCase.RESUME);
        ClientFrame den = second.read(KindCase.RESUME);
        second.refuse(general.getRequestId(), ErrorCode.BUSY);
        second.enter(den, FakeServer.room(2, "den", 0), ResumeOutcome.CONTINUED);
        under.await(RoomEntered.class);
        under.post(0x61, "held");
        under.session.post(
                FakeServer.id(0x62), 2, new EventBody.Message(new MessageText("on"), 0, false));
        assertEquals("on", second.readPost().getMessage().getText());
        ClientFrame again = second.read(KindCase.RESUME);
        assertEquals(1, again.getResume().getRoomId());
        second.enter(again, FakeServer.room(1, "general", 0), ResumeOutcome.CONTINUED);
        assertEquals("held", second.readPost().getMessage().getText());
        second.close();
    }

    @Test
    void fetchesAGapAndDeliversInOrder() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.send(FakeServer.event(1));
        peer.send(FakeServer.event(5));
        peer.send(FakeServer.event(6));
        FetchEvents fetch = readFetch(peer, 2, 4, FakeServer.event(2), FakeServer.event(3));
        assertEquals(FakeServer.GENERAL_ID, fetch.getRoomId());
        peer.send(FakeServer.event(7));
        readFetch(peer, 4, 4, FakeServer.event(4));
        expectEvents(1, 7);
        assertTrue(under.events.isEmpty(), under.events::toString);
        peer.close();
    }

    /// Reads a FetchEvents for this stretch and answers with these.
    private static FetchEvents readFetch(FakeServer.Peer peer, long from, long to, Event... events)
            throws Exception {
        ClientFrame request = peer.read(KindCase.FETCH_EVENTS);
        assertEquals(from, request.getFetchEvents().getFromSeq());
        assertEquals(to, request.getFetchEvents().getToSeq());
        EventPage.Builder page = EventPage.newBuilder().setRoomId(1);
        page.addAllEvents(java.util.List.of(events));
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setEventPage(page.setMore(events.length < to - from + 1)));
        return request.getFetchEvents();
    }

    @Test
    void fetchesAGapAgainWhenTheServerIsBusy() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.send(FakeServer.event(2));
        ClientFrame request = peer.read(KindCase.FETCH_EVENTS);
        peer.refuse(request.getRequestId(), ErrorCode.BUSY);
        readFetch(peer, 1, 1, FakeServer.event(1));
        expectEvents(1, 2);
        peer.close();
    }

    @Test
    void goesOnWithoutAGapThatTheServerDoesNotGive() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.send(FakeServer.event(3));
        readFetch(peer, 1, 2);
        ErrorReported error = under.await(ErrorReported.class);
        assertEquals("messages 1 to 2 of general could not be fetched", error.text());
        expectEvents(3, 3);
        peer.close();
    }

    @Test
    void keepsTheSequenceOverAnEventItDoesNotKnow() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.send(FakeServer.event(1).toBuilder().clearBody().build());
        peer.send(FakeServer.event(2));
        EventReceived unknown = under.await(EventReceived.class);
        assertEquals(new EventBody.Unknown(), unknown.event().body());
        expectEvents(2, 2);
        peer.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        readResume(second, 2, ResumeOutcome.CONTINUED, 3, 2);
        second.close();
    }

    @Test
    void rejoinsByNameWhenTheServersHistoryIsAnother() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        first.send(FakeServer.event(1));
        expectEvents(1, 1);
        first.hangUp();
        FakeServer.Peer second = server.accept().withEpoch(FakeServer.OTHER_EPOCH);
        second.logIn();
        under.post(0x51, "kept");
        ClientFrame join = second.read(KindCase.JOIN_ROOM);
        assertEquals("general", join.getJoinRoom().getName());
        // The room's old id belongs to another room now.
        second.enter(join, FakeServer.room(9, "general", 3), ResumeOutcome.ENTERED_LIVE);
        Post post = second.readPost();
        assertEquals(9, post.getRoomId());
        second.store(post, 4);

        under.await(Connected.class);
        RoomEntered entered = under.await(RoomEntered.class);
        assertTrue(entered.again());
        assertTrue(entered.cacheInvalid());
        assertEquals(FakeServer.GENERAL_ID, entered.room().roomId());
        assertEquals(3, entered.room().headSeq());
        assertEquals(4, entered.nextSeq());
        assertEquals(FakeServer.GENERAL_ID, under.await(PostState.STORED).roomId());
        assertEquals(FakeServer.GENERAL_ID, under.await(EventReceived.class).event().roomId());

        // The room that has the old id now gets another one here.
        under.session.join(new RoomName("other"));
        ClientFrame other = second.read(KindCase.JOIN_ROOM);
        second.enter(other, FakeServer.room(1, "other", 0), ResumeOutcome.ENTERED_LIVE);
        long otherId = under.await(RoomEntered.class).room().roomId();
        assertFalse(otherId == FakeServer.GENERAL_ID || otherId == 9);
        second.close();
    }

    @Test
    void doesNotReadTheHistoryOfAnotherRoomThatHasTheIdOfOneThatWasLeft() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        under.await(RoomEntered.class);
        under.session.join(new RoomName("den"));
        ClientFrame join = first.read(KindCase.JOIN_ROOM);
        first.enter(join, FakeServer.room(2, "den", 0), ResumeOutcome.ENTERED_LIVE);
        under.await(RoomEntered.class);
        first.hangUp();
        under.session.leave(2);
        under.await(RoomLeft.class);
        FakeServer.Peer second = server.accept().withEpoch(FakeServer.OTHER_EPOCH);
        second.logIn();
        ClientFrame rejoin = second.read(KindCase.JOIN_ROOM);
        second.enter(rejoin, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
        under.await(RoomEntered.class);
        ExecutionException refused =
                assertThrows(
                        ExecutionException.class,
                        () -> under.session.history(2, new HistoryAnchor.Newest(), 5).get());
        assertEquals(
                ErrorCode.NOT_FOUND,
                assertInstanceOf(RequestException.class, refused.getCause()).code());
        second.close();
    }

    @Test
    void dropsTheCacheWhenTheServerSaysSo() throws Exception {
        FakeServer.Peer first = server.acceptInto(7);
        under.await(RoomEntered.class);
        first.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        readResume(second, 7, ResumeOutcome.CACHE_INVALID, 3, 2);
        second.send(FakeServer.event(3));
        RoomEntered entered = under.await(RoomEntered.class);
        assertTrue(entered.cacheInvalid());
        assertEquals(3, entered.nextSeq());
        expectEvents(3, 3);
        second.close();
    }

    @Test
    void joinsAnewWhenAPublicRoomIsNotFoundAndFetchesWhatItMissed() throws Exception {
        server.acceptInto(0).hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        ClientFrame resume = second.read(KindCase.RESUME);
        second.refuse(resume.getRequestId(), ErrorCode.NOT_IN_ROOM);
        ClientFrame join = second.read(KindCase.JOIN_ROOM);
        second.enter(join, FakeServer.room(1, "general", 1), ResumeOutcome.ENTERED_LIVE);
        readFetch(second, 1, 1, FakeServer.event(1));
        under.await(Reconnecting.class);
        RoomEntered entered = under.await(RoomEntered.class);
        assertFalse(entered.cacheInvalid());
        expectEvents(1, 1);
        second.close();
    }

    @Test
    void givesARoomUpThatItMayNotEnterAgain() throws Exception {
        server.acceptInto(0).hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        under.post(0x61, "too late");
        ClientFrame resume = second.read(KindCase.RESUME);
        second.refuse(resume.getRequestId(), ErrorCode.FORBIDDEN);
        RoomRefused refused = under.await(RoomRefused.class);
        assertEquals("general", refused.roomName());
        assertEquals(ErrorCode.FORBIDDEN, refused.code());
        assertEquals(FakeServer.GENERAL_ID, under.await(RoomLeft.class).roomId());
        SessionEvent.PostChanged failed = under.await(PostState.FAILED);
        assertEquals(ErrorCode.NOT_IN_ROOM, failed.refusal().orElseThrow().code());
        second.close();
    }

    @Test
    void retriesANameThatItsOwnOldConnectionStillHolds() throws Exception {
        server.acceptInto(0).hangUp();
        under.await(Reconnecting.class);
        for (int attempt = 0; attempt < 3; attempt++) {
            FakeServer.Peer refusing = server.accept();
            refusing.challenge();
            refusing.read(KindCase.LOGIN);
            refusing.refuse(0, ErrorCode.NAME_TAKEN);
            refusing.awaitEnd();
            refusing.close();
        }
        assertEquals(
                "The name \"Ana\" is taken at "
                        + server.address()
                        + ". If it is yours, a code from your other device or your recovery code"
                        + " lets you in.",
                under.await(Reconnecting.class).text());
        FakeServer.Peer last = server.acceptAndLogIn();
        readResume(last, 0, ResumeOutcome.CONTINUED, 1, 0);
        under.await(Connected.class);
        under.await(RoomEntered.class);
        last.close();
    }

    @Test
    void endsWhenALaterLoginIsRefusedForGood() throws Exception {
        server.acceptInto(0).hangUp();
        FakeServer.Peer refusing = server.accept();
        refusing.challenge();
        refusing.read(KindCase.LOGIN);
        refusing.refuse(0, ErrorCode.DEVICE_BANNED);
        under.awaitEnd(Failure.BANNED);
        refusing.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"KICKED", "BANNED", "DEVICE_REVOKED"})
    void endsWhenTheServerRemovesIt(CloseReason reason) throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.goodbye(reason, 60_000);
        Ended ended = under.awaitEnd(Failure.valueOf(reason.name()));
        assertEquals(60_000, ended.retryAfterMillis());
        assertTrue(ended.text().contains(reason.words()), ended.text());
        peer.awaitEnd();
        under.awaitThreads();
    }

    @Test
    void endsWhenTheDeviceLogsInElsewhere() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        peer.goodbye(CloseReason.REPLACED, 0);
        under.awaitEnd(Failure.REPLACED);
        peer.close();
    }

    @Test
    void comesBackAfterTheServerSaidGoodbye() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        first.goodbye(CloseReason.GOING_AWAY, 1);
        Reconnecting loss = under.await(Reconnecting.class);
        assertEquals(CloseReason.GOING_AWAY, loss.reason());
        FakeServer.Peer second = server.acceptAndLogIn();
        under.await(Connected.class);
        second.close();
        first.close();
    }

    @Test
    void comesBackToAServerThatWasAwayForSomeAttempts() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        under.await(RoomEntered.class);
        int port = server.address().port();
        server.close();
        first.hangUp();
        assertEquals(CloseReason.PEER_CLOSED, under.await(Reconnecting.class).reason());
        Reconnecting refused = under.await(Reconnecting.class);
        assertEquals("No server is listening at " + server.address() + ".", refused.text());
        assertEquals(ConnectionState.RECONNECTING, under.session.state());
        server = new FakeServer(port);
        FakeServer.Peer second = server.acceptAndLogIn();
        under.await(Connected.class);
        second.close();
    }

    @Test
    void doesNotComeBackWhenToldNotTo() throws Exception {
        SessionConfig config =
                SessionUnderTest.config(server.address(), Duration.ofSeconds(10), false);
        server.accept().close();
        try (SessionUnderTest once =
                new SessionUnderTest(config, SessionUnderTest.QUICK, new SystemClock()).start()) {
            server.acceptInto(0).hangUp();
            once.awaitEnd(Failure.UNREACHABLE);
        }
    }

    @Test
    void comesBackAfterAFrameThatIsMalformed() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        first.send(FakeServer.event(1).toBuilder().setSeq(0).build());
        Reconnecting loss = under.await(Reconnecting.class);
        assertEquals(CloseReason.FRAME_MALFORMED, loss.reason());
        assertTrue(loss.text().contains("event.seq is 0"), loss.text());
        server.acceptAndLogIn().close();
    }

    @Test
    void entersARoomAskedForWhileAwayAndLeavesOneToo() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        under.await(RoomEntered.class);
        first.hangUp();
        under.await(Reconnecting.class);
        under.session.join(new RoomName("den"));
        under.session.leave(FakeServer.GENERAL_ID);
        under.await(RoomLeft.class);
        FakeServer.Peer second = server.acceptAndLogIn();
        ClientFrame frame = second.read();
        if (frame.hasResume()) {
            // The login was faster than the call to leave.
            second.refuse(frame.getRequestId(), ErrorCode.NOT_IN_ROOM);
            frame = second.read();
        }
        assertEquals("den", frame.getJoinRoom().getName());
        second.enter(frame, FakeServer.room(2, "den", 0), ResumeOutcome.ENTERED_LIVE);
        RoomEntered entered = under.await(RoomEntered.class);
        assertEquals(2, entered.room().roomId());
        assertFalse(entered.again());
        second.close();
    }

    @Test
    void asksAgainToJoinWhatWasNotAnsweredBeforeTheLoss() throws Exception {
        FakeServer.Peer first = server.acceptInto(0);
        under.await(RoomEntered.class);
        under.session.join(new RoomName("den"));
        first.read(KindCase.JOIN_ROOM);
        first.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        readResume(second, 0, ResumeOutcome.CONTINUED, 1, 0);
        assertEquals("den", second.read(KindCase.JOIN_ROOM).getJoinRoom().getName());
        second.close();
    }
}
