package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.store.CacheFile.Stretch;

/// Which stretches of a room's log are kept completely, and up to when what happened to them later
/// is folded in. Pure; belongs to the session thread.
///
/// A fresh stretch follows all that is delivered. When a part of the log is passed over, what
/// happened there to older messages is not known, and all that was fresh becomes stale: true as of
/// the moment before.
final class Stretches {
    /// Stretches of one room; past it the oldest are forgotten. Reason: a stretch is made by a jump
    /// into the past or a long absence, and one is fetched again in an instant.
    static final int STRETCHES_MAX = 64;

    private static final long FRESH = 0;

    private List<Stretch> stretches;

    /// @param stretches in ascending seq, none touching another
    Stretches(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
    }

    List<Stretch> all() {
        return stretches;
    }

    /// The stretch that has this seq, if it is fresh.
    Optional<Stretch> freshAt(long seq) {
        return at(seq).filter(Stretches::isFresh);
    }

    static boolean isFresh(Stretch stretch) {
        return stretch.asOf() == FRESH;
    }

    /// The stretch that has this seq.
    Optional<Stretch> at(long seq) {
        return stretches.stream()
                .filter(stretch -> stretch.fromSeq() <= seq && seq <= stretch.toSeq())
                .findFirst();
    }

    /// The stretch that has this seq or, when none does, the next one below it.
    Optional<Stretch> atOrBelow(long seq) {
        return stretches.reversed().stream()
                .filter(stretch -> stretch.fromSeq() <= seq)
                .findFirst();
    }

    /// The stretch that has this seq or, when none does, the next one above it.
    Optional<Stretch> atOrAbove(long seq) {
        return stretches.stream().filter(stretch -> stretch.toSeq() >= seq).findFirst();
    }

    /// Everything between these two seqs is kept and fresh, both included.
    void addFresh(long fromSeq, long toSeq) {
        if (fromSeq > toSeq) {
            return;
        }
        long from = fromSeq;
        long to = toSeq;
        List<Stretch> others = new ArrayList<>();
        for (Stretch each : stretches) {
            boolean touches = each.fromSeq() <= to + 1 && from <= each.toSeq() + 1;
            if (isFresh(each) && touches) {
                from = Math.min(from, each.fromSeq());
                to = Math.max(to, each.toSeq());
            } else {
                others.add(each);
            }
        }
        List<Stretch> all = new ArrayList<>();
        all.add(new Stretch(from, to, FRESH));
        for (Stretch each : others) {
            addOutside(each, from, to, all);
        }
        all.sort((a, b) -> Long.compare(a.fromSeq(), b.fromSeq()));
        stretches = List.copyOf(all.subList(Math.max(0, all.size() - STRETCHES_MAX), all.size()));
    }

    /// What of a stretch lies outside of these two seqs.
    private static void addOutside(Stretch each, long from, long to, List<Stretch> all) {
        if (each.fromSeq() < from) {
            all.add(new Stretch(each.fromSeq(), Math.min(each.toSeq(), from - 1), each.asOf()));
        }
        if (each.toSeq() > to) {
            all.add(new Stretch(Math.max(each.fromSeq(), to + 1), each.toSeq(), each.asOf()));
        }
    }

    /// What happened after this seq is not known for what is kept now.
    void makeStale(long asOf) {
        if (asOf == 0) {
            stretches = List.of();
            return;
        }
        stretches =
                stretches.stream()
                        .map(each ->
                                isFresh(each)
                                        ? new Stretch(each.fromSeq(), each.toSeq(), asOf)
                                        : each)
                        .toList();
    }

    /// Nothing up to this seq is kept any more.
    void cutUpTo(long seq) {
        stretches =
                stretches.stream()
                        .filter(each -> each.toSeq() > seq)
                        .map(each ->
                                new Stretch(
                                        Math.max(each.fromSeq(), seq + 1),
                                        each.toSeq(),
                                        each.asOf()))
                        .toList();
    }
}
