package localchat.core.client;

import java.util.List;
import java.util.Optional;
import localchat.core.client.RoomCache.ReadState;
import localchat.core.model.ChatMessage;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.store.CacheFile;
import localchat.core.store.CacheFile.Stretch;

/// One room of the cache as it stands now; what the file does not know yet is written with the next
/// save. Belongs to the session thread.
final class KeptRoom {
    final long key;
    final long roomId;
    final Stretches stretches;
    final RecentChanges recent;
    Id128 epoch;
    long wireId;
    RoomInfo info;
    long lastSeq;
    ReadState reading;
    String draft;
    boolean isChanged;

    KeptRoom(CacheFile.KeyedRoom keyed, long roomId, List<Stretch> stretches)
            throws MalformedFrameException {
        this(keyed, roomId, StoredForms.room(keyed.room().info()).withId(roomId), stretches);
    }

    KeptRoom(CacheFile.KeyedRoom keyed, long roomId, RoomInfo info, List<Stretch> stretches) {
        CacheFile.Room row = keyed.room();
        this.key = keyed.key();
        this.roomId = roomId;
        this.stretches = new Stretches(stretches);
        this.recent = new RecentChanges(row.lastSeq());
        this.epoch = row.epoch();
        this.wireId = row.wireId();
        this.info = info;
        this.lastSeq = row.lastSeq();
        this.reading = new ReadState(row.readSeq(), row.unread(), row.mentions(), row.wantedSeq());
        this.draft = row.draft();
    }

    CacheFile.Room row() {
        return new CacheFile.Room(
                epoch,
                wireId,
                StoredForms.bytes(info),
                lastSeq,
                reading.seq(),
                reading.unread(),
                reading.mentions(),
                reading.wantedSeq(),
                draft);
    }

    /// Nothing of its messages is kept.
    void restartAt(long seq) {
        stretches.cutUpTo(Long.MAX_VALUE);
        recent.restartAt(seq);
        lastSeq = seq;
    }

    /// What happened up to this seq is not known.
    void skipTo(long seq) {
        stretches.makeStale(lastSeq);
        recent.restartAt(seq);
        lastSeq = seq;
    }

    void onEvent(RoomEvent event) {
        recent.onEvent(event);
        stretches.addFresh(event.seq(), event.seq());
        lastSeq = event.seq();
    }

    /// The server's page has everything from its first message to its last, and from its anchor and
    /// the ends of the log where those are nearer.
    void addPage(HistoryAnchor anchor, HistoryMessages page) {
        List<ChatMessage> messages = page.messages();
        long first = messages.isEmpty() ? Long.MAX_VALUE : messages.getFirst().seq();
        long last = messages.isEmpty() ? 0 : messages.getLast().seq();
        long from = page.moreBefore() ? first : 1;
        long to = page.moreAfter() ? last : page.trueAsOfSeq();
        switch (anchor) {
            case HistoryAnchor.Before(long seq) -> to = seq - 1;
            case HistoryAnchor.After(long seq) -> from = seq + 1;
            case HistoryAnchor.Newest(), HistoryAnchor.Around(_), HistoryAnchor.FromTime(_) -> {}
        }
        stretches.addFresh(from, Math.min(to, lastSeq));
    }

    void cutUpTo(long seq) {
        stretches.cutUpTo(seq);
    }

    Optional<Stretch> newest() {
        return stretches.atOrBelow(lastSeq);
    }

    /// The fresh stretch that has what stands next to an anchor.
    Optional<Stretch> freshFor(HistoryAnchor anchor) {
        return switch (anchor) {
            case HistoryAnchor.Newest() -> stretches.freshAt(lastSeq);
            case HistoryAnchor.Before(long seq) -> stretches.freshAt(Math.min(seq - 1, lastSeq));
            case HistoryAnchor.After(long seq) -> stretches.freshAt(seq + 1);
            case HistoryAnchor.Around(long seq) -> stretches.freshAt(seq);
            case HistoryAnchor.FromTime(_) -> Optional.empty();
        };
    }

    /// The stretch, fresh or not, that has what stands next to an anchor: whoever reads on from a
    /// seq must not jump over what is not kept.
    Optional<Stretch> anyFor(HistoryAnchor anchor) {
        return switch (anchor) {
            case HistoryAnchor.Newest(), HistoryAnchor.FromTime(_) -> newest();
            case HistoryAnchor.Before(long seq) -> stretches.at(seq - 1);
            case HistoryAnchor.After(long seq) -> stretches.at(seq + 1);
            case HistoryAnchor.Around(long seq) ->
                    stretches.atOrBelow(seq).or(() -> stretches.atOrAbove(seq));
        };
    }
}
