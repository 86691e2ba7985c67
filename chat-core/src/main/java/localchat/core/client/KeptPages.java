package localchat.core.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import localchat.core.model.ChatMessage;
import localchat.core.model.EventBody;
import localchat.core.model.TombstoneCause;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.store.CacheFile;
import localchat.core.store.CacheFile.Stretch;
import localchat.core.store.StoreException;

/// Pages of history out of the cache. Belongs to the session thread.
final class KeptPages {
    /// Most messages on a page, whatever is asked for. Reason: twice what a server sends at once.
    static final int MESSAGES_MAX = 200;

    private static final EventBody.Tombstone EXPIRED =
            new EventBody.Tombstone(TombstoneCause.EXPIRED, 0);

    private final CacheFile file;
    private final ToLongFunction<KeptRoom> oldestMillis;

    /// @param oldestMillis the time before which a room's messages have expired
    KeptPages(CacheFile file, ToLongFunction<KeptRoom> oldestMillis) {
        this.file = file;
        this.oldestMillis = oldestMillis;
    }

    /// Whether nothing that belongs on the page may be missing at its ends.
    static boolean isComplete(HistoryAnchor anchor, int limit, HistoryMessages page) {
        int wanted = Math.min(limit, MESSAGES_MAX);
        boolean isFull = page.messages().size() >= wanted;
        return switch (anchor) {
            case HistoryAnchor.Newest(), HistoryAnchor.Before(_) -> isFull || !page.moreBefore();
            case HistoryAnchor.After(_) -> isFull || !page.moreAfter();
            case HistoryAnchor.Around(long seq) -> {
                long before = page.messages().stream().filter(each -> each.seq() < seq).count();
                long after = page.messages().size() - before;
                yield (before >= wanted / 2 || !page.moreBefore())
                        && (after >= wanted - wanted / 2 || !page.moreAfter());
            }
            case HistoryAnchor.FromTime(_) -> false;
        };
    }

    /// A page out of one stretch, as far as that goes.
    HistoryMessages page(KeptRoom room, HistoryAnchor anchor, int limit, Stretch from)
            throws StoreException, MalformedFrameException {
        int wanted = Math.min(limit, MESSAGES_MAX);
        List<CacheFile.Message> found =
                switch (anchor) {
                    case HistoryAnchor.Newest() ->
                            file.before(room.key, from.fromSeq(), from.toSeq() + 1, wanted);
                    case HistoryAnchor.Before(long seq) ->
                            file.before(
                                    room.key,
                                    from.fromSeq(),
                                    Math.min(seq, from.toSeq() + 1),
                                    wanted);
                    case HistoryAnchor.After(long seq) ->
                            file.from(
                                    room.key,
                                    Math.max(seq + 1, from.fromSeq()),
                                    from.toSeq(),
                                    wanted);
                    case HistoryAnchor.Around(long seq) -> around(room, from, seq, wanted);
                    case HistoryAnchor.FromTime(long millis) ->
                            file.fromTime(room.key, from.fromSeq(), from.toSeq(), millis, wanted);
                };
        return page(room, anchor, from, found);
    }

    private List<CacheFile.Message> around(KeptRoom room, Stretch from, long seq, int wanted)
            throws StoreException {
        List<CacheFile.Message> both =
                new ArrayList<>(file.before(room.key, from.fromSeq(), seq, wanted / 2));
        both.addAll(
                file.from(
                        room.key,
                        Math.max(seq, from.fromSeq()),
                        from.toSeq(),
                        wanted - wanted / 2));
        return both;
    }

    private HistoryMessages page(
            KeptRoom room, HistoryAnchor anchor, Stretch from, List<CacheFile.Message> found)
            throws StoreException, MalformedFrameException {
        List<ChatMessage> messages = new ArrayList<>();
        long oldest = oldestMillis.applyAsLong(room);
        for (CacheFile.Message each : found) {
            ChatMessage message = StoredForms.message(room.roomId, each.form());
            messages.add(each.timeMillis() < oldest ? message.gone(EXPIRED) : message);
        }
        long first = found.isEmpty() ? firstSeq(anchor, from) : found.getFirst().seq();
        long last = found.isEmpty() ? first - 1 : found.getLast().seq();
        boolean moreBefore =
                from.fromSeq() > 1 || !file.before(room.key, from.fromSeq(), first, 1).isEmpty();
        boolean moreAfter =
                from.toSeq() < room.lastSeq
                        || !file.from(room.key, last + 1, from.toSeq(), 1).isEmpty();
        long asOf = Stretches.isFresh(from) ? room.lastSeq : from.asOf();
        return new HistoryMessages(room.roomId, messages, asOf, moreBefore, moreAfter);
    }

    /// Where an empty page stands.
    private static long firstSeq(HistoryAnchor anchor, Stretch from) {
        return switch (anchor) {
            case HistoryAnchor.Newest(), HistoryAnchor.FromTime(_) -> from.toSeq() + 1;
            case HistoryAnchor.Before(long seq) -> seq;
            case HistoryAnchor.After(long seq) -> seq + 1;
            case HistoryAnchor.Around(long seq) -> seq;
        };
    }
}
