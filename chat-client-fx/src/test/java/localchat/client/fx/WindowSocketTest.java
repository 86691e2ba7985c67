package localchat.client.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.ChatSession;
import localchat.core.client.Profile;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.server.ChatServer;
import localchat.server.ServerConfig;
import localchat.server.StoreConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The whole window against a real server on loopback.
@ExtendWith(FxExtension.class)
@ResourceLock("window")
final class WindowSocketTest {
    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ChatServer server;
    private int port;
    private Window window;

    @BeforeEach
    void start() throws IOException {
        server = startServer(0);
        port = server.listening().getFirst().getPort();
        window = openWindow("", "", String.valueOf(port), "window");
    }

    @AfterEach
    void end() throws Exception {
        window.close();
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        server.close();
    }

    @Test
    void logsInFromAnEmptyFormByKeyboard() {
        logIn();
        assertEquals("# general", window.text("room-name"));
        assertEquals("Online", window.text("connection-state"));
        FxExtension.await("oneself among the people", () -> list("people").getItems().size() == 1);
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int silent;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent = socket.getLocalPort();
        }
        window.fill("login-name", "Ana");
        window.fill("login-host", "127.0.0.1");
        window.fill("login-port", String.valueOf(silent));
        window.press(KeyCode.ENTER);
        FxExtension.await("the error", () -> window.isShown("login-error"));
        assertTrue(window.text("login-error").startsWith("Nothing answers at 127.0.0.1:" + silent));
    }

    @Test
    void saysThatANameIsNotKnown() {
        window.fill("login-name", "Ana");
        window.fill("login-host", "no-such-host.invalid");
        window.press(KeyCode.ENTER);
        FxExtension.await("the error", () -> window.isShown("login-error"));
        assertTrue(
                window.text("login-error")
                        .startsWith("No computer named “no-such-host.invalid” was found"),
                window.text("login-error"));
    }

    @Test
    void saysThatTheNameIsTaken() throws IOException {
        Friend bruno = new Friend("Bruno");
        FxExtension.await("Bruno is in", () -> bruno.roomId > 0);
        window.fill("login-name", "bruno");
        window.fill("login-host", "127.0.0.1");
        window.press(KeyCode.ENTER);
        FxExtension.await("the place for a code", () -> window.isShown("login-code"));
        assertTrue(
                window.text("login-code-reason").contains("belongs to somebody"),
                window.text("login-code-reason"));
    }

    @Test
    void sendsAndReceives() throws IOException {
        logIn();
        Friend bruno = new Friend("Bruno");
        FxExtension.await("two people", () -> list("people").getItems().size() == 2);
        window.type("hello from the window");
        window.press(KeyCode.ENTER);
        FxExtension.await("Bruno hears it", () -> bruno.heard.contains("hello from the window"));
        bruno.say("hello back");
        FxExtension.await(
                "both are shown in order",
                () -> window.messages().equals(List.of("hello from the window", "hello back")));
    }

    @Test
    void showsWhatWasSaidBefore() throws IOException {
        Friend bruno = new Friend("Bruno");
        FxExtension.await("Bruno is in", () -> bruno.roomId > 0);
        bruno.say("first");
        bruno.say("second");
        FxExtension.await("both are stored", () -> bruno.heard.size() == 2);
        logIn();
        FxExtension.await("both", () -> window.messages().equals(List.of("first", "second")));
    }

    @Test
    void makesASecondRoomAndSwitchesBetweenThem() {
        logIn();
        window.type("for general");
        window.press(KeyCode.ENTER);
        FxExtension.await("general", () -> window.messages().equals(List.of("for general")));
        window.click("new-room");
        window.type("plans");
        window.press(KeyCode.ENTER);
        FxExtension.await("plans", () -> window.text("room-name").equals("# plans"));
        FxExtension.await("empty", () -> window.messages().isEmpty());
        window.type("for plans");
        window.press(KeyCode.ENTER);
        FxExtension.await("plans", () -> window.messages().equals(List.of("for plans")));
        window.press(KeyCode.ALT, KeyCode.UP);
        FxExtension.await("general", () -> window.messages().equals(List.of("for general")));
    }

    @Test
    void losesTheServerKeepsWhatIsWrittenAndComesBack() throws IOException {
        logIn();
        stopServer();
        FxExtension.await("the banner", () -> window.isShown("connection-banner"));
        window.type("written offline");
        window.press(KeyCode.ENTER);
        FxExtension.await("it waits", () -> window.isStyleShown(".message-waiting"));
        window.type("half a sen");
        server = startServer(port);
        FxExtension.await("online again", () -> window.text("connection-state").equals("Online"));
        FxExtension.await(
                "it is stored",
                () ->
                        window.messages().equals(List.of("written offline"))
                                && !window.isStyleShown(".message:pending"));
        assertEquals("half a sen", window.text("composer"));
    }

    @Test
    void signsOutAndInAgain() {
        logIn();
        window.signOut();
        FxExtension.await("the login", () -> window.isShown("login-connect"));
        FxExtension.pulses(2);
        window.press(KeyCode.ENTER);
        FxExtension.await("the chat", () -> window.text("room-name").equals("# general"));
    }

    @Test
    void sharesEditsReactionsAndDeletionsWithOthers() throws IOException {
        logIn();
        Friend bruno = new Friend("Bruno");
        FxExtension.await("Bruno is in", () -> bruno.roomId > 0);
        bruno.say("frist");
        FxExtension.await("it is shown", () -> window.messages().equals(List.of("frist")));
        bruno.session.post(bruno.roomId, new EventBody.Edit(1, new MessageText("first")));
        FxExtension.await("edited", () -> window.messages().equals(List.of("first")));
        bruno.session.post(bruno.roomId, new EventBody.Reaction(1, new Emoji("🎉"), false));
        FxExtension.await("the reaction", () -> window.isStyleShown(".button.reaction"));
        bruno.session.post(bruno.roomId, new EventBody.Delete(1));
        FxExtension.await(
                "deleted", () -> window.messages().equals(List.of("This message was deleted.")));
    }

    @Test
    void showsYesterdayWhileTheServerIsAwayAndSendsWhatIsWrittenMeanwhileOnce() throws IOException {
        stopServer();
        server = startDurableServer();
        logIn();
        Friend bruno = new Friend("Bruno");
        FxExtension.await("Bruno is in", () -> bruno.roomId > 0);
        bruno.say("yesterday");
        FxExtension.await("it is shown", () -> window.messages().equals(List.of("yesterday")));
        window.signOut();
        FxExtension.await("the login", () -> window.isShown("login-connect"));
        stopServer();
        window.press(KeyCode.ENTER);
        FxExtension.await("yesterday", () -> window.messages().equals(List.of("yesterday")));
        assertTrue(window.text("connection-banner").startsWith("Connecting"));
        window.type("meanwhile");
        window.press(KeyCode.ENTER);
        FxExtension.await("it waits", () -> window.isStyleShown(".message-waiting"));
        server = startDurableServer();
        FxExtension.await("online", () -> window.text("connection-state").equals("Online"));
        FxExtension.await(
                "it is stored",
                () ->
                        window.messages().contains("meanwhile")
                                && !window.isStyleShown(".message:pending"));
        assertEquals(1, Collections.frequency(window.messages(), "meanwhile"));
    }

    private void logIn() {
        window.fill("login-name", "Ana Maria");
        window.fill("login-host", "127.0.0.1");
        window.press(KeyCode.ENTER);
        FxExtension.await(
                "the room; " + window.text("login-error"),
                () -> window.text("room-name").equals("# general"));
    }

    private Window openWindow(String name, String host, String portText, String profile) {
        Settings settings = new Settings(name, host, portText, Language.ENGLISH, Theme.LIGHT);
        return new Window(
                new ProfileSessions(Optional.of(folder.resolve(profile)), true), settings);
    }

    private static ChatServer startServer(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return ChatServer.start(ServerConfig.standard(List.of(address), "Office").plaintext());
    }

    /// A server on the same port whose messages outlive it.
    private ChatServer startDurableServer() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        ServerConfig standard = ServerConfig.standard(List.of(address), "Office").plaintext();
        return ChatServer.start(
                new ServerConfig(
                        standard.addresses(),
                        standard.name(),
                        standard.encrypted(),
                        standard.proofRequired(),
                        standard.inviteNeeded(),
                        standard.postsPerSecond(),
                        standard.postsBurst(),
                        new StoreConfig.Durable(folder.resolve("server")),
                        standard.ringBytesMax(),
                        standard.net()));
    }

    private void stopServer() {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        FxExtension.await("the server has ended", stopped::isDone);
    }

    private ListView<?> list(String id) {
        return (ListView<?>) window.node(id);
    }

    /// Somebody else in general.
    private final class Friend implements AutoCloseable {
        final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        volatile long roomId;
        private final Profile profile;
        private final ChatSession session;

        Friend(String name) throws IOException {
            profile = Profile.open(folder.resolve(name));
            session =
                    ChatSession.create(
                            new SessionConfig(
                                    new ServerAddress("127.0.0.1", port),
                                    new ServerTrust.Plaintext(),
                                    new UserName(name),
                                    RoomName.GENERAL,
                                    profile.key(),
                                    "test",
                                    Duration.ofSeconds(5),
                                    true),
                            this::onSessionEvent);
            open.add(this);
            session.start();
        }

        void say(String text) {
            session.post(roomId, new MessageText(text), false, 0);
        }

        private void onSessionEvent(SessionEvent event) {
            switch (event) {
                case SessionEvent.RoomEntered entered -> roomId = entered.room().roomId();
                case SessionEvent.EventReceived(var received, var own)
                        when received.body() instanceof EventBody.Message message ->
                        heard.add(message.text().value());
                default -> {}
            }
        }

        @Override
        public void close() throws IOException {
            session.close();
            profile.close();
        }
    }
}
