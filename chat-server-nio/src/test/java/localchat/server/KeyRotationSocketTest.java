package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import localchat.core.client.SessionEvent.ServerKeyShown;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.KeySuccession;
import localchat.core.identity.KeyWords;
import localchat.core.identity.KnownServers;
import localchat.core.identity.ServerKey;
import localchat.core.model.Digest32;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `chat-server rotate-key`, and the clients that follow.
class KeyRotationSocketTest {
    private static final int PATIENCE_SECONDS = 20;

    private final DeviceKey key = DeviceKey.generate();
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data;
    private KnownServers known;

    @BeforeEach
    void makeFolders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        known = KnownServers.in(Files.createDirectory(folder.resolve("profile")));
    }

    private int rotate() {
        return rotate(data);
    }

    private int rotate(Path path) {
        return ServerMain.commandLine(false)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("rotate-key", "--data", path.toString());
    }

    private void assertRotates() {
        assertEquals(0, rotate(), err::toString);
    }

    private void assertFailsInOneLine(String part) {
        String said = err.toString();
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.startsWith("chat-server: ") && said.contains(part), said);
        assertEquals("", out.toString());
    }

    private ChatServer serve() throws IOException {
        ServerConfig memory =
                ServerConfig.standard(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        "test");
        return ChatServer.start(
                new ServerConfig(
                        memory.addresses(),
                        memory.name(),
                        true,
                        true,
                        false,
                        memory.postsPerSecond(),
                        memory.postsBurst(),
                        new StoreConfig.Durable(data),
                        memory.ringBytesMax(),
                        memory.net()));
    }

    private static ServerAddress addressOf(ChatServer server) {
        return new ServerAddress("127.0.0.1", server.listening().getFirst().getPort());
    }

    /// What a client hears first of a server's key, or its end.
    private SessionEvent met(ChatServer server, ServerTrust trust) throws InterruptedException {
        BlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
        SessionConfig config =
                new SessionConfig(
                        addressOf(server),
                        trust,
                        new UserName("Ana"),
                        RoomName.GENERAL,
                        key,
                        "test",
                        Duration.ofSeconds(PATIENCE_SECONDS),
                        true);
        try (ChatSession session = ChatSession.create(config, heard::add)) {
            session.start();
            while (true) {
                SessionEvent next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertNotNull(next, "nothing is heard");
                if (next instanceof ServerKeyShown || next instanceof Ended) {
                    return next;
                }
            }
        }
    }

    private SessionEvent metByLink(ChatServer server, Digest32 key) throws InterruptedException {
        return met(server, new ServerTrust.Named(key, List.of(), known));
    }

    private void assertRefused(SessionEvent event) {
        assertTrue(
                event instanceof Ended ended && ended.failure() == Failure.KEY_CHANGED,
                event::toString);
    }

    @Test
    void isFollowedByThoseWhoRememberTheOldKeyAndWhoJoinByItsLink() throws Exception {
        Digest32 old = ServerKey.create(data).hash();
        assertRotates();
        try (ChatServer server = serve()) {
            Digest32 now = server.keyHash();
            assertNotEquals(old, now);
            for (boolean verified : new boolean[] {false, true}) {
                known.remember(addressOf(server), new KnownServers.KnownKey(old, verified));
                assertEquals(
                        new ServerKeyShown(now, verified, false),
                        met(server, new ServerTrust.Remembered(known, false)));
                assertEquals(
                        new KnownServers.KnownKey(now, verified),
                        known.find(addressOf(server)).orElseThrow());
            }
            assertEquals(new ServerKeyShown(now, true, false), metByLink(server, old));
        }
    }

    @Test
    void tellsTheSixWordsOfTheNewKey() throws IOException {
        ServerKey.create(data);
        assertRotates();
        String words = String.join(" ", KeyWords.of(ServerKey.load(data).hash()));
        assertTrue(
                out.toString().lines().findFirst().orElseThrow().endsWith(": " + words),
                out::toString);
        assertEquals(3, out.toString().lines().count());
    }

    @Test
    void leavesTheFolderToTheServer() throws Exception {
        ServerKey.create(data);
        assertRotates();
        serve().close();
        assertRotates();
        serve().close();
    }

    @Test
    void leadsFromTheLastEightKeysAndSaysSo() throws Exception {
        List<Digest32> keys = new ArrayList<>(List.of(ServerKey.create(data).hash()));
        for (int i = 1; i < KeySuccession.LINKS_MAX; i++) {
            assertRotates();
            keys.add(ServerKey.load(data).hash());
        }
        assertEquals(3 * 7, out.toString().lines().count(), "nothing is said of what is far off");

        assertRotates();
        String eighth = out.toString().lines().toList().getLast();
        assertTrue(eighth.contains("with the next new key"), eighth);
        try (ChatServer server = serve()) {
            assertEquals(
                    new ServerKeyShown(server.keyHash(), true, false),
                    metByLink(server, keys.getFirst()));
        }

        assertRotates();
        String ninth = out.toString().lines().toList().getLast();
        assertTrue(ninth.contains("no older one does any more"), ninth);
        try (ChatServer server = serve()) {
            assertRefused(metByLink(server, keys.getFirst()));
            assertEquals(
                    new ServerKeyShown(server.keyHash(), true, false),
                    metByLink(server, keys.get(1)));
        }
    }

    @Test
    void isRefusedWhileAServerRuns() throws IOException {
        try (ChatServer server = serve()) {
            assertEquals(1, rotate());
            assertFailsInOneLine("stop it first");
            assertEquals(server.keyHash(), ServerKey.load(data).hash());
        }
    }

    @Test
    void isRefusedInAFolderWithoutAKey() throws IOException {
        assertEquals(1, rotate());
        assertFailsInOneLine("no server's key");
        try (var files = Files.list(data)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void isRefusedInAFolderThatIsNotThere() {
        Path none = folder.resolve("none");
        assertEquals(1, rotate(none));
        assertFailsInOneLine("no server's key");
        assertFalse(Files.exists(none));
    }

    @Test
    void isRefusedWhenTheKeyIsDamaged() throws IOException {
        ServerKey.create(data);
        Files.writeString(data.resolve(ServerKey.FILE_NAME), "nothing");
        assertEquals(1, rotate());
        assertFailsInOneLine("not a server key");
    }
}
