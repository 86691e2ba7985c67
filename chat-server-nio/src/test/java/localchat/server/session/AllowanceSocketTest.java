package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.Test;

class AllowanceSocketTest {
    @Test
    void anotherLoginDoesNotFillUpThePersonsPosts() throws IOException {
        DeviceKey key = DeviceKey.generate();
        try (ChatServer server = TestServers.start(1, 2)) {
            try (TestPeer ana = TestPeer.login(server, "Ana", key)) {
                long room = ana.join("general").getRoom().getRoomId();
                ana.say(room, "1");
                ana.say(room, "2");
                ana.await(frame -> frame.getEvent().getSeq() == 2);
            }
            try (TestPeer again = TestPeer.login(server, "ANA", key)) {
                long room = again.join("general").getRoom().getRoomId();
                ServerFrame answer =
                        again.request(
                                ClientFrame.newBuilder()
                                        .setPost(TestPeer.post(room, "3", new Random(3))));
                assertEquals(ErrorCode.RATE_LIMITED, answer.getError().getCode());
            }
        }
    }

    @Test
    void takesTheBurstOfRequestsAndAnswersBusyBeyond() throws IOException {
        try (ChatServer server = TestServers.start();
                TestPeer ana = TestPeer.login(server, "Ana")) {
            for (int i = 0; i < SessionConfig.REQUESTS_BURST; i++) {
                assertFalse(ana.request(listRooms()).hasError(), "request " + i);
            }
            ServerFrame answer = ana.request(listRooms());
            for (int i = 0; i < 100 && !answer.hasError(); i++) {
                answer = ana.request(listRooms());
            }
            assertEquals(ErrorCode.BUSY, answer.getError().getCode());
            assertTrue(answer.getError().getRetryAfterMs() <= 20);
        }
    }

    @Test
    void pingsCostNoAllowance() throws IOException {
        try (ChatServer server = TestServers.start();
                TestPeer ana = TestPeer.login(server, "Ana")) {
            for (int i = 0; i < 2 * SessionConfig.REQUESTS_BURST; i++) {
                Ping.Builder ping = Ping.newBuilder().setToken(i);
                assertEquals(
                        i,
                        ana.request(ClientFrame.newBuilder().setPing(ping)).getPong().getToken());
            }
        }
    }

    @Test
    void tellsEveryoneOfANewRoom() throws IOException {
        try (ChatServer server = TestServers.start();
                TestPeer ana = TestPeer.login(server, "Ana");
                TestPeer bo = TestPeer.login(server, "Bo")) {
            ana.join("kitchen");
            ServerFrame told = bo.await(ServerFrame::hasRoomChanged);
            assertEquals("kitchen", told.getRoomChanged().getRoom().getName());
        }
    }

    private static ClientFrame.Builder listRooms() {
        return ClientFrame.newBuilder().setListRooms(ListRooms.getDefaultInstance());
    }
}
