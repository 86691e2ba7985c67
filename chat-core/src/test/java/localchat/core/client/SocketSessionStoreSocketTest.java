package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.ErrorReported;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.PostChanged;
import localchat.core.client.SessionEvent.PostRestored;
import localchat.core.client.SessionEvent.ReadMarkerMoved;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.client.SessionEvent.RoomLeft;
import localchat.core.client.SessionEvent.RoomRestored;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.EditBody;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.store.CacheFile;
import localchat.core.store.OutboxFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sessions one after the other on one profile.
@Timeout(60)
class SocketSessionStoreSocketTest {
    @TempDir private Path folder;

    private FakeServer server;
    private final List<SessionUnderTest> runs = new ArrayList<>();

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void end() throws Exception {
        runs.forEach(SessionUnderTest::close);
        server.close();
        for (SessionUnderTest run : runs) {
            assertTrue(run.faults.isEmpty(), run.faults::toString);
        }
    }

    /// The next run of the program on the same profile.
    private SessionUnderTest run() throws Exception {
        runs.forEach(SessionUnderTest::close);
        SessionUnderTest run = new SessionUnderTest(server.address(), ClientStore.open(folder));
        runs.add(run);
        return run.start();
    }

    /// A first run that entered `general` and heard these events.
    private SessionUnderTest firstRun(Event... events) throws Exception {
        SessionUnderTest run = run();
        FakeServer.Peer peer = server.acceptInto(events.length == 0 ? 0 : events[0].getSeq() - 1);
        run.await(RoomEntered.class);
        for (Event event : events) {
            peer.send(event);
            run.await(EventReceived.class);
        }
        return run;
    }

    /// Waits for the next connection that is not one of a run that has ended, and logs it in.
    private FakeServer.Peer acceptAndLogIn() throws Exception {
        while (true) {
            FakeServer.Peer peer = server.accept();
            try {
                peer.logIn();
                return peer;
            } catch (EOFException | SocketException e) {
                peer.close();
            }
        }
    }

    /// Lets the next connection resume `general` after this seq, up to its head.
    private FakeServer.Peer acceptResumed(long afterSeq, long headSeq) throws Exception {
        FakeServer.Peer peer = acceptAndLogIn();
        resume(peer, afterSeq, headSeq);
        return peer;
    }

    private static void resume(FakeServer.Peer peer, long afterSeq, long headSeq) throws Exception {
        ClientFrame request = peer.read(KindCase.RESUME);
        assertEquals(afterSeq, request.getResume().getAfterSeq());
        peer.enter(
                request,
                FakeServer.room(1, "general", headSeq),
                afterSeq + 1,
                ResumeOutcome.CONTINUED);
    }

    private static Event edit(long seq, long target, String text) {
        return FakeServer.event(seq).toBuilder()
                .setEdit(EditBody.newBuilder().setTargetSeq(target).setText(text))
                .build();
    }

    private static List<String> texts(List<ChatMessage> messages) {
        return messages.stream().map(SocketSessionStoreSocketTest::text).toList();
    }

    private static String text(ChatMessage message) {
        return message.seq() + " " + ((EventBody.Message) message.body()).text().value();
    }

