package localchat.server.storage;

import localchat.server.room.RoomState;

/// What the storage thread knows of one room.
final class RoomRecord {
    private final long id;
    private RoomState state;
    private boolean ownsState;
    private boolean changed;
    private long headSeq;
    private long messages;
    private long expiredToSeq;

    /// @param state is not changed: a change makes a copy
    /// @param headSeq the newest event's seq
    /// @param messages messages that are not gone
    /// @param expiredToSeq no message below this seq is left to expire
    RoomRecord(long id, RoomState state, long headSeq, long messages, long expiredToSeq) {
        this.id = id;
        this.state = state;
        this.headSeq = headSeq;
        this.messages = messages;
        this.expiredToSeq = expiredToSeq;
    }

    /// One that can change while this one stays.
    RoomRecord copy() {
        return new RoomRecord(id, state, headSeq, messages, expiredToSeq);
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

    long headSeq() {
        return headSeq;
    }

    void headSeq(long seq) {
        headSeq = seq;
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
