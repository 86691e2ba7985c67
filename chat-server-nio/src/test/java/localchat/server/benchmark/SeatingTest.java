package localchat.server.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeatingTest {
    @Test
    void fillsEveryRoomAlike() {
        Seating seating = Seating.manyRooms(1_000, 10);
        int[] members = new int[1_000];
        for (int person = 0; person < 1_000; person++) {
            int[] rooms = seating.roomsOf(person);
            assertEquals(10, Arrays.stream(rooms).distinct().count());
            Arrays.stream(rooms).forEach(room -> members[room]++);
        }

        assertEquals(10, seating.membersPerRoom());
        assertEquals(1_000, Arrays.stream(members).filter(count -> count == 10).count());
    }

    @Test
    void seatsEverybodyInOneRoom() {
        Seating seating = Seating.oneRoom(100);

        assertEquals(100, seating.membersPerRoom());
        assertArrayEquals(new int[] {0}, seating.roomsOf(99));
    }

    @Test
    void refusesRoomsThatWouldNotBeEven() {
        assertThrows(IllegalArgumentException.class, () -> Seating.manyRooms(970, 10));
        assertThrows(IllegalArgumentException.class, () -> Seating.manyRooms(5, 10));
    }
}