    private static HistoryMessages get(SessionUnderTest run, HistoryAnchor anchor, int limit)
            throws Exception {
        return run.session
                .history(1, anchor, limit)
                .get(SessionUnderTest.WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    // ---- rooms

    @Test
    void showsWhatItKnewBeforeItConnectsAndGetsOnlyTheTail() throws Exception {
        firstRun(FakeServer.event(3), FakeServer.event(4), edit(5, 3, "better"));
        SessionUnderTest second = run();
        RoomRestored restored = second.next(RoomRestored.class);
        assertEquals("general", restored.room().name().value());
        assertEquals(List.of("3 better", "4 m4"), texts(restored.newest()));
        assertEquals(5, restored.lastSeq(), "the edit was delivered, too");
        assertTrue(restored.moreBefore());
        FakeServer.Peer peer = acceptResumed(5, 6);
        peer.send(FakeServer.event(6));
        second.await(Connected.class);
        RoomEntered entered = second.next(RoomEntered.class);
        assertFalse(entered.again());
        assertFalse(entered.cacheInvalid());
        assertEquals(6, entered.nextSeq());
        assertEquals(6, second.next(EventReceived.class).event().seq());
        run();
        assertEquals(
                List.of("3 better", "4 m4", "6 m6"),
                texts(runs.getLast().next(RoomRestored.class).newest()));
    }

    @Test
    void waitsForAServerThatIsAwayWhenItHasSomethingToShow() throws Exception {
        firstRun(FakeServer.event(1)).close();
        int port = server.address().port();
        server.close();
        SessionUnderTest second = run();
        second.next(RoomRestored.class);
        assertEquals(
                "No server is listening at " + server.address() + ".",
                second.await(Reconnecting.class).text());
        assertEquals(List.of("1 m1"), texts(get(second, new HistoryAnchor.Newest(), 9).messages()));
        second.post(0x11, "meanwhile");
        assertEquals(PostState.WAITING, second.next(PostChanged.class).state());
        server = new FakeServer(port);
        FakeServer.Peer peer = acceptResumed(1, 1);
        assertEquals("meanwhile", peer.readPost().getMessage().getText());
    }

    @Test
    void endsWhenTheFirstConnectionFailsAndThereIsNothingToShow() throws Exception {
        server.close();
        run().awaitEnd(Failure.REFUSED);
    }

    @Test
    void endsWhenTheServerRefusesTheFirstLoginWhateverThereIsToShow() throws Exception {
        firstRun(FakeServer.event(1));
        SessionUnderTest second = run();
        FakeServer.Peer refusing = server.accept();
        refusing.challenge();
        refusing.read(KindCase.LOGIN);
        refusing.refuse(0, ErrorCode.NAME_TAKEN);
        second.awaitEnd(Failure.NAME_TAKEN);
    }

    @Test
    void comesBackIntoEveryRoomButThoseThatWereLeft() throws Exception {
        SessionUnderTest first = run();
        FakeServer.Peer peer = server.acceptInto(0);
        first.await(RoomEntered.class);
        for (String name : List.of("den", "attic")) {
            first.session.join(new RoomName(name));
            ClientFrame join = peer.read(KindCase.JOIN_ROOM);
            long id = name.length();
            peer.enter(join, FakeServer.room(id, name, 0), ResumeOutcome.ENTERED_LIVE);
            first.await(RoomEntered.class);
        }
        first.session.leave(3);
        ClientFrame leave = peer.read(KindCase.LEAVE_ROOM);
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(leave.getRequestId())
                        .setRoomLeft(localchat.core.protocol.wire.RoomLeft.newBuilder()));
        first.await(RoomLeft.class);
        SessionUnderTest second = run();
        assertEquals(1, second.next(RoomRestored.class).room().roomId());
        assertEquals(5, second.next(RoomRestored.class).room().roomId());
        FakeServer.Peer again = server.acceptAndLogIn();
        assertEquals(1, again.read(KindCase.RESUME).getResume().getRoomId());
        assertEquals(5, again.read(KindCase.RESUME).getResume().getRoomId());
    }

    @Test
    void dropsWhatItKnewOfARoomWhoseHistoryIsAnother() throws Exception {
        firstRun(FakeServer.event(1));
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.accept().withEpoch(FakeServer.OTHER_EPOCH);
        peer.logIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(9, "general", 3), ResumeOutcome.ENTERED_LIVE);
        RoomEntered entered = second.await(RoomEntered.class);
        assertTrue(entered.cacheInvalid());
        assertEquals(1, entered.room().roomId());
        peer.send(FakeServer.event(9, 4, 99, FakeServer.filled(16, 4), "new"));
        second.await(EventReceived.class);
        RoomRestored restored = run().next(RoomRestored.class);
        assertEquals(9, restored.room().roomId());
        assertEquals(List.of("4 new"), texts(restored.newest()));
    }

