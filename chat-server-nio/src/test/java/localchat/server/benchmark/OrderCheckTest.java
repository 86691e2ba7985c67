package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OrderCheckTest {
    private static final long ROOM = 7;

    private final OrderCheck check = new OrderCheck(2);

    @Test
    void acceptsStreamsThatAreMixedButEachInOrder() {
        check.onSequence(0, 0);
        check.onSequence(1, 0);
        check.onSequence(1, 1);
        check.onSequence(0, 1);

        assertEquals(0, check.faults());
    }

    @Test
    void countsHoleOnce() {
        check.onSequence(0, 0);
        check.onSequence(0, 2);
        check.onSequence(0, 3);

        assertEquals(1, check.faults());
    }

    @Test
    void countsDouble() {
        check.onSequence(0, 0);
        check.onSequence(0, 0);

        assertEquals(1, check.faults());
    }

    @Test
    void countsTwoThatChangedPlaces() {
        check.onSequence(0, 1);
        check.onSequence(0, 0);
        check.onSequence(0, 2);

        assertEquals(3, check.faults());
    }

    @Test
    void countsStreamThatDoesNotExist() {
        check.onSequence(2, 0);
        check.onSequence(-1, 0);

        assertEquals(2, check.faults());
    }

    @Test
    void expectsSeqsOfRoomFromEntryOn() {
        check.onEntered(ROOM, 21);
        check.onEntered(ROOM + 1, 1);
        check.onSeq(ROOM, 21);
        check.onSeq(ROOM + 1, 1);
        check.onSeq(ROOM, 22);

        assertEquals(0, check.faults());
    }

    @Test
    void countsHoleInSeqsAndRoomThatWasNotEntered() {
        check.onEntered(ROOM, 21);
        check.onSeq(ROOM, 22);
        check.onSeq(ROOM + 1, 1);

        assertEquals(2, check.faults());
    }
}
