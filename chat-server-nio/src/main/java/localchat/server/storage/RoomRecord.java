package localchat.server.storage;

import localchat.server.room.RoomState;

/// What the storage thread knows of one room.
final class RoomRecord {
    private final long id;
    private RoomState state;
    private boolean ownsState;
    private boolean changed;
    private Head head;
    private long messages;
    private long expiredToSeq;

    /// The newest event.
    ///
    /// @param seq 0: there is none
    /// @param timeMillis when it was stored, milliseconds since 1970-01-01T00:00:00Z
    record Head(long seq, long timeMillis) {
        static final Head NONE = new Head(0, 0);
    }

    /// @param state is not changed: a change makes a copy
    /// @param messages messages that are not gone
    /// @param expiredToSeq no message below this seq is left to expire
    RoomRecord(long id, RoomState state, Head head, long messages, long expiredToSeq) {
        this.id = id;
        this.state = state;
        this.head = head;
        this.messages = messages;
        this.expiredToSeq = expiredToSeq;
    }

    /// One that can change while this one stays.
    RoomRecord copy() {
        return new RoomRecord(id, state, head, messages, expiredToSeq);
    }

    long id() {
        return id;
    }

    /// To be read alone.
    RoomState state() {
        return state;
    }

    /// Whether it differs from what it was when it was made.
    boolean isChanged() {
        return changed;
    }

    /// To be changed.
    RoomState ownState() {
        changed = true;
        if (!ownsState) {
            state = state.copy();
            ownsState = true;
        }
        return state;
    }

    Head head() {
        return head;
    }

    /// Seq of the newest event; 0 when there is none.
    long headSeq() {
        return head.seq();
    }

    void head(Head newest) {
        head = newest;
        changed = true;
    }

    long messages() {
        return messages;
    }

    void addMessages(int more) {
        messages += more;
        changed = true;
    }

    long expiredToSeq() {
        return expiredToSeq;
    }

    void expiredToSeq(long seq) {
        expiredToSeq = seq;
        changed = true;
    }

    /// The key of one of its events.
    long key(long seq) {
        return EventKey.of(id, seq);
    }
}
