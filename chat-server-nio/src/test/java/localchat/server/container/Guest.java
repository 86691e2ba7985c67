package localchat.server.container;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import localchat.core.client.ChatSession;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.KnownServers;
import localchat.core.model.CloseReason;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;

/// Somebody in the room `general`, through the session that every front end uses. Keeps what it
/// hears for a test to wait on.
final class Guest implements AutoCloseable {
    /// Seconds to wait for one thing to be heard. Reason: it takes milliseconds; a loaded machine
    /// may stall.
    private static final int HEARD_SECONDS_MAX = 20;

    private final ChatSession session;
    private final BlockingQueue<SessionEvent> heard;
    private final long roomId;

    private Guest(ChatSession session, BlockingQueue<SessionEvent> heard, long roomId) {
        this.session = session;
        this.heard = heard;
        this.roomId = roomId;
    }

    /// Logs in with a device key of its own and waits until the room is entered.
    static Guest enter(String name, String host, int port)
            throws InterruptedException, IOException {
        BlockingQueue<SessionEvent> heard = new LinkedBlockingQueue<>();
        KnownServers known = KnownServers.in(Files.createTempDirectory("guest"));
        SessionConfig config =
                new SessionConfig(
                        new ServerAddress(host, port),
                        new ServerTrust.Remembered(known, true),
                        new UserName(name),
                        RoomName.GENERAL,
                        DeviceKey.generate(),
                        "container-test",
                        Duration.ofSeconds(HEARD_SECONDS_MAX),
                        true);
        ChatSession session = ChatSession.create(config, heard::add);
        session.start();
        SessionEvent.RoomEntered entered =
                await(heard, SessionEvent.RoomEntered.class, event -> true, name + " in the room");
        return new Guest(session, heard, entered.room().roomId());
    }

    void say(String text) {
        session.post(roomId, new MessageText(text), false, 0);
    }

    void awaitMessage(String sender, String text) throws InterruptedException {
        await(
                heard,
                SessionEvent.EventReceived.class,
                received -> !received.own() && isMessage(received.event(), sender, text),
                "\"" + text + "\" from " + sender);
    }

    /// Waits until the session has lost its server, and tells why.
    CloseReason awaitLoss() throws InterruptedException {
        return await(
                        heard,
                        SessionEvent.Reconnecting.class,
                        event -> true,
                        "the loss of the server")
                .reason();
    }

    @Override
    public void close() {
        session.close();
    }

    private static boolean isMessage(RoomEvent event, String sender, String text) {
        return event.senderName().value().equals(sender)
                && event.body() instanceof EventBody.Message message
                && message.text().value().equals(text);
    }

    private static <T extends SessionEvent> T await(
            BlockingQueue<SessionEvent> heard, Class<T> kind, Predicate<T> wanted, String what)
            throws InterruptedException {
        while (true) {
            SessionEvent event = heard.poll(HEARD_SECONDS_MAX, TimeUnit.SECONDS);
            if (event == null) {
                return fail("not heard within " + HEARD_SECONDS_MAX + " s: " + what);
            }
            if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
                return kind.cast(event);
            }
            if (event instanceof SessionEvent.Ended ended) {
                return fail("the session ended before " + what + " was heard: " + ended);
            }
        }
    }
}
