package localchat.server.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.server.oracle.StoreContent.Stored;
import localchat.server.oracle.Violation.Rule;

/// Judges a run by the rules V1 to V6, from the journals of its clients and what the store has
/// after it. A tombstone equals whatever stood in its place before.
///
/// What clients were told in an earlier epoch than the store's is held against what the others were
/// told in that epoch, and not against the store: a restored backup has not all of it.
public final class Oracle {
    /// Violations named in the text of a failure; more say nothing new.
    private static final int NAMED_MAX = 12;

    /// Where an event stands.
    private record Place(long roomId, long seq) {
        @Override
        public String toString() {
            return "room " + roomId + " seq " + seq;
        }
    }

    /// What somebody says stands at a place in an epoch.
    private record Claim(Id128 epoch, Place place) {}

    private final StoreContent store;
    private final Map<MessageId, List<Place>> placesOf = new HashMap<>();
    private final Map<Place, Stored> storedAt = new HashMap<>();
    private final Map<Claim, Stored> toldBefore = new HashMap<>();
    private final List<Violation> found = new ArrayList<>();

    private Oracle(StoreContent store) {
        this.store = store;
    }

    /// All that is wrong; empty when nothing is.
    public static List<Violation> judge(Iterable<Journal> journals, StoreContent store) {
        Oracle oracle = new Oracle(store);
        oracle.takeIn();
        journals.forEach(oracle::judge);
        oracle.judgeDoubles(journals);
        return oracle.found;
    }

    /// Throws when something is wrong.
    public static void assertKept(Iterable<Journal> journals, StoreContent store) {
        assertNone(judge(journals, store));
    }

