package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.EventReceived;
import localchat.core.client.SessionEvent.Reconnecting;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.model.CloseReason;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketSessionLivenessSocketTest {
    private final ManualClock clock = new ManualClock();
    private FakeServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private SessionUnderTest session() {
        return new SessionUnderTest(
                SessionUnderTest.config(server.address()), SessionUnderTest.QUICK, clock);
    }

    private void advance(SessionUnderTest under, long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        under.session.wake();
    }

    @Test
    void asksAfterTenSecondsAndGivesUpAfterTwentyFive() throws Exception {
        try (SessionUnderTest under = session().start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(RoomEntered.class);
            advance(under, 10);
            peer.read(KindCase.PING);
            advance(under, 14);
            under.session.wake();
            assertEquals(ConnectionState.CONNECTED, under.session.state());
            advance(under, 1);
            Reconnecting loss = under.await(Reconnecting.class);
            assertEquals(CloseReason.PEER_SILENT, loss.reason());
            peer.awaitEnd();
        }
    }

    @Test
    void staysWhenTheServerAnswers() throws Exception {
        try (SessionUnderTest under = session().start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(RoomEntered.class);
            for (int i = 1; i <= 5; i++) {
                advance(under, 10);
                peer.read(KindCase.PING);
                peer.send(ServerFrame.newBuilder().setPong(Pong.getDefaultInstance()));
                peer.send(FakeServer.event(i));
                assertEquals(i, under.await(EventReceived.class).event().seq());
            }
            assertEquals(ConnectionState.CONNECTED, under.session.state());
        }
    }

    @Test
    void answersThePingOfTheServer() throws Exception {
        try (SessionUnderTest under = session().start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            peer.send(ServerFrame.newBuilder().setPing(Ping.newBuilder().setToken(4711)));
            assertEquals(4711, peer.read(KindCase.PONG).getPong().getToken());
            under.await(Connected.class);
        }
    }

    @Test
    void doesNotTakeItsOwnSlowListenerForASilentServer() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        SessionListener listener =
                event -> {
                    if (event instanceof EventReceived received && received.event().seq() == 1) {
                        slow.countDown();
                        awaitQuietly(release);
                    }
                };
        try (SessionUnderTest under =
                        new SessionUnderTest(
                                        SessionUnderTest.config(server.address()),
                                        SessionUnderTest.QUICK,
                                        clock,
                                        listener)
                                .start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            peer.send(FakeServer.event(1));
            assertTrue(slow.await(10, TimeUnit.SECONDS));
            clock.advance(Duration.ofSeconds(60));
            release.countDown();
            peer.read(KindCase.PING);
            peer.send(FakeServer.event(2));
            assertEquals(2, expectEvent(under, 2));
            assertEquals(ConnectionState.CONNECTED, under.session.state());
        }
    }

    private static long expectEvent(SessionUnderTest under, long seq) throws InterruptedException {
        long found = 0;
        while (found < seq) {
            found = under.await(EventReceived.class).event().seq();
        }
        return found;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the session thread", e);
        }
    }
}
