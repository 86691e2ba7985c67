package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.RoomEntered;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SocketSessionLoginSocketTest {
    @Test
    void logsInWithTheProfilesKeyAndEntersTheFirstRoom() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            Login login = peer.logIn();
            assertEquals("Ana", login.getUserName());
            assertEquals(
                    HexFormat.of().formatHex(SessionUnderTest.KEY.rawPublicKey()),
                    HexFormat.of().formatHex(login.getDevicePublicKey().toByteArray()));
            Connected connected = under.next(Connected.class);
            assertEquals(FakeServer.SELF_ID, connected.self().userId());
            assertEquals("fake", connected.serverName());
            assertEquals(ConnectionState.CONNECTED, under.session.state());

            ClientFrame join = peer.read(KindCase.JOIN_ROOM);
            assertEquals("general", join.getJoinRoom().getName());
            peer.enter(
                    join,
                    FakeServer.room(1, "general", 4),
                    localchat.core.protocol.wire.ResumeOutcome.ENTERED_LIVE);
            RoomEntered entered = under.next(RoomEntered.class);
            assertEquals(5, entered.nextSeq());
            assertEquals("general", entered.room().name().value());
            assertFalse(entered.again());
            assertFalse(entered.cacheInvalid());
        }
    }

    /// The bytes of a hello, by hand: length 16; field 1 = 1; field 2 (hello) of 12 bytes; in it
    /// field 1 = 1 and field 3 = text.
    @Test
    void saysHelloInTheseBytes() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                SessionUnderTest under =
                        new SessionUnderTest(
                                        new ServerAddress("127.0.0.1", listening.getLocalPort()))
                                .start();
                Socket socket = listening.accept()) {
            assertEquals(ConnectionState.CONNECTING, under.session.state());
            socket.setSoTimeout(10_000);
            byte[] bytes = new byte[20];
            new DataInputStream(socket.getInputStream()).readFully(bytes);
            assertEquals(
                    "00000010" + "0801" + "120c" + "0801" + "1a08" + "7465737420312e30",
                    HexFormat.of().formatHex(bytes));
        }
    }

    @Test
    void endsWhenNobodyListens() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        ServerAddress address = new ServerAddress("127.0.0.1", port);
        try (SessionUnderTest under = new SessionUnderTest(address).start()) {
            Ended ended = under.awaitEnd(Failure.REFUSED);
            assertEquals("No server is listening at 127.0.0.1:" + port + ".", ended.text());
            under.awaitThreads();
            assertEquals(ConnectionState.CLOSED, under.session.state());
        }
    }

    @Test
    void endsWhenTheNameIsNotKnown() throws Exception {
        ServerAddress address = new ServerAddress("no-such-host.invalid", 7667);
        try (SessionUnderTest under = new SessionUnderTest(address).start()) {
            Ended ended = under.awaitEnd(Failure.UNKNOWN_HOST);
            assertTrue(ended.text().contains("no-such-host.invalid"), ended.text());
        }
    }

    @Test
    void endsWhenNothingIsSaidInTime() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under =
                        new SessionUnderTest(
                                        SessionUnderTest.config(
                                                server.address(), Duration.ofMillis(300), true),
                                        SessionUnderTest.QUICK,
                                        new SystemClock())
                                .start();
                FakeServer.Peer peer = server.accept()) {
            Ended ended = under.awaitEnd(Failure.TIMED_OUT);
            assertEquals(server.address() + " did not answer within 0.3 s.", ended.text());
            peer.awaitEnd();
            under.awaitThreads();
        }
    }

    @Test
    void endsAtSomethingThatSpeaksAnotherLanguage() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
            Ended ended = under.awaitEnd(Failure.NOT_A_CHAT_SERVER);
            assertTrue(ended.text().contains(server.address().toString()), ended.text());
        }
    }

    @Test
    void endsAtSomethingThatClosesBeforeItsChallenge() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start()) {
            server.accept().hangUp();
            under.awaitEnd(Failure.NOT_A_CHAT_SERVER);
        }
    }

    @Test
    void endsAtAFirstFrameThatIsNoChallenge() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.sendBytes(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 0x08, 0x01}));
            under.awaitEnd(Failure.NOT_A_CHAT_SERVER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void endsAtAChallengeWhoseNonceIsNot32Bytes(int length) throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.send(
                    ServerFrame.newBuilder()
                            .setChallenge(
                                    Challenge.newBuilder()
                                            .setProtocolVersion(1)
                                            .setNonce(bytes(length))
                                            .setServerKeyHash(bytes(32))));
            under.awaitEnd(Failure.NOT_A_CHAT_SERVER);
        }
    }

    private static com.google.protobuf.ByteString bytes(int length) {
        return com.google.protobuf.ByteString.copyFrom(new byte[length]);
    }

    @Test
    void endsWhenVersionsDoNotMeet() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.read(KindCase.HELLO);
            peer.refuse(0, ErrorCode.UPGRADE_REQUIRED);
            under.awaitEnd(Failure.UPGRADE_REQUIRED);
        }
    }

    @Test
    void endsWhenTheNameIsTaken() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.challenge();
            peer.read(KindCase.LOGIN);
            peer.refuse(0, ErrorCode.NAME_TAKEN);
            peer.goodbye(CloseReason.LOGIN_REFUSED, 0);
            Ended ended = under.awaitEnd(Failure.NAME_TAKEN);
            assertTrue(
                    ended.text()
                            .startsWith("The name \"Ana\" is taken at " + server.address() + "."),
                    ended.text());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_SIGNATURE", "NAME_INVALID", "BUSY", "INTERNAL"})
    void endsWhenTheLoginIsRefusedOtherwise(ErrorCode code) throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.challenge();
            peer.read(KindCase.LOGIN);
            peer.refuse(0, code);
            Ended ended = under.awaitEnd(Failure.LOGIN_REFUSED);
            assertTrue(ended.text().endsWith("no: " + code + "."), ended.text());
        }
    }

    @Test
    void endsWhenTheServerIsFull() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.goodbye(CloseReason.TOO_MANY_CONNECTIONS, 0);
            Ended ended = under.awaitEnd(Failure.LOGIN_REFUSED);
            assertTrue(ended.text().endsWith("too many connections."), ended.text());
        }
    }

    @Test
    void endsWhenTheConnectionBreaksBetweenChallengeAndWelcome() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            peer.challenge();
            peer.read(KindCase.LOGIN);
            peer.hangUp();
            under.awaitEnd(Failure.LOGIN_REFUSED);
        }
    }

    @Test
    void closeEndsEveryThreadAndTellsItOnce() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(RoomEntered.class);
            under.session.close();
            under.session.close();
            under.awaitEnd(Failure.CLOSED_BY_USER);
            peer.awaitEnd();
            under.awaitThreads();
            assertEquals(3, under.threads.size());
            assertTrue(under.events.isEmpty(), under.events::toString);
        }
    }

    @Test
    void closeEndsASessionThatIsStillConnecting() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start();
                FakeServer.Peer peer = server.accept()) {
            under.session.close();
            under.awaitEnd(Failure.CLOSED_BY_USER);
            peer.awaitEnd();
            under.awaitThreads();
        }
    }

    @Test
    void closeEndsASessionThatWasNeverStarted() throws Exception {
        try (SessionUnderTest under = new SessionUnderTest(new ServerAddress("127.0.0.1", 7667))) {
            under.session.close();
            under.awaitEnd(Failure.CLOSED_BY_USER);
            assertThrows(IllegalStateException.class, under.session::start);
        }
    }

    @Test
    void refusesASecondStart() throws Exception {
        try (FakeServer server = new FakeServer();
                SessionUnderTest under = new SessionUnderTest(server.address()).start()) {
            assertThrows(IllegalStateException.class, under.session::start);
        }
    }
}
