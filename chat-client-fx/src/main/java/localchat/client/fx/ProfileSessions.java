package localchat.client.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import localchat.client.fx.login.Destination;
import localchat.client.fx.login.SessionOpener;
import localchat.core.client.ChatSession;
import localchat.core.client.ClientStore;
import localchat.core.client.DeviceName;
import localchat.core.client.Profile;
import localchat.core.client.ServerTrust;
import localchat.core.client.SessionConfig;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionListener;
import localchat.core.identity.KnownServers;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;

/// Sessions on the profiles of this machine. A profile is locked from the opening of its session to
/// the session's end.
final class ProfileSessions implements SessionOpener {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// Longest wait for the session before this one to let go of its profile, in seconds.
    private static final long RELEASE_SECONDS = 5;

    private static final String CLIENT_NAME = "Local Chat window";

    private final Optional<Path> folder;
    private final boolean plaintext;
    private final AtomicReference<CountDownLatch> previous =
            new AtomicReference<>(new CountDownLatch(0));

    /// @param folder of the profile for every name; empty: one per name in the platform's data
    ///   folder
    /// @param plaintext whether servers of this computer are spoken to without encryption
    ProfileSessions(Optional<Path> folder, boolean plaintext) {
        this.folder = folder;
        this.plaintext = plaintext;
    }

    @Override
    public ChatSession open(Destination destination, UserName name, SessionListener listener)
            throws IOException {
        CountDownLatch released = new CountDownLatch(1);
        awaitRelease(previous.getAndSet(released));
        try {
            Profile profile = Profile.open(folder.orElseGet(() -> Profile.defaultFolder(name)));
            SessionConfig config =
                    new SessionConfig(
                            destination.server(),
                            trust(profile, destination),
                            name,
                            RoomName.GENERAL,
                            profile.key(),
                            CLIENT_NAME,
                            CONNECT_TIMEOUT,
                            true,
                            DeviceName.of(System.getenv(), System.getProperty("os.name", "")),
                            destination.admittance());
            return ChatSession.create(
                    config,
                    store(profile),
                    event -> {
                        if (event instanceof SessionEvent.Ended) {
                            release(profile, released);
                        }
                        listener.onSessionEvent(event);
                    });
        } catch (IOException | RuntimeException e) {
            released.countDown();
            throw e;
        }
    }

    /// Waits for the session that was opened last to let go of its profile: everything of it is
    /// kept then.
    ///
    /// @return whether it did in time
    boolean awaitRelease(Duration atMost) throws InterruptedException {
        return previous.get().await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ServerTrust trust(Profile profile, Destination destination) throws IOException {
        if (plaintext && destination.server().isLoopback()) {
            return new ServerTrust.Plaintext();
        }
        KnownServers known = known(profile);
        return destination
                .link()
                .<ServerTrust>map(link ->
                        new ServerTrust.Named(
                                link.key(),
                                link.addresses().subList(1, link.addresses().size()),
                                known))
                .orElseGet(() -> new ServerTrust.Remembered(known, true));
    }

    private static KnownServers known(Profile profile) throws IOException {
        try {
            return KnownServers.in(profile.folder());
        } catch (IOException e) {
            profile.close();
            throw e;
        }
    }

    private static ClientStore store(Profile profile) throws IOException {
        try {
            return ClientStore.open(profile);
        } catch (IOException e) {
            profile.close();
            throw e;
        }
    }

    private static void release(Profile profile, CountDownLatch released) {
        try {
            profile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            released.countDown();
        }
    }

    private static void awaitRelease(CountDownLatch released) throws IOException {
        try {
            // After the wait the profile's own lock decides; nothing more depends on the answer.
            boolean free = released.await(RELEASE_SECONDS, TimeUnit.SECONDS);
            assert free || released.getCount() > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
