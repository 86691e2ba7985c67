package localchat.server.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.TestPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was said before a restart is said again after it.
class ReplayIT {
    @TempDir private Path folder;

    /// T28.
    @Test
    void aServerRemembersEveryPostAndNoLoginAcrossARestart() throws Exception {
        DeviceKey key = DeviceKey.generate();
        DurableServer server = ServerLaunch.on(folder.resolve("data")).start();
        try {
            Login.Builder recorded;
            Post first;
            long seq;
            try (TestPeer ana = TestPeer.connect(server.address(), key)) {
                recorded = ana.loginFor(ana.hello(), "Ana");
                assertTrue(
                        ana.request(ClientFrame.newBuilder().setLogin(recorded)).hasWelcome(),
                        "logged in");
                long room = ana.join("general").getRoom().getRoomId();
                ana.say(room, "before");
                ana.awaitEvent();
                first = TestPeer.post(room, "hello", new Random(1)).build();
                ana.send(ClientFrame.newBuilder().setPost(first));
                seq = ana.awaitEvent().getEvent().getSeq();
            }
            server.kill();
            server = server.restart();
            assertNoReplayOfLogin(server, key, recorded);
            try (TestPeer ana = TestPeer.connect(server.address(), key)) {
                ana.login("Ana");
                ana.join("general");
                ServerFrame same = ana.request(ClientFrame.newBuilder().setPost(first));
                assertEquals(seq, same.getPostStored().getSeq());
                Post other =
                        first.toBuilder()
                                .setMessage(MessageBody.newBuilder().setText("goodbye"))
                                .build();
                ServerFrame conflict = ana.request(ClientFrame.newBuilder().setPost(other));
                assertEquals(ErrorCode.CONFLICT, conflict.getError().getCode());
                ana.say(first.getRoomId(), "after");
                assertEquals(seq + 1, ana.awaitEvent().getEvent().getSeq());
            }
            try (TestPeer bo = TestPeer.connect(server.address(), DeviceKey.generate())) {
                bo.login("Bo");
                bo.join("general");
                bo.send(ClientFrame.newBuilder().setPost(first));
                assertEquals(
                        ByteString.copyFrom(first.getClientMsgId().toByteArray()),
                        bo.awaitEvent().getEvent().getClientMsgId(),
                        "another device may use the same id");
            }
        } finally {
            server.close();
        }
    }

    private static void assertNoReplayOfLogin(
            DurableServer server, DeviceKey key, Login.Builder recorded) throws Exception {
        try (TestPeer thief = TestPeer.connect(server.address(), key)) {
            thief.hello();
            ServerFrame answer = thief.request(ClientFrame.newBuilder().setLogin(recorded));
            assertEquals(ErrorCode.BAD_SIGNATURE, answer.getError().getCode());
        }
    }
}
