package localchat.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import localchat.server.counters.Counter;
import localchat.server.oracle.Journal;
import localchat.server.oracle.Oracle;
import localchat.server.oracle.StoreContent;
import localchat.server.oracle.Violation;
import localchat.server.simulation.Tally.Happening;

/// One run: people chat, connections and the server fail; then all is healed, and everybody must
/// have everything.
final class Simulation {
    private static final long MILLISECOND = 1_000_000L;

    /// Steps in which a healed world comes to rest: a little over three simulated minutes, longer
    /// than any wait of server or client.
    private static final int HEALING_STEPS_MAX = 4_000;

    /// Violations named of a run that broke off.
    private static final int EVIDENCE_MAX = 12;

    /// What came of a run that kept all promises.
    record Outcome(long traceHash, Tally tally) {}

    private final SimulatedWorld world;
    private final Dice dice;
    private final Plan plan;
    private final SimulatedStore.Ids ids = new SimulatedStore.Ids();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final ClientHabits habits;
    private Optional<SimulatedStore> backup = Optional.empty();
    private SimulatedServer server;

    private Simulation(long seed, boolean acknowledgesBeforeCommit) {
        this.dice = new Dice(seed);
        this.plan = Plan.of(dice, acknowledgesBeforeCommit);
        this.world = new SimulatedWorld(dice, plan);
        this.habits = new ClientHabits(world);
        this.server = new SimulatedServer(new SimulatedStore(dice.id()), ids, world);
        for (int i = 0; i < plan.clients(); i++) {
            clients.add(new SimulatedClient("client" + i, world));
        }
    }

    /// Runs a seed.
    ///
    /// @throws AssertionError saying what was broken, and how to run the seed again
    static Outcome run(long seed) {
        return run(seed, false);
    }

