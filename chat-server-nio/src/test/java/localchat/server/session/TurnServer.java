package localchat.server.session;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.LoginProof;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Admissions;
import localchat.server.account.FakeAccounts;
import localchat.server.account.Register;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.net.Connections;
import localchat.server.net.NetLimits;
import localchat.server.net.TurnPeer;
import localchat.server.room.Rooms;
import localchat.server.storage.HeldLog;
import localchat.server.storage.MemoryLog;

/// A server without sockets and threads: connections, sessions, rooms and log as `ChatServer` wires
/// them, driven turn by turn on the test's thread and by the test's clock.
final class TurnServer {
    private static final long SECOND = 1_000_000_000L;
    private static final int TURNS_MAX = 100_000;

    /// Proofs that were checked before: a check takes longer than everything else in a test.
    private static final Set<ByteBuffer> GOOD_PROOFS = ConcurrentHashMap.newKeySet();

    final ManualClock clock = new ManualClock();
    final Counters counters = new Counters();
    final List<RuntimeException> faults = new ArrayList<>();
    final Connections connections =
            new Connections(NetLimits.standard(), counters, clock::nanos, this::onFault);
    final Rooms rooms;
    final FakeAccounts accounts;
    final Register register;
    final Admissions admissions;
    final People people;
    final HeldLog log;
    final AuditTrail audit;
    private final RoomNews news;
    private final SessionServices services;
    private final ArrayDeque<Runnable> letters = new ArrayDeque<>();
    private final ArrayDeque<Runnable> heldProofs = new ArrayDeque<>();
    private final List<TurnPeer> peers = new ArrayList<>();
    private final Map<TurnPeer, Session> sessions = new HashMap<>();
    private boolean holdsProofs;
    private long requests = 1_000_000;

    /// @param random where nonces come from
    TurnServer(RandomGenerator random) {
        this(random, false);
    }

    /// @param random where nonces and codes come from
    TurnServer(RandomGenerator random, boolean inviteNeeded) {
        MemoryLog memory =
                new MemoryLog(new Id128(11, 12), clock::epochMillis, letters::add, 10_000);
        log = new HeldLog(memory);
        rooms = new Rooms(log, log, counters, clock::nanos, 256 * 1024);
        accounts = new FakeAccounts(letters::add);
        register = Register.load(accounts, log::newUserId, random, true);
        admissions =
                new Admissions(register, new Admissions.Policy(inviteNeeded, true, log::hasUserId));
        people = new People(register.accounts(), () -> new RateLimit(50, 2_000, clock.nanos()));
        rooms.faces(people);
        audit = new AuditTrail(rooms, register.accounts(), random);
        news = new RoomNews(people);
        RoomChanges changes = new RoomChanges(people, news, log);
        rooms.watcher(changes);
        SessionConfig config =
                new SessionConfig(
                        new Id128(21, 22),
                        new Digest32(new byte[32]),
                        "turns",
                        true,
                        50,
                        2_000,
                        NetLimits.standard());
        services =
                new SessionServices(
                        config,
                        rooms,
                        register,
                        admissions,
                        audit,
                        new Allowed(true),
                        people,
                        news,
                        changes,
                        log,
                        log,
                        this::check,
                        new SessionLog(clock::nanos),
                        counters,
                        random,
                        clock::nanos,
                        clock::epochMillis);
    }

    private void onFault(RuntimeException fault) {
        counters.add(Counter.FAULTS);
        faults.add(fault);
    }

    private boolean check(byte[] key, byte[] signed, byte[] signature, Consumer<Boolean> answer) {
        Runnable letter = () -> answer.accept(isGood(key, signed, signature));
        (holdsProofs ? heldProofs : letters).add(letter);
        return true;
    }

    private static boolean isGood(byte[] key, byte[] signed, byte[] signature) {
        ByteBuffer proof =
                ByteBuffer.allocate(key.length + signed.length + signature.length)
                        .put(key)
                        .put(signed)
                        .put(signature)
                        .flip();
        boolean good = GOOD_PROOFS.contains(proof) || LoginProof.verify(key, signed, signature);
        if (good) {
            GOOD_PROOFS.add(proof);
        }
        return good;
    }

    /// From now on signatures are not checked until [#checkProofs].
    void holdProofs() {
        holdsProofs = true;
    }

    /// Lets the signatures that wait be checked in the next turn.
    void checkProofs() {
        holdsProofs = false;
        letters.addAll(heldProofs);
        heldProofs.clear();
    }

    /// As the server does once a second.
    void tellNews() {
        news.tell();
    }

    TurnPeer connect() {
        List<Session> made = new ArrayList<>();
        TurnPeer peer =
                TurnPeer.connect(
                        connections,
                        connection -> {
                            made.add(new Session(services, connection));
                            return made.getFirst();
                        });
        peers.add(peer);
        sessions.put(peer, made.getFirst());
        return peer;
    }

    /// A peer that has logged in and heard its Welcome.
    TurnPeer login(String name, DeviceKey key) {
        TurnPeer peer = connect();
        Challenge challenge = hello(peer);
        ServerFrame answer =
                ask(peer, ClientFrame.newBuilder().setLogin(Samples.login(challenge, name, key)));
        if (!answer.hasWelcome()) {
            throw new AssertionError("the login was answered " + answer);
        }
        return peer;
    }

    Challenge hello(TurnPeer peer) {
        return ask(peer, Samples.of(KindCase.HELLO)).getChallenge();
    }

    /// Sends a request and gives its answer; what else comes is passed over.
    ServerFrame ask(TurnPeer peer, ClientFrame.Builder frame) {
        long id = requests++;
        peer.say(frame.setRequestId(id));
        settle();
        List<ServerFrame> heard = peer.hear();
        return heard.stream()
                .filter(answer -> answer.getRequestId() == id)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer, but " + heard));
    }

    /// Who serves this peer.
    Session session(TurnPeer peer) {
        Session session = sessions.get(peer);
        if (session == null) {
            throw new AssertionError("no peer of this server");
        }
        return session;
    }

    /// One turn, in the order of `EventLoop`: read, letters, flush, close the doomed.
    ///
    /// @return whether something is left to be done
    boolean turn() {
        for (int i = peers.size() - 1; i >= 0; i--) {
            peers.get(i).onTurn();
        }
        boolean left = connections.read();
        for (int i = letters.size(); i > 0; i--) {
            letters.remove().run();
        }
        rooms.onFlush(faults::add);
        left |= connections.flush();
        left |= connections.closeDoomed();
        forgetGone();
        return left;
    }

    private void forgetGone() {
        for (int i = peers.size() - 1; i >= 0; i--) {
            if (peers.get(i).isGone()) {
                sessions.remove(peers.remove(i));
            }
        }
    }

    /// Turns until nothing is left to be read, done or written, and once more: what the end of a
    /// turn closes is told to the others in the next one.
    void settle() {
        boolean left = true;
        for (int i = 0; left; i++) {
            if (i == TURNS_MAX) {
                throw new AssertionError("the server does not come to rest");
            }
            boolean unwritten = turn();
            boolean unread = peers.stream().anyMatch(TurnPeer::hasMoreToSay);
            left = unwritten || unread || !letters.isEmpty();
        }
        turn();
    }

    /// Lets so many seconds pass, with the sweeps of the server in them.
    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(SECOND);
            connections.sweep();
            news.tell();
            audit.retry();
            settle();
        }
    }
}
