package localchat.server;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;
import localchat.server.account.Admissions;
import localchat.server.account.Register;
import localchat.server.admin.ControlChannel;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.Clock;
import localchat.server.loop.EventLoop;
import localchat.server.loop.SystemClock;
import localchat.server.loop.TurnStages;
import localchat.server.net.Acceptor;
import localchat.server.net.Connections;
import localchat.server.net.Transports;
import localchat.server.room.Rooms;
import localchat.server.session.Allowed;
import localchat.server.session.AuditTrail;
import localchat.server.session.People;
import localchat.server.session.RateLimit;
import localchat.server.session.RoomChanges;
import localchat.server.session.RoomNews;
import localchat.server.session.Session;
import localchat.server.session.SessionConfig;
import localchat.server.session.SessionLog;
import localchat.server.session.SessionServices;
import localchat.server.storage.StoreWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: the only class that creates the parts and wires them. Its methods may be
/// called from any thread.
public final class ChatServer implements AutoCloseable {
    /// Name of the one thread that owns the chat.
    public static final String LOOP_THREAD_NAME = "chat-loop";

    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);

    /// A turn that keeps the loop busy for longer counts as slow, in nanoseconds. Reason: half of
    /// what a person notices.
    private static final long SLOW_TURN_NANOS = 50_000_000L;

    /// Connections are looked at so often, in nanoseconds; and no turn is later than that, so what
    /// a room has not told at once (who came to a large one, who types) waits no longer than meant.
    private static final long SWEEP_NANOS = 500_000_000L;

    private static final long RELEASE_NANOS = 10_000_000_000L;
    private static final long NEWS_NANOS = 1_000_000_000L;

    /// Connections that may wait for being accepted; the kernel may allow fewer
    /// (net.core.somaxconn).
    private static final int ACCEPT_BACKLOG = 4_096;

    /// Longest list of counters in one line of the log, in characters; see [EscapedMessage].
    private static final int COUNTERS_LINE_LENGTH = 400;

    /// Longest wait at the end for posts that the store has, in nanoseconds.
    private static final long SETTLE_NANOS = 1_000_000_000L;

    /// At the end it is looked so often whether all is done, in nanoseconds.
    private static final long LOOK_AGAIN_NANOS = 10_000_000L;

    /// Longest wait at the end for clients to have read the goodbye, in nanoseconds.
    private static final long GOODBYE_NANOS = 1_500_000_000L;

    /// All that is done at the end takes so long at the most, in nanoseconds. Reason: less than the
    /// 5 seconds that are promised, by what a busy machine takes to end a process.
    private static final long STOP_NANOS = 4_000_000_000L;

    /// The store gets so long at the end, in nanoseconds, however late it is. Reason: half a dozen
    /// syncs of a slow disk.
    private static final long STORE_NANOS_MIN = 1_500_000_000L;

    private final Counters counters = new Counters();
    private final Clock clock;
    private final EventLoop loop;
    private final Connections connections;
    private final Store store;
    private final Rooms rooms;
    private final RoomNews news;
    private final AuditTrail audit;
    private final Optional<String> adminCode;
    private final ProofWorkers proofWorkers;
    private final HandshakeWorkers handshakeWorkers;
    private final Transports transports;
    private final boolean encrypted;
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<InetSocketAddress> listening = new ArrayList<>();
    private Optional<ControlChannel> control = Optional.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;

    /// When the end began; belongs to the loop thread.
    private Optional<Long> stopNanos = Optional.empty();

    private ChatServer(ServerConfig config, Clock clock) throws IOException {
        this.clock = clock;
        this.loop = new EventLoop(clock, new Stages());
        this.connections =
                new Connections(config.net(), counters, loop::turnNanos, this::onConnectionFault);
        SecureRandom random = new SecureRandom();
        this.store =
                Store.open(
                        config.store(),
                        new StoreWiring(
                                clock::epochMillis,
                                clock::nanos,
                                loop.mailbox()::postReserved,
                                this::onStorageFatal,
                                counters));
        this.rooms =
                new Rooms(
                        store.log(),
                        store.directory(),
                        counters,
                        loop::turnNanos,
                        config.ringBytesMax());
        this.proofWorkers = new ProofWorkers(loop.mailbox());
        this.handshakeWorkers = new HandshakeWorkers(loop.mailbox());
        this.encrypted = config.encrypted();
        this.transports =
                config.encrypted()
                        ? Transports.tls(store.key(), handshakeWorkers, loop::turnNanos)
                        : Transports.plain();
        Register register =
                Register.load(
                        store.accounts(),
                        store.directory()::newUserId,
                        random,
                        config.proofRequired());
        Admissions admissions =
                new Admissions(
                        register,
                        new Admissions.Policy(
                                config.inviteNeeded(),
                                config.proofRequired(),
                                store.directory()::hasUserId));
        People people =
                new People(
                        register.accounts(),
                        () ->
                                new RateLimit(
                                        config.postsPerSecond(),
                                        config.postsBurst(),
                                        loop.turnNanos()));
        rooms.faces(people);
        this.audit = new AuditTrail(rooms, register.accounts(), random);
        this.news = new RoomNews(people);
        RoomChanges changes = new RoomChanges(people, news, store.directory());
        rooms.watcher(changes);
        SessionServices services =
                new SessionServices(
                        sessionConfig(config),
                        rooms,
                        register,
                        admissions,
                        audit,
                        new Allowed(config.proofRequired()),
                        people,
                        news,
                        changes,
                        store.log(),
                        store.directory(),
                        proofWorkers,
                        new SessionLog(loop::turnNanos),
                        counters,
                        random,
                        loop::turnNanos,
                        clock::epochMillis);
        try {
            listen(config.addresses(), services);
            this.control = openControl(config.store(), register, admissions);
        } catch (IOException | RuntimeException e) {
            release();
            throw e;
        }
        audit.catchUp();
        this.adminCode =
                config.proofRequired() ? admissions.firstAdminCode(random) : Optional.empty();
    }

    private SessionConfig sessionConfig(ServerConfig config) {
        return new SessionConfig(
                store.serverId(),
                store.key().hash(),
                config.name(),
                config.proofRequired(),
                config.postsPerSecond(),
                config.postsBurst(),
                config.net());
    }

    /// Starts a server: when this returns it listens.
    ///
    /// @throws ListenException when an address cannot be listened on; the message is one line for a
    ///   person
    /// @throws IOException when the platform has no selector to give
    public static ChatServer start(ServerConfig config) throws IOException {
        ChatServer server = new ChatServer(config, new SystemClock());
        Thread.ofPlatform().name(LOOP_THREAD_NAME).start(server::run);
        // The tables of names are read now instead of by the loop when the first person comes.
        Thread.ofPlatform().daemon().name("names").start(() -> UserName.fault("Ana"));
        return server;
    }

    private void listen(List<InetSocketAddress> addresses, SessionServices services)
            throws IOException {
        int port = addresses.getFirst().getPort();
        for (InetSocketAddress address : addresses) {
            InetSocketAddress wanted = new InetSocketAddress(address.getAddress(), port);
            ServerSocketChannel channel = bind(wanted);
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
            port = bound.getPort();
            listening.add(new InetSocketAddress(address.getAddress(), port));
            Acceptor acceptor =
                    new Acceptor(
                            channel,
                            loop,
                            connections,
                            transports,
                            connection -> new Session(services, connection));
            acceptors.add(acceptor);
            acceptor.start();
        }
    }

    /// Commands of this machine reach a server that has a folder. One that they cannot reach serves
    /// everybody else.
    private Optional<ControlChannel> openControl(
            StoreConfig config, Register register, Admissions admissions) {
        if (!(config instanceof StoreConfig.Durable(Path folder))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    ControlChannel.open(
                            folder,
                            new ServerOperator(
                                    this::joinLink,
                                    loop.mailbox()::post,
                                    register,
                                    admissions,
                                    clock::epochMillis)));
        } catch (IOException e) {
            LOG.warn("chat-server invite cannot reach this server error={}", e.toString());
            return Optional.empty();
        }
    }

    private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
        try {
            return ServerSocketChannel.open(
                    address.getAddress() instanceof Inet4Address
                            ? StandardProtocolFamily.INET
                            : StandardProtocolFamily.INET6);
        } catch (UnsupportedOperationException e) {
            throw new ListenException(address, "this machine does not speak IPv6", e);
        }
    }

    /// IPv4 addresses get an IPv4 socket, so that `0.0.0.0` means IPv4 alone and `::` both.
    private static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = open(address);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, ACCEPT_BACKLOG);
            return channel;
        } catch (BindException e) {
            channel.close();
            throw new ListenException(address, ListenException.reason(address, e), e);
        } catch (SocketException e) {
            channel.close();
            throw new ListenException(address, String.valueOf(e.getMessage()), e);
        }
    }

    /// Runs on the loop thread, from start to end.
    private void run() {
        loop.timers().every(SWEEP_NANOS, connections::sweep);
        loop.timers().every(RELEASE_NANOS, rooms::releaseQuiet);
        loop.timers().every(NEWS_NANOS, news::tell);
        loop.timers().every(NEWS_NANOS, audit::retry);
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            failed = true;
            LOG.error("the loop ended by a fault: the server stops", e);
            throw e;
        } finally {
            release();
            ended.countDown();
        }
    }

    private void release() {
        connections.abandonAll();
        control.ifPresent(ControlChannel::close);
        acceptors.forEach(Acceptor::close);
        proofWorkers.close();
        handshakeWorkers.close();
        long busyNanos = stopNanos.map(begun -> clock.nanos() - begun).orElse(0L);
        store.release().accept(Duration.ofNanos(Math.max(STORE_NANOS_MIN, STOP_NANOS - busyNanos)));
        try {
            loop.close();
        } catch (IOException e) {
            LOG.warn("closing the selector failed error={}", e.getMessage());
        }
    }

    /// Where it listens, in the order of the configuration, with the port in use.
    public List<InetSocketAddress> listening() {
        return List.copyOf(listening);
    }

    /// The link by which people join, without an invite; nothing when it is not encrypted, or no
    /// address is one that others can use. Asks the system for its addresses: not for the loop
    /// thread.
    public Optional<String> joinLink() {
        return encrypted ? ServerLinks.link(listening(), keyHash()) : Optional.empty();
    }

    /// Stops: no more accepting, clients are told, everything is closed.
    ///
    /// @param patience longest wait for all this
    /// @return whether it ended in time
    public boolean stop(Duration patience) throws InterruptedException {
        loop.mailbox().postReserved(this::onStop);
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What is offered to the store is decided first, so that its authors still hear of it.
    private void onStop() {
        stopNanos = stopNanos.or(() -> Optional.of(clock.nanos()));
        acceptors.forEach(Acceptor::close);
        sayGoodbyeWhenSettled(clock.nanos() + SETTLE_NANOS);
    }

    private void sayGoodbyeWhenSettled(long deadlineNanos) {
        if (!store.isSettled().getAsBoolean() && clock.nanos() - deadlineNanos < 0) {
            loop.timers().after(LOOK_AGAIN_NANOS, () -> sayGoodbyeWhenSettled(deadlineNanos));
            return;
        }
        connections.closeAll(CloseReason.GOING_AWAY);
        stopWhenGone(clock.nanos() + GOODBYE_NANOS);
    }

    private void stopWhenGone(long deadlineNanos) {
        if (connections.size() == 0 || clock.nanos() - deadlineNanos >= 0) {
            counters.publish();
            LOG.info("stopped connections_cut={}", connections.size());
            counters.publishedLines(COUNTERS_LINE_LENGTH)
                    .forEach(line -> LOG.info("counters {}", line));
            loop.stop();
            return;
        }
        loop.timers().after(LOOK_AGAIN_NANOS, () -> stopWhenGone(deadlineNanos));
    }

    /// Whether it speaks TLS; else everything is as it is, on loopback addresses.
    public boolean isEncrypted() {
        return encrypted;
    }

    /// The code that makes whoever brings it the first administrator; when there is none yet, and
    /// this start made it.
    public Optional<String> adminCode() {
        return adminCode;
    }

    /// Names the server to clients: the hash of its public key.
    public Digest32 keyHash() {
        return store.key().hash();
    }

    /// Waits until the server has ended, by [#stop] or by a fault; see [#hasFailed].
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /// Whether the loop ended by a fault instead of by [#stop].
    public boolean hasFailed() {
        return failed;
    }

    /// What the server has counted, for the `published…` methods: true as of the turn before.
    public Counters counters() {
        return counters;
    }

    /// [#stop] with a patience of 5 seconds.
    @Override
    public void close() {
        try {
            stop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The store can keep nothing any more: the server ends, for whoever runs it to look at the
    /// disk. Any thread.
    private void onStorageFatal(String line) {
        failed = true;
        LOG.error("the server stops: {}", line);
        loop.mailbox().postReserved(this::onStop);
    }

    private void onConnectionFault(RuntimeException fault) {
        counters.add(Counter.FAULTS);
        LOG.warn("fault closed one connection", fault);
    }

    private final class Stages implements TurnStages {
        @Override
        public boolean onRead() {
            return connections.read();
        }

        @Override
        public boolean onFlush() {
            rooms.onFlush(this::onFault);
            return connections.flush();
        }

        @Override
        public boolean onCloseDoomed() {
            return connections.closeDoomed();
        }

        @Override
        public void onFault(RuntimeException fault) {
            counters.add(Counter.FAULTS);
            LOG.error("fault in the loop", fault);
        }

        @Override
        public void onEmptySelect(boolean replaced) {
            counters.add(Counter.SELECTS_EMPTY);
            if (replaced) {
                counters.add(Counter.SELECTORS_REPLACED);
                LOG.warn("the selector span without work: made a new one");
            }
        }

        @Override
        public void onTurnEnded(long nanosBusy) {
            counters.add(Counter.TURNS);
            counters.max(Counter.TURN_LONGEST_NANOS, nanosBusy);
            if (nanosBusy > SLOW_TURN_NANOS) {
                counters.add(Counter.TURNS_SLOW);
            }
            counters.publish();
        }
    }
}
