package localchat.server.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import localchat.core.model.CloseReason;
import localchat.core.protocol.ProtocolLimits;
import localchat.server.net.FakePeers.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Frames that are begun and not completed, turn by turn: how long they may take, and how much
/// memory all of them together.
class HalfFramesTest {
    private static final int MANY = 5_000;
    private static final int WHOLE = ProtocolLimits.FRAME_BYTES_MAX;
    private static final int NINE_TENTHS = WHOLE * 9 / 10;

    private final NetLimits limits = NetLimits.standard();
    private final FakePeers peers = new FakePeers(limits);

    @AfterEach
    void nothingWasFaulty() {
        assertEquals(List.of(), peers.faults());
    }

    @Test
    void dropsStrangersWithAPieceOfAPrefixAtTenSeconds() {
        List<Peer> stalled = many(peers::stranger, (byte) 0, (byte) 0, (byte) 1);
        peers.pass(9);
        assertEquals(MANY, open(stalled));
        peers.pass(1);
        assertAllClosed(stalled, CloseReason.LOGIN_TIMEOUT);
    }

    @Test
    void dropsMembersWithAPieceOfAPrefixAtThirtySeconds() {
        List<Peer> stalled = many(peers::member, (byte) 0, (byte) 0, (byte) 1);
        peers.pass(29);
        assertEquals(MANY, open(stalled));
        peers.pass(1);
        assertAllClosed(stalled, CloseReason.FRAME_TIMEOUT);
    }

    @Test
    void dropsMembersWithOneByteOfAFrameAtThirtySecondsAndKeepsTheOthers() {
        List<Peer> stalled = many(peers::member, prefixAnd(WHOLE, 1));
        Peer talking = peers.member();
        for (int i = 0; i < 29; i++) {
            talking.send(prefixAnd(1, 1));
            peers.pass(1);
        }
        assertEquals(MANY, open(stalled));
        peers.pass(1);
        assertAllClosed(stalled, CloseReason.FRAME_TIMEOUT);
        assertTrue(talking.isOpen());
        assertEquals(29, talking.frames());
    }

    @Test
    void holdsNoMoreForFramesAnnouncedThanCameOfThem() {
        List<Peer> stalled = many(peers::member, prefixAnd(WHOLE, 1));
        assertTrue(held(stalled) <= MANY * 256L, () -> held(stalled) + " bytes are held");
    }

    @Test
    void countsTheTimeOfADrippedFrameFromItsFirstByte() {
        Peer dripping = peers.member();
        dripping.send(prefixAnd(100, 0));
        peers.turn();
        for (int i = 0; i < 29; i++) {
            peers.pass(1);
            dripping.send((byte) 0);
            peers.turn();
        }
        assertTrue(dripping.isOpen());
        peers.pass(1);
        assertEquals(Optional.of(CloseReason.FRAME_TIMEOUT), dripping.closed());
    }

    @Test
    void countsTheTimeOfADrippedPrefixFromItsFirstByte() {
        Peer dripping = peers.member();
        for (int i = 0; i < 3; i++) {
            dripping.send((byte) 0);
            peers.turn();
            peers.pass(9);
        }
        assertTrue(dripping.isOpen());
        peers.pass(3);
        assertEquals(Optional.of(CloseReason.FRAME_TIMEOUT), dripping.closed());
    }

    @Test
    void countsEachFrameOfADripAnew() {
        Peer dripping = peers.member();
        dripping.send(prefixAnd(2, 1));
        for (int frame = 0; frame < 4; frame++) {
            peers.pass(20);
            // The rest of one frame and the beginning of the next in the same read.
            dripping.send((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 0);
        }
        peers.turn();
        assertTrue(dripping.isOpen());
        assertEquals(4, dripping.frames());
        peers.pass(30);
        assertEquals(Optional.of(CloseReason.FRAME_TIMEOUT), dripping.closed());
    }

    @Test
    void dropsTheOldestWhenTheBudgetIsPassedAndNotBefore() {
        List<Peer> holding = new ArrayList<>();
        int each = 0;
        while (held(holding) + each <= limits.partialBytesMax()) {
            holding.add(holdingNineTenths());
            each = holding.getFirst().bytesHeld();
        }
        assertEquals(holding.size(), open(holding));
        Peer oneMore = holdingNineTenths();
        assertEquals(Optional.of(CloseReason.PARTIAL_FRAMES_FULL), holding.getFirst().closed());
        assertEquals(holding.size() - 1, open(holding));
        assertTrue(oneMore.isOpen());
    }

    /// The oldest hold little: one of them does not make room for one that holds much.
    @Test
    void staysWithinTheBudgetWhenTheOldestHoldLittle() {
        List<Peer> all = new ArrayList<>(many(peers::member, prefixAnd(WHOLE, 1)));
        for (int i = 0; i < 1_500; i++) {
            all.add(holdingNineTenths());
        }
        long held = held(all);
        assertTrue(
                held <= limits.partialBytesMax(),
                () -> "%,d bytes are held of %,d".formatted(held, limits.partialBytesMax()));
    }

    @Test
    void countsTheMemoryOfFramesCompletedNoLonger() {
        for (int round = 0; round < 3; round++) {
            List<Peer> holding = new ArrayList<>();
            for (int i = 0; i < 900; i++) {
                holding.add(holdingNineTenths());
            }
            for (Peer peer : holding) {
                peer.send(new byte[WHOLE - NINE_TENTHS]);
            }
            peers.turn();
            assertEquals(900, open(holding));
            assertEquals(0, held(holding));
        }
    }

    private Peer holdingNineTenths() {
        Peer peer = peers.member();
        peer.send(prefixAnd(WHOLE, NINE_TENTHS));
        peers.turn();
        return peer;
    }

    private List<Peer> many(Supplier<Peer> kind, byte... sent) {
        List<Peer> many = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Peer peer = kind.get();
            peer.send(sent);
            many.add(peer);
        }
        peers.turn();
        return many;
    }

    private static byte[] prefixAnd(int length, int payloadBytes) {
        return ByteBuffer.allocate(4 + payloadBytes).putInt(length).array();
    }

    private static long open(List<Peer> some) {
        return some.stream().filter(Peer::isOpen).count();
    }

    private static long held(List<Peer> some) {
        return some.stream().mapToLong(Peer::bytesHeld).sum();
    }

    private static void assertAllClosed(List<Peer> some, CloseReason reason) {
        for (Peer peer : some) {
            assertEquals(Optional.of(reason), peer.closed());
        }
    }
}