    @Test
    void goesOnWithoutACacheThatIsDamaged() throws Exception {
        firstRun(FakeServer.event(1)).close();
        Files.writeString(folder.resolve(CacheFile.NAME), "this is no database, and long enough");
        SessionUnderTest second = run();
        assertTrue(second.next(ErrorReported.class).text().contains("fetched anew"));
        server.acceptInto(1);
        assertEquals(2, second.await(RoomEntered.class).nextSeq());
        assertEquals(1, run().next(RoomRestored.class).room().roomId());
    }

    // ---- history

    private static void answerHistory(
            FakeServer.Peer peer, ClientFrame request, HistoryPage.Builder page) throws Exception {
        peer.send(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setHistoryPage(page.setRoomId(1)));
    }

    private static HistoryMessage message(long seq, String text) {
        return HistoryMessage.newBuilder()
                .setSeq(seq)
                .setSenderUserId(99)
                .setSenderName("Bo")
                .setClientMsgId(FakeServer.event(seq).getClientMsgId())
                .setMessage(MessageBody.newBuilder().setText(text))
                .build();
    }

    @Test
    void fillsAHoleFromTheServerOnceAndFromTheCacheThen() throws Exception {
        firstRun(FakeServer.event(1), FakeServer.event(2));
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame resume = peer.read(KindCase.RESUME);
        peer.enter(resume, FakeServer.room(1, "general", 9), 9, ResumeOutcome.CONTINUED_WITH_HOLE);
        peer.send(FakeServer.event(9));
        second.await(EventReceived.class);

        var asked = second.session.history(1, new HistoryAnchor.Before(9), 3);
        ClientFrame fetch = peer.read(KindCase.FETCH_HISTORY);
        assertEquals(9, fetch.getFetchHistory().getBeforeSeq());
        answerHistory(
                peer,
                fetch,
                HistoryPage.newBuilder()
                        .addMessages(message(2, "edited in the hole"))
                        .addMessages(message(5, "m5"))
                        .addMessages(message(8, "m8"))
                        .setTrueAsOfSeq(9)
                        .setMoreBefore(true));
        asked.get(10, TimeUnit.SECONDS);

        peer.send(edit(10, 5, "later"));
        second.await(EventReceived.class);
        HistoryMessages again = get(second, new HistoryAnchor.Before(9), 3);
        assertEquals(List.of("2 edited in the hole", "5 later", "8 m8"), texts(again.messages()));
        assertEquals(10, again.trueAsOfSeq());
        assertTrue(again.moreBefore());
        assertEquals(
                List.of("8 m8", "9 m9"),
                texts(get(second, new HistoryAnchor.Newest(), 2).messages()));
    }

    @Test
    void doesNotTakeAStaleStretchForTheTruthButShowsItWhileAway() throws Exception {
        firstRun(FakeServer.event(1), FakeServer.event(2));
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame resume = peer.read(KindCase.RESUME);
        peer.enter(resume, FakeServer.room(1, "general", 9), 9, ResumeOutcome.CONTINUED_WITH_HOLE);
        second.await(RoomEntered.class);
        var asked = second.session.history(1, new HistoryAnchor.Before(3), 2);
        peer.read(KindCase.FETCH_HISTORY);
        peer.hangUp();
        HistoryMessages kept = asked.get(10, TimeUnit.SECONDS);
        assertEquals(List.of("1 m1", "2 m2"), texts(kept.messages()));
        assertEquals(2, kept.trueAsOfSeq());
    }

    /// A first run that fetched this page for the messages before 9 while these events came; the
    /// request is answered behind `sentBefore` of them.
    private SessionUnderTest fetchWhileEventsCome(
            int sentBefore, HistoryPage.Builder page, Event... events) throws Exception {
        SessionUnderTest run = run();
        FakeServer.Peer peer = server.acceptInto(8);
        peer.send(FakeServer.event(9));
        run.await(EventReceived.class);
        var asked = run.session.history(1, new HistoryAnchor.Before(9), 2);
        ClientFrame fetch = peer.read(KindCase.FETCH_HISTORY);
        for (int i = 0; i < sentBefore; i++) {
            peer.send(events[i]);
        }
        answerHistory(peer, fetch, page);
        asked.get(10, TimeUnit.SECONDS);
        for (int i = sentBefore; i < events.length; i++) {
            peer.send(events[i]);
        }
        for (int i = 0; i < events.length; i++) {
            run.await(EventReceived.class);
        }
        return run;
    }

