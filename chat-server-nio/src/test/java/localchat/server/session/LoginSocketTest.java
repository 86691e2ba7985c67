package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CloseReason;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginSocketTest {
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
    void welcomesWhoProvesItsKey() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            Welcome welcome = ana.login("Ana");
            assertEquals("Ana", welcome.getUser().getName());
            assertEquals(16, welcome.getEpoch().size());
            assertEquals(16, welcome.getServerId().size());
            assertEquals(ByteString.copyFrom(ana.device().bytes()), welcome.getDeviceId());
            assertEquals(4096, welcome.getLimits().getTextBytesMax());
            assertEquals(65536, welcome.getLimits().getFrameBytesMax());
            assertEquals(2000, welcome.getLimits().getPostsBurst());
        }
    }

    @Test
    void challengesEachConnectionDifferently() throws IOException {
        try (TestPeer first = TestPeer.connect(server);
                TestPeer second = TestPeer.connect(server)) {
            Challenge one = first.hello();
            Challenge other = second.hello();
            assertEquals(32, one.getNonce().size());
            assertNotEquals(one.getNonce(), other.getNonce());
            assertEquals(one.getServerKeyHash(), other.getServerKeyHash());
        }
    }

    @Test
    void refusesSignatureOfAnotherKey() throws IOException {
        try (TestPeer ana = TestPeer.connect(server);
                TestPeer other = TestPeer.connect(server)) {
            Challenge challenge = ana.hello();
            ByteString forged = other.loginFor(challenge, "Ana").getSignature();
            assertRefused(
                    ana,
                    ana.loginFor(challenge, "Ana").setSignature(forged),
                    ErrorCode.BAD_SIGNATURE);
        }
    }

    @Test
    void refusesSignatureForAnotherNonce() throws IOException {
        try (TestPeer ana = TestPeer.connect(server);
                TestPeer earlier = TestPeer.connect(server)) {
            Login.Builder replayed = ana.loginFor(earlier.hello(), "Ana");
            ana.hello();
            assertRefused(ana, replayed, ErrorCode.BAD_SIGNATURE);
        }
    }

    @Test
    void refusesKeyOfWrongLength() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            Login.Builder login = ana.loginFor(ana.hello(), "Ana");
            ByteString tooShort = login.getDevicePublicKey().substring(1);
            assertRefused(ana, login.setDevicePublicKey(tooShort), ErrorCode.BAD_SIGNATURE);
        }
    }

    @Test
    void refusesInvisibleName() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            assertRefused(ana, ana.loginFor(ana.hello(), "A\u200bna"), ErrorCode.NAME_INVALID);
        }
    }

    @Test
    void refusesNameInUseByAnotherDeviceInAnyCase() throws IOException {
        try (TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer other = TestPeer.connect(server)) {
            assertRefused(other, other.loginFor(other.hello(), "ANA"), ErrorCode.NAME_TAKEN);
            assertTrue(ana.isQuietFor(50));
        }
    }

    @Test
    void givesNameAgainToTheSamePersonAfterItLeft() throws IOException {
        DeviceKey key = DeviceKey.generate();
        long first;
        try (TestPeer ana = TestPeer.connect(server, key)) {
            first = ana.login("Ana").getUser().getUserId();
        }
        try (TestPeer ana = TestPeer.connect(server, key)) {
            assertEquals(first, ana.login("Ana").getUser().getUserId());
        }
    }

    @Test
    void replacesOlderSessionOfTheSameDeviceAtOnce() throws IOException {
        DeviceKey key = DeviceKey.generate();
        try (TestPeer older = TestPeer.login(server, "Ana", key);
                TestPeer newer = TestPeer.login(server, "Ana", key)) {
            assertEquals(CloseReason.REPLACED, older.awaitGoodbye().getReason());
            assertTrue(newer.request(ping()).hasPong());
        }
    }

    @Test
    void closesWhoSpeaksBeforeHello() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.send(listRooms());
            assertEquals(CloseReason.WRONG_STATE, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void closesWhoAsksBeforeLogin() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.hello();
            stranger.send(listRooms());
            assertEquals(CloseReason.WRONG_STATE, stranger.awaitGoodbye().getReason());
        }
    }

    @Test
    void answersPingBeforeLogin() throws IOException {
        try (TestPeer stranger = TestPeer.connect(server)) {
            stranger.hello();
            assertEquals(7, stranger.request(ping()).getPong().getToken());
        }
    }

    @Test
    void answersSecondLoginNotNow() throws IOException {
        try (TestPeer ana = TestPeer.connect(server)) {
            Challenge challenge = ana.hello();
            Login.Builder login = ana.loginFor(challenge, "Ana");
            assertTrue(ana.request(ClientFrame.newBuilder().setLogin(login)).hasWelcome());
            ServerFrame answer = ana.request(ClientFrame.newBuilder().setLogin(login));
            assertEquals(ErrorCode.NOT_NOW, answer.getError().getCode());
            assertFalse(ana.request(ping()).hasError());
        }
    }

    @Test
    void refusesUnknownProtocolVersion() throws IOException {
        try (TestPeer future = TestPeer.connect(server)) {
            Hello.Builder hello = Hello.newBuilder().setProtocolVersion(9).setProtocolVersionMin(2);
            ServerFrame answer = future.request(ClientFrame.newBuilder().setHello(hello));
            assertEquals(ErrorCode.UPGRADE_REQUIRED, answer.getError().getCode());
            assertEquals(CloseReason.UPGRADE_REQUIRED_CLOSE, future.awaitGoodbye().getReason());
        }
    }

    @Test
    void speaksVersionOneWithNewerClientThatStillCan() throws IOException {
        try (TestPeer newer = TestPeer.connect(server)) {
            Hello.Builder hello = Hello.newBuilder().setProtocolVersion(9).setProtocolVersionMin(1);
            ServerFrame answer = newer.request(ClientFrame.newBuilder().setHello(hello));
            assertEquals(1, answer.getChallenge().getProtocolVersion());
        }
    }

    private static void assertRefused(TestPeer peer, Login.Builder login, ErrorCode code)
            throws IOException {
        ServerFrame answer = peer.request(ClientFrame.newBuilder().setLogin(login));
        assertEquals(code, answer.getError().getCode());
        assertEquals(CloseReason.LOGIN_REFUSED, peer.awaitGoodbye().getReason());
    }

    private static ClientFrame.Builder ping() {
        return ClientFrame.newBuilder().setPing(Ping.newBuilder().setToken(7));
    }

    private static ClientFrame.Builder listRooms() {
        return ClientFrame.newBuilder().setListRooms(ListRooms.getDefaultInstance());
    }
}
