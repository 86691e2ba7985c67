package localchat.server.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdsTest {
    private final List<Long> reserved = new ArrayList<>();
    private final Ids ids = new Ids(101, 10, reserved::add);

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            ids.take();
        }
    }

    @Test
    void reservesTheNextBlockEarlyAndOnce() {
        assertEquals(101, ids.take());
        take(3);
        assertEquals(List.of(), reserved);
        take(1);
        assertEquals(List.of(121L), reserved);
        take(5);
        assertEquals(List.of(121L), reserved);
    }

    @Test
    void givesNothingAwayThatIsNotReserved() {
        take(10);
        assertThrows(IllegalStateException.class, ids::take);
        ids.onReserved();
        assertEquals(111, ids.take());
        take(9);
        assertEquals(List.of(121L, 131L), reserved);
        assertThrows(IllegalStateException.class, ids::take);
    }

    @Test
    void saysWhetherThereIsOneToGiveAway() {
        take(9);
        assertTrue(ids.hasNext());
        take(1);
        assertFalse(ids.hasNext());
        ids.onReserved();
        assertTrue(ids.hasNext());
    }
}
