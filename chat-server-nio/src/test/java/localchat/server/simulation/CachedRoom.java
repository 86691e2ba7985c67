package localchat.server.simulation;

import java.util.BitSet;
import java.util.Optional;
import localchat.core.model.Id128;

/// What a modelled client has of one room, across connections.
final class CachedRoom {
    /// Seqs from `from` to `to`, both included.
    record Hole(long from, long to) {}

    private final long id;
    private final BitSet have = new BitSet();
    private Id128 epoch;

    /// Everything up to here follows without a hole on what came before it; where a resume goes on.
    private long last;

    /// The server has, or shows, nothing up to here.
    private long nothingUpTo;

    private boolean wanted = true;
    private boolean entered;

    /// Its events still come, but the server has been asked to stop them.
    private boolean leaving;

    private boolean asked;
    private boolean fetching;
    private long notBeforeNanos;

    CachedRoom(long id, Id128 epoch) {
        this.id = id;
        this.epoch = epoch;
    }

    long id() {
        return id;
    }

    /// The epoch in which it was filled.
    Id128 epoch() {
        return epoch;
    }

    /// The last seq before the live stream's next.
    long last() {
        return last;
    }

    boolean isEntered() {
        return entered;
    }

    /// Whether posts may be sent to it.
    boolean takesPosts() {
        return entered && !leaving;
    }

    /// The server is asked to let the client out.
    void leaving(boolean now) {
        leaving = now;
    }

    /// Whether the client is in it, or wants to be.
    boolean isWanted() {
        return wanted;
    }

    void wanted(boolean now) {
        wanted = now;
    }

    /// Whether it is to be entered now.
    boolean isToBeEntered(long nowNanos) {
        return wanted && !entered && !asked && nowNanos - notBeforeNanos >= 0;
    }

    void asked() {
        asked = true;
    }

    /// What was asked was refused; it may be asked again later.
    void refused(long againNanos) {
        asked = false;
        fetching = false;
        notBeforeNanos = againNanos;
    }

    /// The connection is gone.
    void onDisconnected() {
        entered = false;
        leaving = false;
        asked = false;
        fetching = false;
        notBeforeNanos = 0;
    }

    /// The stream goes on with this seq.
    void onEntered(long nextSeq) {
        entered = true;
        asked = false;
        last = nextSeq - 1;
    }

    void onLeft() {
        entered = false;
        leaving = false;
    }

    /// Nothing that is known of it holds any longer.
    void forget(Id128 nowEpoch) {
        have.clear();
        last = 0;
        nothingUpTo = 0;
        epoch = nowEpoch;
    }

    /// Takes a live event.
    void onLive(long seq) {
        last = seq;
        have.set((int) seq);
    }

    /// Takes an event of a page.
    void onFetched(long seq) {
        have.set((int) seq);
    }

    /// The server has nothing older than what comes after this seq.
    void nothingUpTo(long seq) {
        nothingUpTo = Math.max(nothingUpTo, seq);
    }

    void fetching(boolean now) {
        fetching = now;
    }

    /// What is missing and not being fetched.
    Optional<Hole> hole(long nowNanos) {
        if (!entered || leaving || fetching || nowNanos - notBeforeNanos < 0) {
            return Optional.empty();
        }
        int from = have.nextClearBit((int) Math.max(1, nothingUpTo + 1));
        if (from > last) {
            return Optional.empty();
        }
        int after = have.nextSetBit(from);
        return Optional.of(new Hole(from, after < 0 ? last : Math.min(after - 1L, last)));
    }

    /// Whether nothing is missing up to `headSeq`.
    boolean isComplete(long headSeq) {
        return entered
                && last == headSeq
                && have.nextClearBit((int) Math.max(1, nothingUpTo + 1)) > last;
    }
}
