package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import localchat.core.client.ChatSession;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.ServerKeyShown;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.KnownServers;
import localchat.core.identity.ServerKey;
import localchat.core.model.Digest32;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.server.ChatServer;
import localchat.server.ServerConfig;
import localchat.server.StoreConfig;
import localchat.server.counters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that make sure whom they talk to, and say nothing to anybody else.
class TrustSocketTest {
    private static final int PATIENCE_SECONDS = 20;

    @TempDir private Path folder;

    private final BlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
    private final DeviceKey key = DeviceKey.generate();
    private KnownServers known;
    private ChatServer server;
    private ServerAddress address;

    @BeforeEach
    void start() throws IOException {
        known = KnownServers.in(folder);
        server = serve(0, true);
        address = new ServerAddress("127.0.0.1", port());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int port() {
        return server.listening().getFirst().getPort();
    }

    private static ChatServer serve(int port, boolean encrypted) throws IOException {
        ServerConfig config =
                ServerConfig.standard(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        "test");
        return ChatServer.start(encrypted ? config : config.plaintext());
    }

    private ChatSession session(ServerTrust trust) {
        SessionConfig config =
                new SessionConfig(
                        address,
                        trust,
                        new UserName("Ana"),
                        RoomName.GENERAL,
                        key,
                        "test",
                        Duration.ofSeconds(PATIENCE_SECONDS),
                        true);
        ChatSession session = ChatSession.create(config, heard::add);
        session.start();
        return session;
    }

    private <T extends SessionEvent> T await(Class<T> kind) throws InterruptedException {
        while (true) {
            SessionEvent next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            assertFalse(next == null, "no " + kind.getSimpleName());
            assertFalse(next instanceof Ended, "instead came " + next);
        }
    }

    private void assertEnds(ServerTrust trust, Failure failure) throws InterruptedException {
        try (ChatSession _ = session(trust)) {
            Ended ended =
                    assertInstanceOf(Ended.class, heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
            assertEquals(failure, ended.failure(), ended.text());
        }
    }

    /// Whoever stood there got nothing: no name, no key, no signature.
    private void assertNothingSaid() {
        assertEquals(0, server.counters().published(Counter.FRAMES_IN));
        assertEquals(0, server.counters().published(Counter.LOGINS));
    }

    private ServerTrust.Remembered remembered(boolean acceptNew) {
        return new ServerTrust.Remembered(known, acceptNew);
    }

    @Test
    void knowsAServerByTheKeyOfItsLink() throws Exception {
        try (ChatSession _ = session(new ServerTrust.Named(server.keyHash(), List.of(), known))) {
            await(SessionEvent.Connected.class);
            assertEquals(
                    new ServerKeyShown(server.keyHash(), true, false), await(ServerKeyShown.class));
        }
        assertTrue(known.find(address).orElseThrow().verified());
    }

    @Test
    void remembersTheKeyOfTheFirstMeeting() throws Exception {
        try (ChatSession _ = session(remembered(true))) {
            assertEquals(
                    new ServerKeyShown(server.keyHash(), false, true), await(ServerKeyShown.class));
        }
        await(Ended.class);
        try (ChatSession again = session(remembered(false))) {
            assertEquals(
                    new ServerKeyShown(server.keyHash(), false, false),
                    await(ServerKeyShown.class));
            again.vouch();
            assertEquals(
                    new ServerKeyShown(server.keyHash(), true, false), await(ServerKeyShown.class));
        }
        assertTrue(KnownServers.in(folder).find(address).orElseThrow().verified());
    }

    @Test
    void saysNothingToAServerThatNobodyKnows() throws Exception {
        assertEnds(remembered(false), Failure.KEY_UNKNOWN);
        assertNothingSaid();
        assertEquals(Optional.empty(), known.find(address));
    }

    @Test
    void saysNothingToAServerWithAnotherKey() throws Exception {
        Digest32 other = ServerKey.passing().hash();
        assertEnds(new ServerTrust.Named(other, List.of(), known), Failure.KEY_CHANGED);
        assertNothingSaid();
        known.remember(address, new KnownServers.KnownKey(other, false));
        assertEnds(remembered(true), Failure.KEY_CHANGED);
        assertNothingSaid();
        assertEquals(other, known.find(address).orElseThrow().key(), "it is not overwritten");
    }

    /// The same address, port and name, and sessions that could be resumed: another key.
    @Test
    void stopsWhenAnotherServerTakesThePlace() throws Exception {
        try (ChatSession _ = session(remembered(true))) {
            await(SessionEvent.RoomEntered.class);
            int port = port();
            server.close();
            server = serve(port, true);
            while (true) {
                SessionEvent next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertFalse(next == null, "the session goes on");
                assertFalse(next instanceof SessionEvent.Connected, "it logged in");
                if (next instanceof Ended ended) {
                    assertEquals(Failure.KEY_CHANGED, ended.failure());
                    break;
                }
            }
        }
        assertNothingSaid();
    }

    @Test
    void neverSpeaksPlaintextInsteadOfTls() throws Exception {
        int port = port();
        server.close();
        server = serve(port, false);
        assertEnds(remembered(true), Failure.NOT_A_CHAT_SERVER);
        assertNothingSaid();
    }

    @Test
    void neverSpeaksTlsToWhomPlaintextWasMeant() throws Exception {
        assertEnds(new ServerTrust.Plaintext(), Failure.NOT_A_CHAT_SERVER);
        assertNothingSaid();
    }

    @Test
    void followsAKeyToItsSuccessor() throws Exception {
        server.close();
        Path data = folder.resolve("data");
        server = serveDurably(0, data);
        address = new ServerAddress("127.0.0.1", port());
        Digest32 old = server.keyHash();
        try (ChatSession _ = session(new ServerTrust.Named(old, List.of(), known))) {
            await(SessionEvent.Connected.class);
        }
        await(Ended.class);
        int port = port();
        server.close();
        ServerKey.rotate(data);
        server = serveDurably(port, data);
        assertFalse(old.equals(server.keyHash()));
        try (ChatSession _ = session(remembered(false))) {
            assertEquals(
                    new ServerKeyShown(server.keyHash(), true, false), await(ServerKeyShown.class));
        }
        assertEquals(server.keyHash(), known.find(address).orElseThrow().key());
    }

    private static ChatServer serveDurably(int port, Path data) throws IOException {
        ServerConfig config =
                ServerConfig.standard(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                        "test");
        return ChatServer.start(
                new ServerConfig(
                        config.addresses(),
                        config.name(),
                        true,
                        true,
                        false,
                        config.postsPerSecond(),
                        config.postsBurst(),
                        new StoreConfig.Durable(data),
                        config.ringBytesMax(),
                        config.net()));
    }

    /// Of the addresses of a link those of another server are passed over.
    @Test
    void findsTheServerAmongTheAddressesOfALink() throws Exception {
        try (ChatServer right = serve(0, true)) {
            ServerAddress there =
                    new ServerAddress("127.0.0.1", right.listening().getFirst().getPort());
            try (ChatSession _ =
                    session(new ServerTrust.Named(right.keyHash(), List.of(there), known))) {
                await(SessionEvent.Connected.class);
                assertEquals(right.keyHash(), await(ServerKeyShown.class).key());
            }
        }
        assertNothingSaid();
    }
}