    @Test
    void foldsIntoAPageWhatCameAfterTheServerMadeIt() throws Exception {
        SessionUnderTest run =
                fetchWhileEventsCome(
                        1,
                        HistoryPage.newBuilder()
                                .addMessages(message(5, "m5"))
                                .addMessages(message(8, "m8"))
                                .setTrueAsOfSeq(9)
                                .setMoreBefore(true),
                        edit(10, 5, "later"));
        HistoryMessages kept = get(run, new HistoryAnchor.Before(9), 2);
        assertEquals(List.of("5 later", "8 m8"), texts(kept.messages()));
        assertEquals(10, kept.trueAsOfSeq());
    }

    @Test
    void doesNotFoldAgainWhatThePageHasAlready() throws Exception {
        SessionUnderTest run =
                fetchWhileEventsCome(
                        0,
                        HistoryPage.newBuilder()
                                .addMessages(message(5, "second"))
                                .addMessages(message(11, "not yet delivered"))
                                .setTrueAsOfSeq(12)
                                .setMoreBefore(true),
                        edit(10, 5, "first"));
        HistoryMessages kept = get(run, new HistoryAnchor.After(4), 9);
        assertEquals(List.of("5 second", "9 m9"), texts(kept.messages()));
        assertFalse(kept.moreAfter());
    }

    @Test
    void forgetsWhatHasExpired() throws Exception {
        SessionUnderTest first = run();
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(
                join,
                FakeServer.room(1, "general", 0).toBuilder().setRetentionDays(1).build(),
                ResumeOutcome.ENTERED_LIVE);
        long now = System.currentTimeMillis();
        peer.send(FakeServer.event(1).toBuilder().setTimeMs(now - 86_500_000).build());
        peer.send(FakeServer.event(2).toBuilder().setTimeMs(now - 86_300_000).build());
        first.await(EventReceived.class);
        first.await(EventReceived.class);
        List<ChatMessage> both = get(first, new HistoryAnchor.Newest(), 2).messages();
        assertTrue(both.getFirst().isGone());
        assertFalse(both.getLast().isGone());
        RoomRestored restored = run().next(RoomRestored.class);
        assertEquals(List.of("2 m2"), texts(restored.newest()));
        assertTrue(restored.moreBefore());
    }

    @Test
    void goesOnWithoutACacheThatTurnsOutToBeDamaged() throws Exception {
        firstRun(FakeServer.event(1)).close();
        try (CacheFile file = CacheFile.open(folder)) {
            Id128 serverId = Id128.of(FakeServer.SERVER_ID);
            long key = file.rooms(serverId).getFirst().key();
            file.putMessage(
                    key, new CacheFile.Message(1, 1, 1, ByteString.copyFromUtf8("damaged")));
        }
        SessionUnderTest second = run();
        assertEquals(ErrorCode.STORAGE_FAILED, second.next(ErrorReported.class).code());
        FakeServer.Peer peer = server.acceptInto(1);
        peer.send(FakeServer.event(2));
        assertEquals(2, second.await(EventReceived.class).event().seq());
        SessionUnderTest third = run();
        server.acceptInto(2);
        third.next(Connected.class);
    }

    // ---- posts

