package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.model.Availability;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.counters.Counter;
import localchat.server.counters.Counters;
import localchat.server.loop.ManualClock;
import localchat.server.loop.Registration;
import localchat.server.room.Cursor;
import localchat.server.room.LogPost;
import localchat.server.room.Room;
import localchat.server.room.Rooms;
import localchat.server.room.Standing;
import localchat.server.storage.MemoryLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// A connection over a transport that takes as much as the test says, driven turn by turn.
class ConnectionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final EncodedFrame PING =
            EncodedFrame.of(
                    ServerFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)).build());

    private final ManualClock clock = new ManualClock();
    private final Counters counters = new Counters();
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final List<RuntimeException> faults = new ArrayList<>();
    private final ThrottledTransport transport = new ThrottledTransport();
    private final Random random = new Random(5);
    private final MemoryLog log = new MemoryLog(new Id128(1, 1), clock::epochMillis, later::add);
    private final Rooms rooms = new Rooms(log, log, counters, clock::nanos, 64 * 1024);
    private final Connections connections =
            new Connections(NetLimits.standard(), counters, clock::nanos, faults::add);
    private final Person person =
            new Person(1, new UserName("Ana"), Role.MEMBER, Availability.ONLINE);
    private Connection connection;
    private Room general;
    private int interest;
    private Optional<CloseReason> closed = Optional.empty();

    @BeforeEach
    void open() {
        connection =
                new Connection(
                        connections, onResumed -> transport, InetAddress.getLoopbackAddress());
        connection.attach(new RecordingRegistration(), new RecordingListener());
        connections.admit(connection);
        connection.loggedIn();
        general = rooms.byName(RoomName.GENERAL).orElseThrow();
    }

    /// Nothing else wakes the loop for what its transport holds.
    @Test
    void isReadInTheNextTurnWhenItsTransportHadWaited() {
        List<Runnable> resumed = new ArrayList<>();
        Connection waiting =
                new Connection(
                        connections,
                        onResumed -> {
                            resumed.add(onResumed);
                            return transport;
                        },
                        InetAddress.getLoopbackAddress());
        waiting.attach(new RecordingRegistration(), new RecordingListener());
        connections.admit(waiting);
        assertFalse(connections.read());
        assertFalse(connections.closeDoomed());
        resumed.getFirst().run();
        assertTrue(connections.closeDoomed(), "the next turn does not sleep");
        assertFalse(connections.read());
        assertFalse(connections.closeDoomed());
    }

    @Test
    void writesOnceATurnWhateverManyEventsCameInIt() {
        general.enter(connection, person, 1);
        post(general, 10, 50);
        turn();
        assertEquals(10, transport.events().size());
        assertEquals(1, transport.writes);
    }

    @Test
    void asksToWriteOnlyWhileBytesRemain() {
        general.enter(connection, person, 1);
        post(general, 5, 1_000);
        transport.accepts = 1_500;
        turn();
        assertEquals(SelectionKey.OP_READ | SelectionKey.OP_WRITE, interest);
        transport.accepts = Long.MAX_VALUE;
        connection.onReady(SelectionKey.OP_WRITE);
        turn();
        assertEquals(SelectionKey.OP_READ, interest);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), transport.events());
    }

    @Test
    void resumingTwiceAtOnceHarmsNobody() {
        post(general, 3, 50);
        turn();
        for (int i = 0; i < 70; i++) {
            enterAgain(general, 1);
        }
        turnUntilQuiet();
        assertEquals(List.of(), faults);
        assertEquals(List.of(1L, 2L, 3L), transport.events());
    }

    @Test
    void aQuietRoomsResumeBesideALiveRoomHarmsNobody() {
        post(general, 3, 50);
        clock.pass(100 * SECOND);
        rooms.releaseQuiet();
        Room other = rooms.create(new RoomName("other"), 0);
        general.enter(connection, person, 1);
        other.enter(connection, person, 1);
        post(other, 2, 50);
        turnUntilQuiet();
        assertEquals(List.of(), faults);
        assertEquals(5, transport.events().size());
    }

    @Test
    void aMemberOfManyQuietRoomsCatchesUpInAll() {
        for (int i = 0; i < 100; i++) {
            Room room = rooms.create(new RoomName("room " + i), 0);
            post(room, 2, 50);
            clock.pass(100 * SECOND);
            rooms.releaseQuiet();
            room.enter(connection, person, 1);
        }
        turnUntilQuiet();
        assertEquals(List.of(), faults);
        assertEquals(200, transport.events().size());
    }

    @Test
    void goesOnWhenTheSocketTakesBytesBeforeItSaysSo() {
        post(general, 40, 4_000);
        general.enter(connection, person, 1);
        transport.accepts = 10_000;
        turn();
        transport.accepts = Long.MAX_VALUE;
        turnUntilQuiet();
        post(general, 1, 10);
        clock.pass(SECOND);
        connections.sweep();
        turnUntilQuiet();
        assertEquals(41, transport.events().size());
        clock.pass(31 * SECOND);
        connection.onReady(SelectionKey.OP_READ);
        connections.sweep();
        assertEquals(Optional.empty(), closed);
    }

    @Test
    void closesWhoseSocketTakesNothingForThirtySeconds() {
        general.enter(connection, person, 1);
        post(general, 5, 1_000);
        transport.accepts = 0;
        turn();
        for (int i = 0; i < 29; i++) {
            clock.pass(SECOND);
            connections.sweep();
            turn();
        }
        assertEquals(Optional.empty(), closed);
        clock.pass(2 * SECOND);
        connections.sweep();
        turn();
        assertEquals(Optional.of(CloseReason.SLOW_READER), closed);
    }

    @Test
    void countsWhoLagsUntilItHasCaughtUp() {
        general.enter(connection, person, 1);
        transport.accepts = 0;
        post(general, 10, 4_000);
        turnUntilQuiet();
        assertEquals(0, counters.get(Counter.MEMBERS_LAGGING), "the ring still has everything");
        post(general, 60, 4_000);
        connection.onReady(SelectionKey.OP_WRITE);
        turn();
        assertEquals(1, counters.get(Counter.MEMBERS_LAGGING));
        transport.accepts = Long.MAX_VALUE;
        connection.onReady(SelectionKey.OP_WRITE);
        turnUntilQuiet();
        assertEquals(70, transport.events().size());
        assertEquals(0, counters.get(Counter.MEMBERS_LAGGING));
        assertEquals(1, counters.get(Counter.LAGS));
    }

    @Test
    void keepsWhoseSocketTakesALittleNowAndThen() {
        general.enter(connection, person, 1);
        post(general, 30, 4_000);
        transport.accepts = 100;
        for (int i = 0; i < 120; i++) {
            turn();
            clock.pass(SECOND);
            connections.sweep();
            transport.accepts = 100;
        }
        assertEquals(Optional.empty(), closed);
        assertTrue(connection.isOpen());
    }

    @Test
    void pingsAfterFifteenSecondsOfSilenceAndClosesAfterFortyFive() {
        sweepAfter(14);
        assertFalse(transport.sawPing());
        sweepAfter(1);
        assertTrue(transport.sawPing());
        sweepAfter(29);
        assertEquals(Optional.empty(), closed);
        sweepAfter(1);
        assertEquals(Optional.of(CloseReason.PEER_SILENT), closed);
    }

    @Test
    void closesOneWhoseAnswersPassTheLimitAndNotBefore() {
        EncodedFrame frame = PING;
        int fitting = NetLimits.standard().answerBytesMax() / frame.length();
        for (int i = 0; i < fitting; i++) {
            connection.send(frame);
        }
        assertTrue(connection.isOpen());
        connection.send(frame);
        connections.closeDoomed();
        assertEquals(Optional.of(CloseReason.ANSWERS_FULL), closed);
    }

    /// Whatever the socket takes, and however rings come and go: every event once, in order.
    @RepeatedTest(30)
    void anySocketGetsEveryEventOnceInOrder(RepetitionInfo repetition) {
        Random chance = new Random(repetition.getCurrentRepetition());
        general.enter(connection, person, 1);
        int posted = 0;
        for (int i = 0; i < 200; i++) {
            int some = chance.nextInt(6);
            post(general, some, 1 + chance.nextInt(4_000));
            posted += some;
            transport.accepts = chance.nextInt(12_000);
            if (chance.nextInt(4) == 0) {
                connection.onReady(SelectionKey.OP_WRITE);
            }
            if (chance.nextInt(20) == 0) {
                clock.pass(61 * SECOND);
                rooms.releaseQuiet();
                connection.onReady(SelectionKey.OP_WRITE);
            }
            turn();
        }
        transport.accepts = Long.MAX_VALUE;
        connection.onReady(SelectionKey.OP_WRITE);
        turnUntilQuiet();
        List<Long> events = transport.events();
        assertEquals(posted, events.size());
        for (int i = 0; i < posted; i++) {
            assertEquals(i + 1, events.get(i));
        }
    }

    private Optional<Cursor> entered = Optional.empty();

    private void enterAgain(Room room, long nextSeq) {
        Cursor cursor = room.enter(connection, person, nextSeq);
        entered.ifPresent(room::leave);
        entered = Optional.of(cursor);
    }

    private void sweepAfter(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(SECOND);
            connections.sweep();
            turn();
        }
    }

    private void post(Room room, int events, int textBytes) {
        for (int i = 0; i < events; i++) {
            rooms.offer(
                    new LogPost(
                            room.id(),
                            9,
                            new UserName("Bo"),
                            Standing.MEMBER,
                            new Digest32(new byte[32]),
                            MessageId.random(random),
                            new EventBody.Message(new MessageText("x".repeat(textBytes)), 0, false),
                            0,
                            1,
                            outcome -> {}));
        }
        while (!later.isEmpty()) {
            later.poll().run();
        }
    }

    private boolean turn() {
        rooms.onFlush(faults::add);
        boolean left = connections.flush();
        connections.closeDoomed();
        return left;
    }

    private void turnUntilQuiet() {
        for (int i = 0; i < 10_000 && turn(); i++) {
            assertTrue(i < 9_999, "the loop spins");
        }
    }

    private final class RecordingRegistration implements Registration {
        @Override
        public void interest(int operations) {
            interest = operations;
        }

        @Override
        public void cancel() {}
    }

    private final class RecordingListener implements ConnectionListener {
        @Override
        public void onFrame(ByteBuffer frame) {}

        @Override
        public EncodedFrame pingFrame() {
            return PING;
        }

        @Override
        public Optional<EncodedFrame> farewell(CloseReason reason) {
            return Optional.empty();
        }

        @Override
        public void onClosed(CloseReason reason) {
            closed = Optional.of(reason);
        }
    }

    /// Takes so many bytes and no more, until told otherwise.
    private static final class ThrottledTransport implements Transport {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private long accepts = Long.MAX_VALUE;
        private int writes;

        @Override
        public int read(ByteBuffer target) {
            target.put((byte) 0);
            return 1;
        }

        @Override
        public long write(ByteBuffer[] sources, int from, int to) {
            writes++;
            long written = 0;
            for (int i = from; i < to; i++) {
                byte[] some = new byte[(int) Math.min(accepts, sources[i].remaining())];
                sources[i].get(some);
                taken.writeBytes(some);
                accepts -= some.length;
                written += some.length;
            }
            return written;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void abort() {
            close();
        }

        @Override
        public void close() {}

        /// Seqs of the events in what was written, which must be whole frames.
        List<Long> events() {
            return frames().stream()
                    .filter(ServerFrame::hasEvent)
                    .map(frame -> frame.getEvent().getSeq())
                    .toList();
        }

        boolean sawPing() {
            return frames().stream().anyMatch(ServerFrame::hasPing);
        }

        private List<ServerFrame> frames() {
            List<ServerFrame> frames = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(taken.toByteArray());
            while (bytes.hasRemaining()) {
                byte[] frame = new byte[bytes.getInt()];
                bytes.get(frame);
                try {
                    frames.add(ServerFrame.parseFrom(frame));
                } catch (IOException e) {
                    throw new AssertionError("a frame was torn", e);
                }
            }
            return frames;
        }
    }
}
