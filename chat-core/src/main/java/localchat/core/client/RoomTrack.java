package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import localchat.core.model.RoomEvent;

/// How far one room's events have been delivered: each seq once, in order, without a hole. Pure;
/// belongs to the session thread.
///
/// An event beyond the next one is held until the gap before it is fetched. Of more than
/// [#HELD_MAX] the later ones are only remembered as missing and fetched as well.
final class RoomTrack {
    /// A missing stretch, both ends included.
    record Gap(long fromSeq, long toSeq) {
        /// The part of it up to a seq.
        Gap upTo(long seq) {
            return new Gap(fromSeq, Math.min(toSeq, seq));
        }
    }

    /// Events held while a gap is fetched. Reason: some seconds of a busy room; the rest can be
    /// fetched.
    static final int HELD_MAX = 256;

    private final TreeMap<Long, RoomEvent> held = new TreeMap<>();
    private long lastSeq;
    private long highestSeq;

    /// @param lastSeq everything up to here is done
    RoomTrack(long lastSeq) {
        restartAt(lastSeq);
    }

    /// The last seq up to which everything was delivered.
    long lastSeq() {
        return lastSeq;
    }

    /// Takes events in any order.
    ///
    /// @return what can be delivered now, in order
    List<RoomEvent> take(List<RoomEvent> events) {
        List<RoomEvent> ready = new ArrayList<>();
        for (RoomEvent event : events) {
            highestSeq = Math.max(highestSeq, event.seq());
            if (event.seq() == lastSeq + 1) {
                ready.add(event);
                lastSeq++;
                takeHeld(ready);
            } else if (event.seq() > lastSeq) {
                hold(event);
            }
        }
        return ready;
    }

    private void hold(RoomEvent event) {
        held.putIfAbsent(event.seq(), event);
        if (held.size() > HELD_MAX) {
            held.pollLastEntry();
        }
    }

    private void takeHeld(List<RoomEvent> ready) {
        RoomEvent next = held.remove(lastSeq + 1);
        while (next != null) {
            ready.add(next);
            lastSeq++;
            next = held.remove(lastSeq + 1);
        }
    }

    /// What is known to be missing before the next event can be delivered.
    Optional<Gap> gap() {
        if (lastSeq >= highestSeq) {
            return Optional.empty();
        }
        long to = held.isEmpty() ? highestSeq : held.firstKey() - 1;
        return Optional.of(new Gap(lastSeq + 1, to));
    }

    /// The room's events reach at least up to here.
    void expectUpTo(long seq) {
        highestSeq = Math.max(highestSeq, seq);
    }

    /// Gives up what is missing; what is held behind it can be delivered.
    List<RoomEvent> skip(Gap gap) {
        lastSeq = Math.max(lastSeq, gap.toSeq());
        List<RoomEvent> ready = new ArrayList<>();
        takeHeld(ready);
        return ready;
    }

    /// Begins anew: everything up to this seq counts as done.
    void restartAt(long seq) {
        held.clear();
        lastSeq = seq;
        highestSeq = seq;
    }

    /// A new connection: what was held comes again.
    void forgetHeld() {
        restartAt(lastSeq);
    }
}