    /// Throws when there are violations, with the first of them.
    public static void assertNone(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new AssertionError(
                    violations.stream()
                            .limit(NAMED_MAX)
                            .map(Violation::toString)
                            .collect(
                                    Collectors.joining(
                                            "\n", violations.size() + " violations:\n", "")));
        }
    }

    /// Whether a client has every event of a room from `fromSeq` to the store's newest.
    public static List<Violation> judgeComplete(
            Journal journal, StoreContent store, long roomId, long fromSeq) {
        Set<Long> seqs = new HashSet<>();
        Optional<Id128> epoch = Optional.empty();
        for (Entry entry : journal.entries()) {
            if (entry instanceof Entry.Epoch(Id128 now)) {
                epoch = Optional.of(now);
            } else if (entry instanceof Entry.Received(long room, long seq, _, _)
                    && room == roomId
                    && isOf(store, epoch)) {
                seqs.add(seq);
            }
        }
        return store.rooms().getOrDefault(roomId, List.of()).stream()
                .filter(stored -> stored.seq() >= fromSeq && !seqs.contains(stored.seq()))
                .map(stored ->
                        new Violation(
                                Rule.V3,
                                "%s never received room %d seq %d"
                                        .formatted(journal.client(), roomId, stored.seq())))
                .toList();
    }

    private static boolean isOf(StoreContent store, Optional<Id128> epoch) {
        return epoch.map(store.epoch()::equals).orElse(true);
    }

    private void takeIn() {
        store.rooms()
                .forEach((roomId, events) -> {
                    long next = 1;
                    for (Stored event : events) {
                        Place place = new Place(roomId, event.seq());
                        if (event.seq() != next) {
                            report(
                                    Rule.V3,
                                    "the store has %s where seq %d comes".formatted(place, next));
                        }
                        next = event.seq() + 1;
                        storedAt.put(place, event);
                        placesOf.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(place);
                    }
                });
    }

    private void judge(Journal journal) {
        Optional<Id128> epoch = Optional.empty();
        for (Entry entry : journal.entries()) {
            boolean now = isOf(store, epoch);
            switch (entry) {
                case Entry.Epoch(Id128 begun) -> epoch = Optional.of(begun);
                case Entry.Sent _ -> {}
                case Entry.Acknowledged told -> {
                    if (now) {
                        judge(journal.client(), told);
                    }
                }
                case Entry.Received got -> {
                    if (now) {
                        judge(journal.client(), got);
                    } else {
                        judgeAmongClients(journal.client(), epoch.orElseThrow(), got);
                    }
                }
            }
        }
        judgeSending(journal);
    }

    /// V1 and V6: an acknowledgement.
    private void judge(String client, Entry.Acknowledged told) {
        Place place = new Place(told.roomId(), told.seq());
        List<Place> places = placesOf.getOrDefault(told.id(), List.of());
        if (!places.equals(List.of(place))) {
            report(
                    Rule.V1,
                    "%s was told that %s is stored as %s, it is at %s"
                            .formatted(client, told.id(), place, places));
        }
        if (!storedAt.containsKey(place)) {
            report(Rule.V6, "%s was told of %s, which is not stored".formatted(client, place));
        }
    }

    /// V3 and V6: an event in the store's epoch.
    private void judge(String client, Entry.Received got) {
        Place place = new Place(got.roomId(), got.seq());
        Stored told = new Stored(got.seq(), got.id(), got.bodyHash());
        Stored stored = storedAt.get(place);
        if (stored == null) {
            report(Rule.V6, "%s received %s, which is not stored".formatted(client, place));
        } else if (!isSame(stored, told)) {
            report(
                    Rule.V3,
                    "%s received at %s %s, the store has %s"
                            .formatted(client, place, told, stored));
        }
    }

    /// V3: an event in an epoch that is over.
    private void judgeAmongClients(String client, Id128 epoch, Entry.Received got) {
        Place place = new Place(got.roomId(), got.seq());
        Stored told = new Stored(got.seq(), got.id(), got.bodyHash());
        Stored before = toldBefore.putIfAbsent(new Claim(epoch, place), told);
        if (before != null && !isSame(before, told)) {
            report(
                    Rule.V3,
                    "%s received at %s %s, others received %s, in epoch %s"
                            .formatted(client, place, told, before, epoch));
        }
    }

    private static boolean isSame(Stored one, Stored other) {
        return one.id().equals(other.id()) && isSame(one.bodyHash(), other.bodyHash());
    }

    private static boolean isSame(long oneHash, long otherHash) {
        return oneHash == otherHash
                || oneHash == BodyHash.TOMBSTONE
                || otherHash == BodyHash.TOMBSTONE;
    }

    /// V4 and V5: what became of what a client sent.
    private void judgeSending(Journal journal) {
        Set<MessageId> seen = new HashSet<>();
        Map<Long, Place> lastOf = new HashMap<>();
        for (Entry entry : journal.entries()) {
            if (entry instanceof Entry.Sent sent && seen.add(sent.id())) {
                for (Place place : placesOf.getOrDefault(sent.id(), List.of())) {
                    judgeBody(journal.client(), sent, place);
                    if (sent.dependent()) {
                        continue;
                    }
                    Place last = lastOf.put(sent.roomId(), place);
                    if (last != null
                            && last.roomId() == place.roomId()
                            && last.seq() > place.seq()) {
                        report(
                                Rule.V4,
                                "%s sent %s after what stands at %s, it is at %s"
                                        .formatted(journal.client(), sent.id(), last, place));
                    }
                }
            }
        }
    }

    private void judgeBody(String client, Entry.Sent sent, Place place) {
        Stored stored = storedAt.get(place);
        if (place.roomId() != sent.roomId()
                || (stored != null && !isSame(stored.bodyHash(), sent.bodyHash()))) {
            report(
                    Rule.V5,
                    "%s sent %s, stored at %s is %s".formatted(client, sent, place, stored));
        }
    }

    /// V2, and V5 for what was sent and never acknowledged.
    private void judgeDoubles(Iterable<Journal> journals) {
        Set<MessageId> unacknowledged = new HashSet<>();
        for (Journal journal : journals) {
            for (Entry entry : journal.entries()) {
                if (entry instanceof Entry.Sent sent) {
                    unacknowledged.add(sent.id());
                }
            }
        }
        for (Journal journal : journals) {
            for (Entry entry : journal.entries()) {
                if (entry instanceof Entry.Acknowledged acknowledged) {
                    unacknowledged.remove(acknowledged.id());
                }
            }
        }
        placesOf.forEach((id, places) -> {
            if (places.size() > 1) {
                report(Rule.V2, "%s is stored at %s".formatted(id, places));
                if (unacknowledged.contains(id)) {
                    report(
                            Rule.V5,
                            "%s was never acknowledged and is stored at %s".formatted(id, places));
                }
            }
        });
    }

    private void report(Rule rule, String evidence) {
        found.add(new Violation(rule, evidence));
    }
}
