package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.server.net.TurnPeer;
import localchat.server.session.Bombs.Bomb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The most costly frames that [Bombs] can make: each is refused or answered, within bounds of
/// memory, time and stack, and everyone else chats on.
class RequestBombTest {
    /// Memory that the server may take to handle one frame, in bytes. Reason: what a frame full of
    /// packed numbers takes, doubled.
    private static final long FRAME_COST_BYTES_MAX = 4 * 1024 * 1024;

    /// Time that the loop may spend on one frame, in nanoseconds. Reason: a turn that takes longer
    /// counts as slow.
    private static final long FRAME_COST_NANOS_MAX = 50_000_000;

    /// Stack of the thread that handles them, in bytes. Reason: a quarter of the platform's own.
    private static final long STACK_BYTES = 256 * 1024;

    /// What is measured above a bound is measured again: the first times pay for the compiler.
    private static final int TRIES = 5;

    private static final long REQUEST_ID = 77;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<Outcome> OUTCOMES = new ArrayList<>();

    /// What became of one.
    ///
    /// @param reaction in the words of [Reaction]
    /// @param afterLogin whether it was sent by a member in the room 1
    private record Outcome(
            Bomb bomb,
            boolean afterLogin,
            String reaction,
            List<RuntimeException> faults,
            boolean othersChatOn,
            long bytes,
            long nanos) {
        boolean isWithin() {
            return bytes <= FRAME_COST_BYTES_MAX && nanos <= FRAME_COST_NANOS_MAX;
        }
    }

    private static final DeviceKey ANAS_KEY = DeviceKey.generate();

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer bo = server.login("Bo", DeviceKey.generate());
    private TurnPeer ana = server.login("Ana", ANAS_KEY);

    @BeforeAll
    static void sendThemAll() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable sending = () -> new RequestBombTest().sendAll();
        Thread thread = new Thread(null, sending, "small-stack", STACK_BYTES);
        thread.setUncaughtExceptionHandler((t, thrown) -> failure.set(thrown));
        thread.start();
        thread.join(120_000);
        assertTrue(!thread.isAlive(), "a frame keeps the server busy without end");
        if (failure.get() != null) {
            throw new AssertionError("a frame ended the loop", failure.get());
        }
    }

    @Test
    void noneIsAFaultOfTheServer() {
        assertNone(outcome -> !outcome.faults.isEmpty() || outcome.reaction.contains("INTERNAL"));
    }

    @Test
    void everyoneElseChatsOn() {
        assertNone(outcome -> !outcome.othersChatOn);
    }

    @Test
    void membersAreAnsweredOrClosedAsMalformed() {
        assertNone(outcome ->
                outcome.afterLogin
                        && Reaction.isEnd(outcome.reaction)
                        && !outcome.reaction.equals("FRAME_MALFORMED!"));
    }

    @Test
    void onlyPongsAndTypingAreTakenInSilence() {
        assertNone(outcome ->
                outcome.reaction.equals(Reaction.NOTHING)
                        && outcome.bomb.field().kind() != KindCase.PONG
                        && outcome.bomb.field().kind() != KindCase.TYPING);
    }

    @Test
    void closesWhatIsNestedDeeperThanAHundred() {
        assertNone(outcome ->
                outcome.bomb.groupsDeep() > 100 && !outcome.reaction.equals("FRAME_MALFORMED!"));
        assertNone(outcome ->
                outcome.bomb.groupsDeep() == 50 && outcome.reaction.equals("FRAME_MALFORMED!"));
    }

    @Test
    void noneTakesMoreMemoryThanTheBound() {
        assertNone(outcome -> outcome.bytes > FRAME_COST_BYTES_MAX);
    }

    @Test
    void noneKeepsTheLoopForASlowTurn() {
        assertNone(outcome -> outcome.nanos > FRAME_COST_NANOS_MAX);
    }

    private static void assertNone(Predicate<Outcome> bad) {
        assertTrue(OUTCOMES.size() > 1_000, "only " + OUTCOMES.size() + " were sent");
        assertEquals(
                "",
                OUTCOMES.stream()
                        .filter(bad)
                        .map(Outcome::toString)
                        .reduce("", (all, next) -> all + "\n" + next));
    }

    private void sendAll() {
        server.ask(ana, Samples.of(KindCase.JOIN_ROOM));
        for (Bomb bomb : Bombs.all(REQUEST_ID, ProtocolLimits.LOGIN_FRAME_BYTES_MAX)) {
            if (bomb.field().kind() == KindCase.HELLO || bomb.field().kind() == KindCase.LOGIN) {
                OUTCOMES.add(sendRepeatedly(bomb, false));
            }
        }
        for (Bomb bomb : Bombs.all(REQUEST_ID, ProtocolLimits.FRAME_BYTES_MAX)) {
            OUTCOMES.add(sendRepeatedly(bomb, true));
        }
    }

    private Outcome sendRepeatedly(Bomb bomb, boolean afterLogin) {
        Outcome outcome = send(bomb, afterLogin);
        for (int i = 1; i < TRIES && !outcome.isWithin(); i++) {
            outcome = send(bomb, afterLogin);
        }
        return outcome;
    }

    private Outcome send(Bomb bomb, boolean afterLogin) {
        TurnPeer peer = afterLogin ? member() : stranger(bomb.field().kind());
        peer.say(TurnPeer.prefixed(bomb.payload().toByteArray()));
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        server.settle();
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        String reaction = Reaction.of(peer, REQUEST_ID);
        boolean othersChatOn = server.ask(bo, Samples.of(KindCase.PING)).hasPong();
        List<RuntimeException> faults = List.copyOf(server.faults);
        server.faults.clear();
        return new Outcome(bomb, afterLogin, reaction, faults, othersChatOn, bytes, nanos);
    }

    /// Ana, in the room 1; logged in anew when the frame before ended her connection.
    private TurnPeer member() {
        server.clock.pass(1_000_000_000);
        if (ana.closeReason().isPresent()) {
            ana.hangUp();
            ana = server.login("Ana", ANAS_KEY);
            server.ask(ana, Samples.of(KindCase.JOIN_ROOM));
        }
        return ana;
    }

    /// Connected, and as far as a frame of this kind is for.
    private TurnPeer stranger(KindCase kind) {
        TurnPeer stranger = server.connect();
        if (kind == KindCase.LOGIN) {
            server.hello(stranger);
        }
        return stranger;
    }
}
