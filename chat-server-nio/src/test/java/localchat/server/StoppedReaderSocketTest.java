package localchat.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.DeviceKey;
import localchat.core.model.CloseReason;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.counters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A member that stops reading while the room is busy: it costs the server nothing, is found, and
/// misses nothing when it comes back.
class StoppedReaderSocketTest {
    /// Messages of [#TEXT]: more than all buffers between the server and the reader hold, fewer
    /// than a person may post at once and than are caught up on without a hole.
    private static final int MESSAGES = 1_900;

    private static final String TEXT = "x".repeat(4_000);
    private static final int RECEIVE_BUFFER_BYTES = 4_096;
    private static final int PATIENCE_SECONDS = 60;

    /// Turns of a loop that has nothing to do but its timers, in one second, with a margin for
    /// whoever else uses the machine. A loop that spins makes a hundred thousand.
    private static final long IDLE_TURNS_MAX = 200;

    private final DeviceKey key = DeviceKey.generate();
    private ChatServer server;
    private TestPeer ana;
    private TestPeer cy;
    private Welcome welcome;
    private long room;

    private void start(long stallMillis) throws IOException {
        server =
                TestServers.start(limits ->
                        TestLimits.with(
                                limits, "stallNanos", TimeUnit.MILLISECONDS.toNanos(stallMillis)));
        ana = TestPeer.login(server, "Ana");
        room = ana.join("general").getRoom().getRoomId();
        cy = TestPeer.connect(server.listening().getFirst(), key, RECEIVE_BUFFER_BYTES);
        welcome = cy.login("Cy");
        cy.join("general");
    }

    @AfterEach
    void stop() throws IOException {
        cy.close();
        ana.close();
        server.close();
    }

    @Test
    void isClosedAndResumesWithoutAHoleOrADouble() throws Exception {
        start(1_500);
        fillAllBuffers();
        awaitCyGone(CloseReason.SLOW_READER);
        List<Long> seen = readToTheEnd();
        assertTrue(seen.size() < MESSAGES, "the buffers held everything: nothing was tested");
        long last = seen.isEmpty() ? 0 : seen.getLast();
        cy = TestPeer.login(server, "Cy", key);
        RoomEntered entered = cy.resume(room, welcome.getEpoch(), last);
        assertEquals(ResumeOutcome.CONTINUED, entered.getOutcome());
        assertEquals(last + 1, entered.getNextSeq());
        while (seen.size() < MESSAGES) {
            seen.add(cy.awaitEvent().getEvent().getSeq());
        }
        for (int i = 0; i < MESSAGES; i++) {
            assertEquals(i + 1, seen.get(i));
        }
        ana.say(room, "live again");
        assertEquals("live again", cy.awaitEvent().getEvent().getMessage().getText());
    }

    @Test
    void isFoundWhenItResetsTheConnectionAndNothingSpins() throws Exception {
        start(TimeUnit.MINUTES.toMillis(5));
        fillAllBuffers();
        assertIdle("while the reader is stopped");
        cy.reset();
        awaitCyGone(CloseReason.PEER_RESET);
        assertIdle("after the reader was found gone");
        assertEquals(0, server.counters().published(Counter.FAULTS));
    }

    /// Ana posts until the socket to Cy takes nothing more and bytes wait in the server.
    private void fillAllBuffers() throws Exception {
        Thread posting = Thread.startVirtualThread(this::postAll);
        for (int i = 0; i < MESSAGES; i++) {
            Event event = ana.awaitEvent().getEvent();
            assertEquals(i + 1, event.getSeq());
        }
        posting.join();
        assertTrue(
                server.counters().published(Counter.WRITES_PARTIAL) > 0,
                "the socket took everything at once");
    }

    private void postAll() {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                ana.say(room, TEXT);
            }
        } catch (IOException e) {
            // Ana's reading fails then as well.
        }
    }

    /// By the counter: what Ana hears of it may have come while she read messages.
    private void awaitCyGone(CloseReason reason) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (server.counters().published(reason) == 0) {
            assertTrue(System.nanoTime() - deadline < 0, "nobody was closed for " + reason);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertEquals(1, server.counters().published(reason));
    }

    /// Seqs of what the closed connection had still under way.
    private List<Long> readToTheEnd() {
        List<Long> seqs = new ArrayList<>();
        try {
            while (true) {
                ServerFrame frame = cy.read();
                if (frame.hasEvent()) {
                    seqs.add(frame.getEvent().getSeq());
                }
            }
        } catch (IOException e) {
            return seqs; // The end of the stream or a reset, perhaps within a frame.
        }
    }

    /// Looks at one second; on a machine that is busy with others, at another one.
    private void assertIdle(String when) throws InterruptedException {
        long turns = Long.MAX_VALUE;
        for (int i = 0; i < 5 && turns > IDLE_TURNS_MAX; i++) {
            long before = server.counters().published(Counter.TURNS);
            TimeUnit.SECONDS.sleep(1); // The time in which turns are counted.
            turns = server.counters().published(Counter.TURNS) - before;
        }
        long counted = turns;
        assertTrue(counted <= IDLE_TURNS_MAX, () -> counted + " turns in a second " + when);
    }
}
