package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomIdsTest {
    private final RoomIds ids = new RoomIds();

    @BeforeEach
    void enterARoom() {
        ids.bind(1, 1);
    }

    @Test
    void areTheServersAsLongAsItsHistoryLasts() {
        assertEquals(1, ids.localOf(1));
        assertEquals(5, ids.localOf(5));
        assertEquals(Optional.of(1L), ids.wireOf(1));
        assertEquals(Optional.of(5L), ids.wireOf(5));
        assertEquals(Optional.of(1L), ids.boundLocalOf(1));
        assertEquals(Optional.empty(), ids.boundLocalOf(5));
    }

    @Test
    void leadNowhereUntilTheServerNamesTheRoomAgain() {
        ids.forgetServer();
        assertEquals(Optional.empty(), ids.wireOf(1));
        assertEquals(Optional.empty(), ids.boundLocalOf(1));
    }

    @Test
    void stayWhenTheServerGivesTheRoomAnotherOne() {
        ids.forgetServer();
        ids.bind(9, 1);
        assertEquals(1, ids.localOf(9));
        assertEquals(Optional.of(9L), ids.wireOf(1));
    }

    @Test
    void neverLeadToAnotherRoomThatHasTheOldOneNow() {
        ids.forgetServer();
        ids.bind(9, 1);
        long other = ids.localOf(1);
        assertNotEquals(1, other);
        assertNotEquals(9, other);
        assertEquals(other, ids.localOf(1));
        assertEquals(Optional.of(1L), ids.wireOf(other));
        assertEquals(Optional.of(9L), ids.wireOf(1));
    }

    @Test
    void followTheLaterBinding() {
        ids.forgetServer();
        long made = ids.localOf(1);
        ids.bind(1, 1);
        assertEquals(1, ids.localOf(1));
        assertEquals(Optional.of(1L), ids.wireOf(1));
        assertEquals(Optional.empty(), ids.wireOf(made));
    }
}
