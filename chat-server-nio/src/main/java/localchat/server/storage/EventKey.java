package localchat.server.storage;

/// The key of an event on disk: its room's id and its seq in one number, so that the events of one
/// room lie side by side.
final class EventKey {
    private static final int SEQ_BITS = 40;

    /// Largest seq: a trillion events in one room, more than any disk holds.
    static final long SEQ_MAX = (1L << SEQ_BITS) - 1;

    /// Largest room id: what is left of 63 bits, eight million rooms.
    static final long ROOM_ID_MAX = (1L << (63 - SEQ_BITS)) - 1;

    private EventKey() {}

    /// The key of an event that may exist or not.
    ///
    /// @param seq 0: below all events of the room
    /// @throws IllegalArgumentException when it would be that of another room's event
    static long of(long roomId, long seq) {
        if (roomId < 0 || roomId > ROOM_ID_MAX || seq < 0 || seq > SEQ_MAX) {
            throw new IllegalArgumentException(
                    "no key for seq %d of room %d".formatted(seq, roomId));
        }
        return roomId << SEQ_BITS | seq;
    }

    /// The key behind all events of a room.
    static long last(long roomId) {
        return of(roomId, SEQ_MAX);
    }

    static long roomId(long key) {
        return key >>> SEQ_BITS;
    }

    static long seq(long key) {
        return key & SEQ_MAX;
    }
}