    @Test
    void sendsWhatWasNotAcknowledgedWithItsIdInItsOrder() throws Exception {
        SessionUnderTest first = run();
        FakeServer.Peer peer = server.acceptInto(0);
        first.await(RoomEntered.class);
        first.post(1, "stored");
        first.post(2, "sent");
        Post stored = peer.readPost();
        peer.readPost();
        peer.store(stored, 1);
        first.await(EventReceived.class);
        peer.hangUp();
        first.await(Reconnecting.class);
        first.post(3, "waiting");
        first.await(PostState.WAITING);

        SessionUnderTest second = run();
        second.next(RoomRestored.class);
        PostRestored sent = second.next(PostRestored.class);
        assertEquals(FakeServer.id(2), sent.id());
        assertEquals(PostState.WAITING, sent.state());
        assertEquals(FakeServer.id(3), second.next(PostRestored.class).id());
        FakeServer.Peer again = acceptResumed(1, 2);
        Post resent = again.readPost();
        assertEquals("sent", resent.getMessage().getText());
        again.send(
                ServerFrame.newBuilder()
                        .setPostStored(
                                PostStored.newBuilder()
                                        .setRoomId(1)
                                        .setClientMsgId(resent.getClientMsgId())
                                        .setSeq(2)));
        assertEquals(FakeServer.id(2), second.await(PostState.STORED).id());
        again.store(again.readPost(), 3);
        assertEquals(FakeServer.id(3), second.await(PostState.STORED).id());

        SessionUnderTest third = run();
        third.next(RoomRestored.class);
        acceptResumed(1, 3);
        third.next(Connected.class);
    }

    @Test
    void keepsAFailedPostUntilItIsTriedAgainOrGivenUp() throws Exception {
        SessionUnderTest first = run();
        FakeServer.Peer peer = server.acceptInto(0);
        first.await(RoomEntered.class);
        first.post(1, "one");
        first.post(2, "two");
        peer.refusePost(peer.read(KindCase.POST), ErrorCode.MUTED, 0);
        peer.refusePost(peer.read(KindCase.POST), ErrorCode.MUTED, 0);
        first.await(PostState.FAILED);
        first.await(PostState.FAILED);

        SessionUnderTest second = run();
        second.next(RoomRestored.class);
        PostRestored failed = second.next(PostRestored.class);
        assertEquals(PostState.FAILED, failed.state());
        assertEquals(ErrorCode.MUTED, failed.refusal().orElseThrow().code());
        assertEquals(new EventBody.Message(new MessageText("one"), 0, false), failed.body());
        second.next(PostRestored.class);
        second.session.discard(FakeServer.id(1));
        second.session.retry(FakeServer.id(2));
        FakeServer.Peer again = acceptResumed(0, 0);
        assertEquals("two", again.readPost().getMessage().getText());
        again.hangUp();
        second.close();

        SessionUnderTest third = run();
        third.next(RoomRestored.class);
        PostRestored left = third.next(PostRestored.class);
        assertEquals(FakeServer.id(2), left.id());
        assertEquals(PostState.WAITING, left.state());
        acceptResumed(0, 0);
        third.next(Connected.class);
    }

    @Test
    void keepsPostsForTheServerTheyWereWrittenFor() throws Exception {
        SessionUnderTest first = firstRun();
        first.session.post(1, new MessageText("for the first"), false, 0);
        first.await(PostState.SENT);

        SessionUnderTest second = run();
        second.next(RoomRestored.class);
        second.next(PostRestored.class);
        FakeServer.Peer other = server.accept().withServerId(FakeServer.OTHER_SERVER_ID);
        other.logIn();
        second.next(Connected.class);
        PostChanged held = second.next(PostChanged.class);
        assertEquals(PostState.FAILED, held.state());
        assertTrue(held.refusal().orElseThrow().text().contains("another server"));
        assertEquals(1, second.next(RoomLeft.class).roomId());
        ClientFrame join = other.read(KindCase.JOIN_ROOM);
        other.enter(join, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
        RoomEntered entered = second.await(RoomEntered.class);
        second.session.post(entered.room().roomId(), new MessageText("for the other"), false, 0);
        assertEquals("for the other", other.readPost().getMessage().getText());

        SessionUnderTest third = run();
        third.next(RoomRestored.class);
        assertEquals(
                new EventBody.Message(new MessageText("for the other"), 0, false),
                third.next(PostRestored.class).body());
        server.acceptAndLogIn();
        assertEquals(PostState.FAILED, third.await(PostChanged.class).state());
        third.await(RoomRestored.class);
        assertEquals(
                new EventBody.Message(new MessageText("for the first"), 0, false),
                third.next(PostRestored.class).body());
    }

    @Test
    void postsIntoTheRoomOfThatNameWhenTheServersHistoryIsAnother() throws Exception {
        SessionUnderTest first = firstRun();
        first.post(1, "kept");
        first.await(PostState.SENT);
        SessionUnderTest second = run();
        FakeServer.Peer peer = server.accept().withEpoch(FakeServer.OTHER_EPOCH);
        peer.logIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(9, "general", 0), ResumeOutcome.ENTERED_LIVE);
        assertEquals(9, peer.readPost().getRoomId());
        second.close();

        SessionUnderTest third = run();
        assertEquals(9, third.next(RoomRestored.class).room().roomId());
        assertEquals(9, third.next(PostRestored.class).roomId());
    }

