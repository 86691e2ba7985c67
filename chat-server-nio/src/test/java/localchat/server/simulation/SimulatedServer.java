package localchat.server.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Id128;
import localchat.server.account.Admissions;
import localchat.server.account.Register;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.EventLoop;
import localchat.server.loop.ManualClock;
import localchat.server.loop.TurnStages;
import localchat.server.net.Connections;
import localchat.server.net.NetLimits;
import localchat.server.net.TurnPeer;
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

/// One life of the server, from start to crash: its real parts, wired as `ChatServer` wires them,
/// but for sockets, the log and the check of signatures.
final class SimulatedServer implements TurnStages {
    /// The server's name for ever, whatever epoch it is in.
    static final Id128 SERVER_ID = new Id128(21, 22);

    private static final long SWEEP_NANOS = 500_000_000L;
    private static final long RELEASE_NANOS = 10_000_000_000L;
    private static final long NEWS_NANOS = 1_000_000_000L;

    private final ManualClock clock;
    private final Trace trace;
    private final Counters counters = new Counters();
    private final List<RuntimeException> faults = new ArrayList<>();
    private final List<TurnPeer> peers = new ArrayList<>();
    private final EventLoop loop;
    private final Connections connections;
    private final SimulatedLog log;
    private final Rooms rooms;
    private final SessionServices services;

    SimulatedServer(SimulatedStore store, SimulatedStore.Ids ids, SimulatedWorld world) {
        this.clock = world.clock();
        this.trace = world.trace();
        Dice dice = world.dice();
        try {
            this.loop = new EventLoop(clock, this);
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
        this.connections =
                new Connections(NetLimits.standard(), counters, loop::turnNanos, this::onFault);
        Plan plan = world.plan();
        this.log =
                new SimulatedLog(
                        store,
                        ids,
                        new SimulatedLog.Surroundings(
                                clock, dice, plan, loop.mailbox()::postReserved, this::onFault),
                        world.tally());
        this.rooms = new Rooms(log, log, counters, loop::turnNanos, plan.ringBytes());
        Register register = Register.load(log, log::newUserId, dice.random(), true);
        Admissions admissions =
                new Admissions(register, new Admissions.Policy(false, true, log::hasUserId));
        People people =
                new People(
                        register.accounts(),
                        () ->
                                new RateLimit(
                                        plan.postsPerSecond(),
                                        plan.postsBurst(),
                                        loop.turnNanos()));
        rooms.faces(people);
        AuditTrail audit = new AuditTrail(rooms, register.accounts(), dice.random());
        RoomNews news = new RoomNews(people);
        RoomChanges changes = new RoomChanges(people, news, log);
        rooms.watcher(changes);
        this.services =
                new SessionServices(
                        config(plan),
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
                        (key, signed, signature, answer) ->
                                loop.mailbox().post(() -> answer.accept(true)),
                        new SessionLog(loop::turnNanos),
                        counters,
                        dice.random(),
                        loop::turnNanos,
                        clock::epochMillis);
        loop.timers().every(SWEEP_NANOS, connections::sweep);
        loop.timers().every(RELEASE_NANOS, rooms::releaseQuiet);
        loop.timers().every(NEWS_NANOS, news::tell);
        loop.timers().every(NEWS_NANOS, audit::retry);
    }

    private static SessionConfig config(Plan plan) {
        return new SessionConfig(
                SERVER_ID,
                new Digest32(new byte[Digest32.BYTES]),
                "simulated",
                true,
                plan.postsPerSecond(),
                plan.postsBurst(),
                NetLimits.standard());
    }

    /// A new connection that has said nothing.
    TurnPeer connect() {
        TurnPeer peer =
                TurnPeer.connect(connections, connection -> new Session(services, connection));
        peers.add(peer);
        return peer;
    }

    SimulatedLog log() {
        return log;
    }

    /// Exceptions where none should have been.
    List<RuntimeException> faults() {
        return faults;
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    /// Connections that exist, those that only say goodbye included.
    int connections() {
        return connections.size();
    }

    /// Whether the server holds bytes for or of anybody.
    boolean isAnybodyHeldUp() {
        return peers.stream().anyMatch(peer -> !peer.isGone() && peer.isHeldUp());
    }

    /// Storage works for a moment, then the loop turns once.
    void turn() {
        log.work();
        // A loop for which a letter waits does not sleep.
        loop.mailbox().post(() -> {});
        loop.turn();
        for (TurnPeer peer : peers) {
            if (peer.isGone()) {
                trace.add(peer.checksum());
            }
        }
        peers.removeIf(TurnPeer::isGone);
    }

    /// The process is no more.
    void crash() {
        peers.forEach(peer -> trace.add(peer.checksum()));
        try {
            loop.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean onRead() {
        // What the selector would tell: newest connections first, as good an order as any.
        for (int i = peers.size() - 1; i >= 0; i--) {
            peers.get(i).onTurn();
        }
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
        faults.add(fault);
    }

    @Override
    public void onEmptySelect(boolean replaced) {}

    @Override
    public void onTurnEnded(long nanosBusy) {}

    /// The newest seq of a room that is there.
    Optional<Long> headSeq(long roomId) {
        return rooms.byId(roomId).map(room -> room.headSeq());
    }
}
