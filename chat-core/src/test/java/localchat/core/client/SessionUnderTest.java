package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomName;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import org.jspecify.annotations.Nullable;

/// A session with a recording listener and short waits. Every wait for an event ends after ten
/// seconds.
final class SessionUnderTest implements AutoCloseable {
    static final DeviceKey KEY = DeviceKey.generate();
    static final Duration WAIT = Duration.ofSeconds(10);

    /// Reconnects within a few milliseconds; liveness as in life.
    static final SessionTimings QUICK =
            new SessionTimings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    Duration.ofMillis(5),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(30));

    final LinkedBlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    final SocketSession session;

    SessionUnderTest(ServerAddress server) {
        this(config(server), QUICK, new SystemClock());
    }

    SessionUnderTest(SessionConfig config, SessionTimings timings, Clock clock) {
        this(config, timings, clock, null);
    }

    /// @param listener hears everything first; may be null
    SessionUnderTest(
            SessionConfig config,
            SessionTimings timings,
            Clock clock,
            @Nullable SessionListener listener) {
        this(config, timings, clock, listener, Optional.empty());
    }

    /// @param store for the session, which closes it
    SessionUnderTest(ServerAddress server, ClientStore store) {
        this(config(server), QUICK, new SystemClock(), null, Optional.of(store));
    }

    SessionUnderTest(
            SessionConfig config,
            SessionTimings timings,
            Clock clock,
            @Nullable SessionListener listener,
            Optional<ClientStore> store) {
        ThreadFactory factory =
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((_, fault) -> faults.add(fault))
                        .factory();
        ThreadFactory recording =
                task -> {
                    Thread thread = factory.newThread(task);
                    threads.add(thread);
                    return thread;
                };
        SessionListener recorder =
                event -> {
                    events.add(event);
                    if (listener != null) {
                        listener.onSessionEvent(event);
                    }
                };
        session =
                new SocketSession(
                        config,
                        store,
                        recorder,
                        new SessionEnvironment(
                                clock, new Random(42), timings, recording, recording));
    }

    static SessionConfig config(ServerAddress server) {
        return config(server, Duration.ofSeconds(10), true);
    }

    static SessionConfig config(ServerAddress server, Duration connectTimeout, boolean reconnect) {
        return new SessionConfig(
                server,
                new ServerTrust.Plaintext(),
                new UserName("Ana"),
                RoomName.GENERAL,
                KEY,
                "test 1.0",
                connectTimeout,
                reconnect);
    }

    SessionUnderTest start() {
        session.start();
        return this;
    }

    /// The next event, which must be of this type.
    <T extends SessionEvent> T next(Class<T> type) throws InterruptedException {
        SessionEvent event = events.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        assertNotNull(event, "no " + type.getSimpleName() + " within " + WAIT);
        assertTrue(type.isInstance(event), () -> event + " is no " + type.getSimpleName());
        return type.cast(event);
    }

    /// The next event of this type; others before it are passed over.
    <T extends SessionEvent> T await(Class<T> type) throws InterruptedException {
        while (true) {
            SessionEvent event = events.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            assertNotNull(event, "no " + type.getSimpleName() + " within " + WAIT);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    /// The next change of a post to this state; other events before it are passed over.
    SessionEvent.PostChanged await(PostState state) throws InterruptedException {
        SessionEvent.PostChanged change = await(SessionEvent.PostChanged.class);
        while (change.state() != state) {
            change = await(SessionEvent.PostChanged.class);
        }
        return change;
    }

    /// Waits for the end, which must be this one and the last event.
    SessionEvent.Ended awaitEnd(SessionEvent.Failure failure) throws InterruptedException {
        SessionEvent.Ended ended = await(SessionEvent.Ended.class);
        assertEquals(failure, ended.failure(), ended.text());
        return ended;
    }

    /// Posts a text under an id that is this value sixteen times.
    MessageId post(int value, String text) {
        MessageId id = FakeServer.id(value);
        session.post(
                id, FakeServer.GENERAL_ID, new EventBody.Message(new MessageText(text), 0, false));
        return id;
    }

    /// Waits until every thread of the session has ended.
    void awaitThreads() {
        for (Thread thread : List.copyOf(threads)) {
            assertTrue(hasEnded(thread), () -> thread + " has ended");
        }
    }

    private static boolean hasEnded(Thread thread) {
        try {
            // A writer whose connection is closed in the moment it opens is never started.
            return thread.getState() == Thread.State.NEW || thread.join(WAIT);
        } catch (InterruptedException e) {
            throw new AssertionError("a test's thread is not interrupted", e);
        }
    }

    @Override
    public void close() {
        session.close();
        awaitThreads();
    }
}
