package localchat.server.benchmark;

import java.util.stream.IntStream;

/// Who sits in which room. Every room has the same number of members and everybody the same number
/// of rooms.
///
/// @param people connections, numbered from 0
/// @param rooms numbered from 0
/// @param roomsEach rooms of one person
record Seating(int people, int rooms, int roomsEach) {
    /// Distance between two rooms of a person. Reason: a prime, so that no two people share all
    /// their rooms.
    private static final int STRIDE = 97;

    /// @throws IllegalArgumentException when the rooms cannot all have the same number of members
    Seating {
        boolean oneForAll = rooms == 1 && roomsEach == 1;
        boolean spread = people == rooms && roomsEach <= rooms && rooms % STRIDE != 0;
        if (people < 1 || !(oneForAll || spread)) {
            throw new IllegalArgumentException(
                    "%d people cannot sit evenly in %d rooms".formatted(people, rooms));
        }
    }

    /// Everybody in the same room.
    static Seating oneRoom(int people) {
        return new Seating(people, 1, 1);
    }

    /// As many rooms as people.
    static Seating manyRooms(int people, int roomsEach) {
        return new Seating(people, people, roomsEach);
    }

    int membersPerRoom() {
        return people * roomsEach / rooms;
    }

    /// The rooms of one person.
    int[] roomsOf(int person) {
        return IntStream.range(0, roomsEach).map(i -> (person + i * STRIDE) % rooms).toArray();
    }
}