    /// As above.
    ///
    /// @param acknowledgesBeforeCommit whether the log has that bug
    static Outcome run(long seed, boolean acknowledgesBeforeCommit) {
        Simulation simulation = new Simulation(seed, acknowledgesBeforeCommit);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "seed %d, %s: %s%n%sagain with: mvn -pl chat-server-nio -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dlocalchat.simulation.seed=%d"
                            .formatted(
                                    seed,
                                    simulation.plan,
                                    broken.getMessage(),
                                    simulation.evidence(),
                                    seed),
                    broken);
        } finally {
            simulation.server.crash();
        }
    }

    private Outcome run() {
        for (int i = 0; i < plan.steps(); i++) {
            maybeCrash();
            habits.act(dice.of(clients));
            pass();
            step();
        }
        heal();
        judge();
        leave();
        return new Outcome(world.trace().hash(), world.tally());
    }

    private void pass() {
        boolean leap = dice.oneIn(200);
        int millis = leap ? dice.between(1_000, 50_000) : dice.between(1, plan.stepMillisMax());
        world.clock().pass(millis * MILLISECOND);
    }

    private void step() {
        world.tally().add(Happening.STEP);
        clients.forEach(client -> client.act(server));
        server.turn();
        clients.forEach(SimulatedClient::hear);
    }

    // Crashes
    // ---------------------------------------------------------------------------------------------

    private void maybeCrash() {
        if (dice.oneIn(200)) {
            backup = Optional.of(server.log().disk().copy(server.log().disk().epoch()));
        }
        if (dice.oneIn(plan.crashOneIn())) {
            doHalfAStep();
            SimulatedStore left = server.log().disk();
            boolean restores = backup.isPresent() && dice.oneIn(6);
            SimulatedStore next = restores ? backup.get().copy(dice.id()) : left;
            world.tally().add(restores ? Happening.RESTORE : Happening.CRASH);
            endServer();
            clients.forEach(SimulatedClient::onLost);
            server = new SimulatedServer(next, ids, world);
        }
    }

    /// What was committed may not have been told, and what was told not have been heard.
    private void doHalfAStep() {
        pass();
        switch (dice.between(0, 2)) {
            case 0 -> server.log().work();
            case 1 -> {
                clients.forEach(client -> client.act(server));
                server.turn();
            }
            default -> {}
        }
    }

    private void endServer() {
        requireNoFaults();
        world.tally().add(Happening.LAG, server.count(Counter.LAGS));
        server.crash();
    }

    private void requireNoFaults() {
        if (!server.faults().isEmpty()) {
            throw new AssertionError("faults in the server", server.faults().getFirst());
        }
    }

    // The end
    // ---------------------------------------------------------------------------------------------

    /// Nothing fails any more, and time passes until nobody waits for anything.
    private void heal() {
        server.log().heal();
        clients.forEach(SimulatedClient::beginToHeal);
        Optional<String> unrest = Optional.of("the run has only just ended");
        for (int i = 0; i < HEALING_STEPS_MAX && unrest.isPresent(); i++) {
            world.clock().pass(50 * MILLISECOND);
            step();
            unrest = unrest();
        }
        requireNoFaults();
        if (unrest.isPresent()) {
            throw new AssertionError("healed, but " + unrest.get());
        }
    }

    private Optional<String> unrest() {
        if (!server.log().isAtRest() || server.isAnybodyHeldUp()) {
            return Optional.of("the server still has something to write or to hear");
        }
        if (server.count(Counter.MEMBERS_LAGGING) != 0) {
            return Optional.of(server.count(Counter.MEMBERS_LAGGING) + " members lag");
        }
        return clients.stream().flatMap(client -> client.missing(server).stream()).findFirst();
    }

    /// What the oracle makes of a run that broke off: what anybody was told must be on the disk at
    /// any time.
    private String evidence() {
        SimulatedStore disk = server.log().disk();
        StoreContent content = new StoreContent(disk.epoch());
        disk.rooms()
                .forEach((roomId, room) ->
                        room.events()
                                .forEach(event ->
                                        content.add(roomId, StoreContent.Stored.of(event))));
        return Oracle.judge(journals(), content).stream()
                .limit(EVIDENCE_MAX)
                .map(violation -> violation + "\n")
                .collect(Collectors.joining());
    }

    private List<Journal> journals() {
        return clients.stream().map(SimulatedClient::journal).toList();
    }

    private void letTheLogAnswer() {
        world.clock().pass(MILLISECOND);
        server.turn();
    }

    private void judge() {
        SimulatedStore disk = server.log().disk();
        StoreContent content =
                StoreContent.read(server.log(), disk.rooms().keySet(), this::letTheLogAnswer);
        for (List<StoreContent.Stored> events : content.rooms().values()) {
            for (StoreContent.Stored stored : events) {
                world.trace().add(stored.id().bits().low());
                world.trace().add(stored.bodyHash());
            }
        }
        List<Violation> violations = new ArrayList<>(Oracle.judge(journals(), content));
        for (SimulatedClient client : clients) {
            for (CachedRoom room : client.rooms().byId().values()) {
                if (!room.isWanted()) {
                    continue;
                }
                long roomId = room.id();
                long visibleFrom =
                        Optional.ofNullable(disk.rooms().get(roomId))
                                .map(kept -> kept.state().visibleFromSeq(client.userId()))
                                .orElse(1L);
                violations.addAll(
                        Oracle.judgeComplete(client.journal(), content, roomId, visibleFrom));
            }
        }
        Oracle.assertNone(violations);
    }

    /// Everybody goes, and nothing of them is left.
    private void leave() {
        clients.forEach(client -> client.lose(false));
        for (int i = 0; i < 100 && server.connections() > 0; i++) {
            world.clock().pass(1_000 * MILLISECOND);
            server.turn();
        }
        requireNoFaults();
        if (server.connections() != 0 || server.count(Counter.MEMBERS_LAGGING) != 0) {
            throw new AssertionError(
                    "everybody left, and the server has %d connections, %d members that lag"
                            .formatted(
                                    server.connections(), server.count(Counter.MEMBERS_LAGGING)));
        }
        endServer();
    }
}
