package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import localchat.core.client.ChatSession;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.KnownServers;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.server.ChatServer;
import localchat.server.TestPeer;
import localchat.server.TestServers;
import localchat.server.counters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody with a key of his own stands between a client and its server and hands on what passes.
class ManInTheMiddleSocketTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir private Path folder;

    private final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    private ChatServer server;
    private Impostor impostor;
    private ServerAddress address;

    @BeforeEach
    void start() throws Exception {
        server = TestServers.startEncrypted(limits -> limits);
        impostor =
                new Impostor(
                        server.listening().getFirst(),
                        Files.createDirectory(folder.resolve("impostor")));
        address = new ServerAddress("127.0.0.1", impostor.port());
    }

    @AfterEach
    void stop() throws IOException {
        impostor.close();
        server.close();
    }

    private KnownServers known(String profile) throws IOException {
        return KnownServers.in(Files.createDirectories(folder.resolve(profile)));
    }

    /// Runs a session to its end; says why it ended.
    private Failure end(ServerTrust trust) throws InterruptedException {
        events.clear();
        SessionConfig config =
                new SessionConfig(
                        address,
                        trust,
                        new UserName("Ana"),
                        RoomName.GENERAL,
                        DeviceKey.generate(),
                        "test",
                        Duration.ofSeconds(PATIENCE_SECONDS),
                        true);
        try (ChatSession session = ChatSession.create(config, events::add)) {
            session.start();
            while (true) {
                SessionEvent next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertFalse(next == null, "the session goes on");
                assertFalse(next instanceof SessionEvent.Connected, "it logged in");
                if (next instanceof Ended ended) {
                    assertTrue(impostor.awaitEnd(PATIENCE_SECONDS), "the impostor goes on");
                    return ended.failure();
                }
            }
        }
    }

    @Test
    void hearsNothingOfWhoeverHasTheLink() throws Exception {
        ServerTrust link = new ServerTrust.Named(server.keyHash(), List.of(), known("ana"));
        assertEquals(Failure.KEY_CHANGED, end(link));
        assertEquals(List.of(), impostor.heard());
    }

    @Test
    void hearsNothingOfWhoeverWasHereBefore() throws Exception {
        KnownServers known = known("ana");
        known.remember(address, new KnownServers.KnownKey(server.keyHash(), false));
        assertEquals(Failure.KEY_CHANGED, end(new ServerTrust.Remembered(known, true)));
        assertEquals(List.of(), impostor.heard());
    }

    /// A session of TLS that is resumed shows no certificate anew, and no trust manager is asked.
    @Test
    void hearsNothingOnASessionThatIsResumed() throws Exception {
        // Somebody of the same process took the impostor's key on trust: there is a ticket.
        end(new ServerTrust.Remembered(known("bo"), true));
        int heardBefore = impostor.heard().size();
        assertTrue(heardBefore > 0, "the first one was taken in");
        ServerTrust link = new ServerTrust.Named(server.keyHash(), List.of(), known("ana"));
        assertEquals(Failure.KEY_CHANGED, end(link));
        assertEquals(heardBefore, impostor.heard().size());
        List<Long> sessions = impostor.sessions();
        assertEquals(2, sessions.size());
        assertEquals(sessions.get(0), sessions.get(1), "the session was not resumed");
    }

    /// Whoever types an address and compares no words trusts whom he meets; his signature is still
    /// for nobody else's key.
    @Test
    void getsNoSignatureForTheServersKey() throws Exception {
        assertEquals(Failure.KEY_CHANGED, end(new ServerTrust.Remembered(known("ana"), true)));
        assertFalse(impostor.heard().stream().anyMatch(ClientFrame::hasLogin));
        assertEquals(0, server.counters().published(Counter.LOGINS));
    }

    @Test
    void cannotUseASignatureForItsOwnKey() throws Exception {
        impostor.claimToBeTheServer();
        end(new ServerTrust.Remembered(known("ana"), true));
        assertEquals(1, impostor.heard().stream().filter(ClientFrame::hasLogin).count());
        assertEquals(0, server.counters().published(Counter.LOGINS));
        assertEquals(1, server.counters().published(Counter.LOGINS_REFUSED));
        try (TestPeer ana = TestPeer.login(server, "Ana")) {
            ana.join("general");
        }
    }
}