    @Test
    void findsTheRoomOfAPostWhenNothingElseIsLeftOfIt() throws Exception {
        SessionUnderTest first = firstRun(FakeServer.event(1));
        first.post(1, "kept");
        first.await(PostState.SENT);
        first.close();
        CacheFile.delete(folder);
        SessionUnderTest second = run();
        RoomRestored restored = second.next(RoomRestored.class);
        assertEquals("general", restored.room().name().value());
        assertEquals(List.of(), restored.newest());
        assertEquals(1, second.next(PostRestored.class).roomId());
        FakeServer.Peer peer = server.acceptInto(7);
        assertEquals(8, second.await(RoomEntered.class).nextSeq());
        assertEquals("kept", peer.readPost().getMessage().getText());
    }

    @Test
    void setsAnOutboxAsideThatIsDamaged() throws Exception {
        firstRun().close();
        Files.writeString(folder.resolve(OutboxFile.NAME), "this is no database, and long enough");
        SessionUnderTest second = run();
        assertTrue(
                second.next(ErrorReported.class).text().contains("outbox-damaged.db"),
                "says where it is");
        assertTrue(Files.exists(folder.resolve("outbox-damaged.db")));
        // Which server is at the address was in there too: the rooms come when it says so.
        acceptResumed(0, 0);
        second.await(Connected.class);
        second.next(RoomRestored.class);
    }

    // ---- reading and drafts

    @Test
    void tellsTheServerLaterWhatWasReadMeanwhile() throws Exception {
        SessionUnderTest first = run();
        FakeServer.Peer peer = server.acceptInto(0);
        first.await(RoomEntered.class);
        for (long seq = 1; seq <= 3; seq++) {
            peer.send(FakeServer.event(seq));
            first.await(EventReceived.class);
        }
        peer.hangUp();
        first.await(Reconnecting.class);
        first.session.markRead(1, 2);
        ReadMarkerMoved meanwhile = first.await(ReadMarkerMoved.class);
        assertEquals(new ReadMarkerMoved(1, 2, 1, 0), meanwhile);

        SessionUnderTest second = run();
        assertEquals(2, second.next(RoomRestored.class).readSeq());
        assertEquals(meanwhile, second.next(ReadMarkerMoved.class));
        FakeServer.Peer again = acceptResumed(3, 3);
        ClientFrame mark = again.read(KindCase.MARK_READ);
        assertEquals(2, mark.getMarkRead().getSeq());
        again.send(
                ServerFrame.newBuilder()
                        .setRequestId(mark.getRequestId())
                        .setReadMarker(
                                ReadMarker.newBuilder().setRoomId(1).setSeq(2).setUnread(1)));
        assertEquals(meanwhile, second.await(ReadMarkerMoved.class));
        SessionUnderTest third = run();
        third.next(RoomRestored.class);
        assertEquals(meanwhile, third.next(ReadMarkerMoved.class));
        FakeServer.Peer last = acceptResumed(3, 3);
        third.await(RoomEntered.class);
        third.post(1, "no marker before this");
        last.readPost();
    }

    @Test
    void bringsADraftBack() throws Exception {
        SessionUnderTest first = firstRun();
        first.session.saveDraft(1, "hal");
        first.session.saveDraft(1, "half a wo");
        assertEquals("half a wo", run().next(RoomRestored.class).draft());
        runs.getLast().session.saveDraft(1, "");
        assertEquals("", run().next(RoomRestored.class).draft());
    }
}
