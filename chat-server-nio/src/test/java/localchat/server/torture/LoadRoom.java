package localchat.server.torture;

import localchat.core.model.Id128;

/// What one [LoadClient] knows of one room.
final class LoadRoom {
    /// The epoch of a room that was never entered.
    private static final Id128 NO_EPOCH = new Id128(0, 0);

    private final String name;
    private long roomId;
    private long next;
    private long completeFrom;
    private Id128 epoch = NO_EPOCH;
    private boolean entered;

    LoadRoom(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// 0 until it was entered.
    long roomId() {
        return roomId;
    }

    /// Seq of the event that comes next.
    long next() {
        return next;
    }

    /// Everything from this seq on was received, in this epoch.
    long completeFrom() {
        return completeFrom;
    }

    /// The epoch that what is known comes from.
    Id128 epoch() {
        return epoch;
    }

    boolean isEntered() {
        return entered;
    }

    void entered(boolean now) {
        entered = now;
    }

    /// Another database: not even the id holds.
    void forget() {
        roomId = 0;
        next = 0;
        entered = false;
    }

    /// What was known before does not count any more.
    void beginAt(long id, Id128 now, long seq) {
        roomId = id;
        epoch = now;
        next = seq;
        completeFrom = seq;
    }

    void next(long seq) {
        next = seq;
    }
}
