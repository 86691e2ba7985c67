package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.PostChanged;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketSessionPostsSocketTest {
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

    private FakeServer.Peer enter() throws Exception {
        FakeServer.Peer peer = server.acceptInto(0);
        under.await(RoomEntered.class);
        return peer;
    }

    private FakeServer.Peer resume(long afterSeq) throws Exception {
        FakeServer.Peer peer = server.acceptAndLogIn();
        ClientFrame request = peer.read(KindCase.RESUME);
        assertEquals(afterSeq, request.getResume().getAfterSeq());
        peer.enter(
                request,
                FakeServer.room(1, "general", afterSeq),
                afterSeq + 1,
                ResumeOutcome.CONTINUED);
        return peer;
    }

    @Test
    void itsOwnEventIsTheAcknowledgement() throws Exception {
        FakeServer.Peer peer = enter();
        MessageId id = under.session.post(1, new MessageText("waves"), true, 3);
        Post post = peer.readPost();
        assertEquals(1, post.getRoomId());
        assertEquals(1, post.getFlight());
        assertEquals(ByteString.copyFrom(id.bytes()), post.getClientMsgId());
        assertEquals("waves", post.getMessage().getText());
        assertTrue(post.getMessage().getAction());
        assertEquals(3, post.getMessage().getReplyToSeq());
        peer.store(post, 1);

        assertEquals(PostState.WAITING, under.next(PostChanged.class).state());
        assertEquals(PostState.SENT, under.next(PostChanged.class).state());
        PostChanged stored = under.next(PostChanged.class);
        assertEquals(PostState.STORED, stored.state());
        assertEquals(id, stored.id());
        assertEquals(1, stored.seq());
        assertEquals(1_001, stored.timeMillis());
        EventReceived event = under.next(EventReceived.class);
        assertTrue(event.own());
        assertEquals(id, event.event().id());
        peer.send(FakeServer.event(2));
        assertFalse(under.next(EventReceived.class).own());
        peer.close();
    }

    @Test
    void sendsAgainWithTheSameIdsInOrderBeforeAnythingNewer() throws Exception {
        FakeServer.Peer first = enter();
        for (int i = 1; i <= 5; i++) {
            under.post(i, "line " + i);
        }
        List<ByteString> ids = new ArrayList<>();
        Post one = first.readPost();
        for (int i = 2; i <= 5; i++) {
            ids.add(first.readPost().getClientMsgId());
        }
        first.store(one, 1);
        under.await(EventReceived.class);
        first.hangUp();
        under.await(Reconnecting.class);
        under.post(6, "line 6");

        FakeServer.Peer second = resume(1);
        for (int i = 2; i <= 6; i++) {
            Post again = second.readPost();
            assertEquals("line " + i, again.getMessage().getText());
            assertEquals(1, again.getFlight());
            if (i < 6) {
                assertEquals(ids.get(i - 2), again.getClientMsgId());
            }
        }
        second.close();
    }

    @Test
    void takesTheAnswerThatAPostWasStoredBefore() throws Exception {
        FakeServer.Peer first = enter();
        under.post(1, "once");
        first.readPost();
        first.hangUp();
        FakeServer.Peer second = resume(0);
        Post again = second.readPost();
        second.send(
                ServerFrame.newBuilder()
                        .setPostStored(
                                PostStored.newBuilder()
                                        .setRoomId(1)
                                        .setClientMsgId(again.getClientMsgId())
                                        .setSeq(1)
                                        .setTimeMs(77)));
        PostChanged stored = under.await(PostState.STORED);
        assertEquals(1, stored.seq());
        assertEquals(77, stored.timeMillis());
        second.store(again, 1);
        assertTrue(under.await(EventReceived.class).own());
        second.close();
    }

    @Test
    void doesNotSendAgainWhatTheResumeShowsToBeStored() throws Exception {
        FakeServer.Peer first = enter();
        under.post(1, "once");
        Post post = first.readPost();
        first.hangUp();
        FakeServer.Peer second = server.acceptAndLogIn();
        ClientFrame request = second.read(KindCase.RESUME);
        // The event comes before the answer to the second sending.
        second.enter(request, FakeServer.room(1, "general", 1), 1, ResumeOutcome.CONTINUED);
        second.store(post, 1);
        under.await(PostState.STORED);
        under.await(EventReceived.class);
        Post again = second.readPost();
        assertEquals(post.getClientMsgId(), again.getClientMsgId());
        second.send(
                ServerFrame.newBuilder()
                        .setPostStored(
                                PostStored.newBuilder()
                                        .setRoomId(1)
                                        .setClientMsgId(again.getClientMsgId())
                                        .setSeq(1)));
        second.send(FakeServer.event(2));
        assertEquals(2, under.next(EventReceived.class).event().seq());
        second.close();
    }

    @Test
    void raisesTheFlightAndSendsInOrderFromTheFirstRefusedPost() throws Exception {
        FakeServer.Peer peer = enter();
        List<ClientFrame> sent = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            under.post(i, "line " + i);
        }
        for (int i = 1; i <= 5; i++) {
            sent.add(peer.read(KindCase.POST));
        }
        peer.store(sent.get(0).getPost(), 1);
        peer.refusePost(sent.get(2), ErrorCode.BUSY, 1);
        peer.refusePost(sent.get(3), ErrorCode.FLIGHT_REFUSED, 0);
        under.await(EventReceived.class);
        under.await(PostState.WAITING);
        // The second is decided last: nothing of the new flight may overtake it.
        under.post(6, "line 6");
        peer.refusePost(sent.get(4), ErrorCode.FLIGHT_REFUSED, 0);
        peer.store(sent.get(1).getPost(), 2);
        for (int i = 3; i <= 6; i++) {
            Post again = peer.readPost();
            assertEquals("line " + i, again.getMessage().getText());
            assertEquals(2, again.getFlight());
            peer.store(again, i);
        }
        for (int i = 2; i <= 6; i++) {
            EventReceived event = under.await(EventReceived.class);
            assertEquals(
                    new EventBody.Message(new MessageText("line " + i), 0, false),
                    event.event().body());
        }
        peer.close();
    }

    @Test
    void failsARefusedPostAndGoesOnWithTheOthers() throws Exception {
        FakeServer.Peer peer = enter();
        under.post(1, "bad");
        under.post(2, "good");
        ClientFrame bad = peer.read(KindCase.POST);
        Post good = peer.readPost();
        peer.refusePost(bad, ErrorCode.MUTED, 0);
        peer.store(good, 1);
        PostChanged failed = under.await(PostState.FAILED);
        assertEquals(FakeServer.id(1), failed.id());
        assertEquals(
                new SessionEvent.Refusal(ErrorCode.MUTED, "no: MUTED"),
                failed.refusal().orElseThrow());
        assertEquals(FakeServer.id(2), under.await(PostState.STORED).id());
        peer.close();
    }

    @Test
    void keepsNoMorePostsInFlightThanTheServerTakes() throws Exception {
        FakeServer.Peer peer =
                server.accept().withLimits(Limits.newBuilder().setPostsInFlightMax(2).build());
        peer.logIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, FakeServer.room(1, "general", 0), ResumeOutcome.ENTERED_LIVE);
        under.await(RoomEntered.class);
        for (int i = 1; i <= 3; i++) {
            under.post(i, "line " + i);
        }
        Post first = peer.readPost();
        peer.readPost();
        under.session.typing(FakeServer.GENERAL_ID, true);
        peer.read(KindCase.TYPING);
        peer.store(first, 1);
        assertEquals("line 3", peer.readPost().getMessage().getText());
        peer.close();
    }

    @Test
    void keepsAThousandPostsInOrderThroughLosses() throws Exception {
        int total = 1_000;
        FakeServer.Peer peer = enter();
        for (int i = 0; i < total; i++) {
            under.session.post(1, new MessageText("line " + i), false, 0);
        }
        List<String> stored = new ArrayList<>();
        List<ByteString> storedIds = new ArrayList<>();
        int delivered = 0;
        while (stored.size() < total) {
            ClientFrame frame = peer.read(KindCase.POST);
            int known = storedIds.indexOf(frame.getPost().getClientMsgId());
            if (known >= 0) {
                peer.send(
                        ServerFrame.newBuilder()
                                .setPostStored(
                                        PostStored.newBuilder()
                                                .setRoomId(1)
                                                .setClientMsgId(frame.getPost().getClientMsgId())
                                                .setSeq(known + 1)));
                continue;
            }
            stored.add(frame.getPost().getMessage().getText());
            storedIds.add(frame.getPost().getClientMsgId());
            // Every third acknowledgement comes only with the next resume, after a loss.
            if (stored.size() % 300 == 0) {
                peer.reset();
                peer = server.acceptAndLogIn();
                ClientFrame request = peer.read(KindCase.RESUME);
                delivered = (int) request.getResume().getAfterSeq();
                peer.enter(
                        request,
                        FakeServer.room(1, "general", stored.size()),
                        delivered + 1,
                        ResumeOutcome.CONTINUED);
                for (int i = delivered; i < stored.size(); i++) {
                    peer.send(
                            FakeServer.event(
                                    1,
                                    i + 1,
                                    FakeServer.SELF_ID,
                                    storedIds.get(i).toByteArray(),
                                    stored.get(i)));
                }
            } else {
                peer.store(frame.getPost(), stored.size());
            }
        }
        for (int i = 0; i < total; i++) {
            assertEquals("line " + i, stored.get(i));
            assertEquals(i + 1, under.await(EventReceived.class).event().seq());
        }
        peer.close();
    }

    @Test
    void failsAPostToARoomItIsNotIn() throws Exception {
        FakeServer.Peer peer = enter();
        under.session.post(
                FakeServer.id(1), 55, new EventBody.Message(new MessageText("lost"), 0, false));
        PostChanged failed = under.await(PostState.FAILED);
        assertEquals(ErrorCode.NOT_IN_ROOM, failed.refusal().orElseThrow().code());
        assertEquals(55, failed.roomId());
        peer.close();
    }

    @Test
    void discardsWhatWaits() throws Exception {
        FakeServer.Peer first = enter();
        first.hangUp();
        under.await(Reconnecting.class);
        under.post(1, "wrong");
        under.post(2, "right");
        under.session.discard(FakeServer.id(1));
        FakeServer.Peer second = resume(0);
        assertEquals("right", second.readPost().getMessage().getText());
        second.close();
    }
}
