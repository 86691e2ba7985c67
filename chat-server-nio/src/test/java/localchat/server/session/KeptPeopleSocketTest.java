package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.MarkRead;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.ChatServer;
import localchat.server.ServerConfig;
import localchat.server.StoreConfig;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom rooms and messages name is the same person after a restart, even one who never said a word.
class KeptPeopleSocketTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final DeviceKey CYS_KEY = DeviceKey.generate();

    @TempDir private Path folder;
    private final Random random = new Random(1);
    private ChatServer server;

    @BeforeEach
    void start() throws IOException {
        ServerConfig config = TestServers.standard();
        server =
                ChatServer.start(
                        new ServerConfig(
                                config.addresses(),
                                config.name(),
                                config.encrypted(),
                                config.proofRequired(),
                                config.inviteNeeded(),
                                config.postsPerSecond(),
                                config.postsBurst(),
                                new StoreConfig.Durable(folder),
                                config.ringBytesMax(),
                                config.net()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() throws IOException {
        stop();
        start();
    }

    private TestPeer login(String name, DeviceKey key) throws IOException {
        return TestPeer.login(server, name, key);
    }

    private long userId(String name, DeviceKey key) throws IOException {
        try (TestPeer peer = TestPeer.connect(server, key)) {
            return peer.login(name).getUser().getUserId();
        }
    }

    /// Posts and waits until it is stored.
    private void say(TestPeer peer, long room, String text, long... mentions) throws IOException {
        var post = TestPeer.post(room, text, random);
        for (long userId : mentions) {
            post.getMessageBuilder().addMentionUserIds(userId);
        }
        peer.send(ClientFrame.newBuilder().setRequestId(100).setPost(post));
        peer.await(frame -> frame.getEvent().getClientMsgId().equals(post.getClientMsgId()));
    }

    /// Before anybody else comes, so that the id would be given to somebody else.
    private void somebodyNewComes() throws IOException {
        userId("Newcomer", DeviceKey.generate());
    }

    @Test
    void theOwnerOfARoomInWhichOnlyOthersSpokeIsTheSamePerson() throws IOException {
        long anaId;
        try (TestPeer ana = TestPeer.connect(server, ANAS_KEY);
                TestPeer bo = login("Bo", BOS_KEY)) {
            anaId = ana.login("Ana").getUser().getUserId();
            ana.join("attic");
            say(bo, bo.join("attic").getRoom().getRoomId(), "hello");
        }
        restart();
        somebodyNewComes();
        assertEquals(anaId, userId("Ana", ANAS_KEY));
        try (TestPeer ana = login("Ana", ANAS_KEY)) {
            Room attic = ana.join("attic").getRoom();
            assertEquals(anaId, attic.getOwnerUserId());
            assertEquals(1, attic.getHeadSeq());
        }
    }

    @Test
    void whoWasMentionedIsTheSamePersonAndStillMentioned() throws IOException {
        long cyId = userId("Cy", CYS_KEY);
        try (TestPeer bo = login("Bo", BOS_KEY)) {
            long room = bo.join("general").getRoom().getRoomId();
            say(bo, room, "nobody");
            say(bo, room, "hello @Cy", cyId);
        }
        restart();
        somebodyNewComes();
        assertEquals(cyId, userId("Cy", CYS_KEY));
        try (TestPeer cy = login("Cy", CYS_KEY)) {
            long room = cy.join("general").getRoom().getRoomId();
            ServerFrame marked =
                    cy.request(
                            ClientFrame.newBuilder()
                                    .setMarkRead(MarkRead.newBuilder().setRoomId(room).setSeq(1)));
            assertTrue(marked.hasReadMarker(), marked::toString);
            ReadMarker marker = marked.getReadMarker();
            assertEquals(1, marker.getUnread());
            assertEquals(1, marker.getMentions());
        }
    }
}
