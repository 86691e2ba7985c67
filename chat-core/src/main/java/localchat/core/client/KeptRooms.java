package localchat.core.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.store.CacheFile;
import localchat.core.store.CacheFile.Stretch;
import localchat.core.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The cache of a session that has a file for it. Belongs to the session thread.
///
/// Everything is written at once into one open transaction, which is kept once a second: what a
/// crash takes is resumed from the server, because the file says itself how far it goes.
final class KeptRooms implements RoomCache {
    /// Longest time for which what happened is kept in an open transaction, in nanoseconds. Reason:
    /// what is lost by a crash is a second of drafts, and of messages that are sent again.
    static final long SAVE_NANOS = 1_000_000_000;

    /// Changes that are kept together at most. Reason: a commit of so many takes a few
    /// milliseconds, during which the session thread takes no frames.
    static final int CHANGES_MAX = 2_000;

    /// Most messages on a page from here, whatever is asked for.
    static final int PAGE_MESSAGES_MAX = 200;

    private final SessionParts parts;
    private final CacheFile file;
    private final Path folder;
    private final Map<Long, KeptRoom> rooms = new LinkedHashMap<>();
    private Optional<Id128> serverId = Optional.empty();
    private Timers.@Nullable Timer save;
    private int changes;
    private long selfId;
    private boolean broken;

    /// @param folder of the profile
    KeptRooms(SessionParts parts, CacheFile file, Path folder) {
        this.parts = parts;
        this.file = file;
        this.folder = folder;
    }

    /// Work that the file may refuse.
    @FunctionalInterface
    private interface Work<T> {
        T run() throws StoreException, MalformedFrameException;
    }

    /// Does what may fail: the first failure ends the cache, not the session.
    private <T> T with(T otherwise, Work<T> work) {
        if (broken) {
            return otherwise;
        }
        try {
            return work.run();
        } catch (StoreException e) {
            end(e.kind() == StoreException.Kind.DAMAGED, String.valueOf(e.getMessage()));
        } catch (MalformedFrameException e) {
            end(true, String.valueOf(e.getMessage()));
        }
        return otherwise;
    }

    private void end(boolean damaged, String text) {
        broken = true;
        cancelSave();
        try {
            file.close();
            if (damaged) {
                CacheFile.delete(folder);
            }
        } catch (StoreException e) {
            // The next start finds it and makes it anew.
        }
        parts.ear()
                .tell(
                        new SessionEvent.ErrorReported(
                                ErrorCode.STORAGE_FAILED,
                                "What happens in the rooms is not kept on this computer until the"
                                        + " program is started again: "
                                        + text));
    }

    @Override
    public List<Restored> turnTo(Id128 server, LongUnaryOperator localIds) {
        save();
        rooms.clear();
        serverId = Optional.of(server);
        return with(
                List.<Restored>of(),
                () -> {
                    List<Restored> restored = new ArrayList<>();
                    for (CacheFile.KeyedRoom keyed : file.rooms(server)) {
                        long roomId = localIds.applyAsLong(keyed.room().wireId());
                        KeptRoom room = new KeptRoom(keyed, roomId, file.stretches(keyed.key()));
                        rooms.put(roomId, room);
                        restored.add(restored(room, keyed.room()));
                    }
                    return restored;
                });
    }

    private Restored restored(KeptRoom room, CacheFile.Room row)
            throws StoreException, MalformedFrameException {
        List<ChatMessage> newest = List.of();
        boolean moreBefore = row.lastSeq() > 0;
        if (room.newest().isPresent()) {
            HistoryAnchor anchor = new HistoryAnchor.Newest();
            HistoryMessages page = page(room, anchor, RESTORED_MESSAGES, room.newest().get());
            newest = page.messages();
            moreBefore = page.moreBefore();
        }
        return new Restored(
                room.info,
                row.wireId(),
                row.epoch(),
                row.lastSeq(),
                newest,
                moreBefore,
                new ReadState(row.readSeq(), row.unread(), row.mentions(), row.wantedSeq()),
                row.draft());
    }

    @Override
    public void onSelf(long userId) {
        selfId = userId;
    }

    // ---- what happens

    @Override
    public void onEntered(EnteredRoom entered, boolean invalid) {
        with(
                0L,
                () -> {
                    KeptRoom room = rooms.get(entered.localId());
                    if (room == null) {
                        room = add(entered);
                    } else if (invalid || !room.epoch.equals(entered.history().epoch())) {
                        file.removeMessages(room.key);
                        room.restartAt(entered.track().lastSeq());
                    } else if (room.lastSeq != entered.track().lastSeq()) {
                        room.skipTo(entered.track().lastSeq());
                    }
                    room.epoch = entered.history().epoch();
                    room.wireId = entered.wireId();
                    room.info = entered.info();
                    return changed(room);
                });
    }

    private KeptRoom add(EnteredRoom entered) throws StoreException {
        CacheFile.Room row =
                new CacheFile.Room(
                        entered.history().epoch(),
                        entered.wireId(),
                        StoredForms.bytes(entered.info()),
                        entered.track().lastSeq(),
                        0,
                        0,
                        0,
                        0,
                        "");
        long key = file.addRoom(serverId.orElse(entered.history().serverId()), row);
        KeptRoom room =
                new KeptRoom(
                        new CacheFile.KeyedRoom(key, row),
                        entered.localId(),
                        entered.info(),
                        List.of());
        rooms.put(entered.localId(), room);
        return room;
    }

    @Override
    public void onInfo(EnteredRoom entered) {
        KeptRoom room = rooms.get(entered.localId());
        if (room != null) {
            room.info = entered.info();
            changed(room);
        }
    }

    @Override
    public void onEvent(EnteredRoom entered, RoomEvent event) {
        KeptRoom room = rooms.get(event.roomId());
        if (room == null) {
            return;
        }
        with(
                0L,
                () -> {
                    if (event.seq() != room.lastSeq + 1) {
                        room.skipTo(event.seq() - 1);
                    }
                    room.onEvent(event);
                    if (ChatMessage.isMessage(event)) {
                        put(room, ChatMessage.of(event), event.seq());
                    } else {
                        OptionalLong target = RecentChanges.target(event);
                        if (target.isPresent()) {
                            fold(room, target.getAsLong(), event);
                        }
                    }
                    return changed(room);
                });
    }

    private void put(KeptRoom room, ChatMessage message, long asOf) throws StoreException {
        file.putMessage(
                room.key,
                new CacheFile.Message(
                        message.seq(), asOf, message.timeMillis(), StoredForms.bytes(message)));
        changes++;
    }

    private void fold(KeptRoom room, long seq, RoomEvent event)
            throws StoreException, MalformedFrameException {
        Optional<CacheFile.Message> target = file.message(room.key, seq);
        if (target.isPresent() && event.seq() > target.get().asOf()) {
            ChatMessage message = StoredForms.message(room.roomId, target.get().form());
            put(room, message.after(event), event.seq());
        }
    }

    /// Messages that are still to be delivered come as events.
    @Override
    public void onPage(EnteredRoom entered, HistoryAnchor anchor, HistoryMessages page) {
        KeptRoom room = rooms.get(entered.localId());
        if (room == null) {
            return;
        }
        with(
                0L,
                () -> {
                    long asOf = Math.max(page.trueAsOfSeq(), room.lastSeq);
                    List<ChatMessage> folded = new ArrayList<>();
                    for (ChatMessage message : page.messages()) {
                        Optional<ChatMessage> now = room.recent.fold(message, page.trueAsOfSeq());
                        if (now.isEmpty()) {
                            return 0L;
                        }
                        if (message.seq() <= room.lastSeq) {
                            folded.add(now.get());
                        }
                    }
                    for (ChatMessage message : folded) {
                        put(room, message, asOf);
                    }
                    room.addPage(anchor, page);
                    return changed(room);
                });
    }

    @Override
    public void saveReading(long roomId, ReadState reading) {
        KeptRoom room = rooms.get(roomId);
        if (room != null) {
            room.reading = reading;
            changed(room);
        }
    }

    @Override
    public void saveDraft(long roomId, String text) {
        KeptRoom room = rooms.get(roomId);
        if (room != null) {
            room.draft = text;
            changed(room);
        }
    }

    @Override
    public void onLeft(long roomId) {
        KeptRoom room = rooms.remove(roomId);
        if (room != null) {
            with(
                    0L,
                    () -> {
                        file.removeRoom(room.key);
                        return changed(room);
                    });
        }
    }

    // ---- what is kept

    @Override
    public Optional<HistoryMessages> complete(
            EnteredRoom entered, HistoryAnchor anchor, int limit) {
        KeptRoom room = rooms.get(entered.localId());
        if (room == null) {
            return Optional.empty();
        }
        Optional<Stretch> stretch = room.freshFor(anchor);
        if (stretch.isEmpty()) {
            return Optional.empty();
        }
        return with(
                Optional.<HistoryMessages>empty(),
                () ->
                        Optional.of(page(room, anchor, limit, stretch.get()))
                                .filter(page -> isComplete(anchor, limit, page)));
    }

    /// Whether nothing that belongs on the page may be missing at its ends.
    private static boolean isComplete(HistoryAnchor anchor, int limit, HistoryMessages page) {
        int wanted = Math.min(limit, PAGE_MESSAGES_MAX);
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

    @Override
    public Optional<HistoryMessages> known(long roomId, HistoryAnchor anchor, int limit) {
        KeptRoom room = rooms.get(roomId);
        Optional<Stretch> stretch = room == null ? Optional.empty() : room.anyFor(anchor);
        return room == null || stretch.isEmpty()
                ? Optional.empty()
                : with(
                        Optional.<HistoryMessages>empty(),
                        () -> Optional.of(page(room, anchor, limit, stretch.get())));
    }

    /// A page out of one stretch, as far as that goes.
    private HistoryMessages page(KeptRoom room, HistoryAnchor anchor, int limit, Stretch from)
            throws StoreException, MalformedFrameException {
        int wanted = Math.min(limit, PAGE_MESSAGES_MAX);
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
        for (CacheFile.Message each : found) {
            messages.add(StoredForms.message(room.roomId, each.form()));
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

    @Override
    public ReadState readingAt(long roomId, long seq) {
        KeptRoom room = rooms.get(roomId);
        if (room == null) {
            return new ReadState(seq, 0, 0, 0);
        }
        return with(
                new ReadState(seq, 0, 0, 0),
                () -> {
                    int unread = 0;
                    int mentions = 0;
                    for (CacheFile.Message each :
                            file.from(room.key, seq + 1, Long.MAX_VALUE, Integer.MAX_VALUE)) {
                        ChatMessage message = StoredForms.message(roomId, each.form());
                        if (message.senderId() != selfId
                                && message.body() instanceof EventBody.Message body) {
                            unread++;
                            mentions += body.mentions().contains(selfId) ? 1 : 0;
                        }
                    }
                    return new ReadState(seq, unread, mentions, 0);
                });
    }

    // ---- saving

    private long changed(KeptRoom room) {
        room.isChanged = true;
        if (changes >= CHANGES_MAX) {
            save();
        } else if (save == null && !broken) {
            save = parts.timers().in(SAVE_NANOS, this::save);
        }
        return room.key;
    }

    private void save() {
        cancelSave();
        changes = 0;
        with(
                0L,
                () -> {
                    for (CacheFile.Trimmed trimmed : file.trim()) {
                        rooms.values().stream()
                                .filter(room -> room.key == trimmed.key())
                                .forEach(room -> room.cutUpTo(trimmed.upToSeq()));
                    }
                    for (KeptRoom room : rooms.values()) {
                        if (room.isChanged) {
                            room.isChanged = false;
                            file.putRoom(room.key, room.row());
                            file.putStretches(room.key, room.stretches.all());
                        }
                    }
                    file.commit();
                    return 0L;
                });
    }

    private void cancelSave() {
        if (save != null) {
            save.cancel();
            save = null;
        }
    }

    @Override
    public void close() {
        save();
        if (!broken) {
            broken = true;
            try {
                file.close();
            } catch (StoreException e) {
                // Everything was kept above; the next start repairs what is left of the log.
            }
        }
    }

    /// One room as it is in memory.
    private static final class KeptRoom {
        private final long key;
        private final long roomId;
        private final Stretches stretches;
        private final RecentChanges recent;
        private Id128 epoch;
        private long wireId;
        private RoomInfo info;
        private long lastSeq;
        private ReadState reading;
        private String draft;
        private boolean isChanged;

        private KeptRoom(CacheFile.KeyedRoom keyed, long roomId, List<Stretch> stretches)
                throws MalformedFrameException {
            this(keyed, roomId, StoredForms.room(keyed.room().info()).withId(roomId), stretches);
        }

        private KeptRoom(
                CacheFile.KeyedRoom keyed, long roomId, RoomInfo info, List<Stretch> stretches) {
            CacheFile.Room row = keyed.room();
            this.key = keyed.key();
            this.roomId = roomId;
            this.stretches = new Stretches(stretches);
            this.recent = new RecentChanges(row.lastSeq());
            this.epoch = row.epoch();
            this.wireId = row.wireId();
            this.info = info;
            this.lastSeq = row.lastSeq();
            this.reading =
                    new ReadState(row.readSeq(), row.unread(), row.mentions(), row.wantedSeq());
            this.draft = row.draft();
        }

        private CacheFile.Room row() {
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
        private void restartAt(long seq) {
            stretches.cutUpTo(Long.MAX_VALUE);
            recent.restartAt(seq);
            lastSeq = seq;
        }

        /// What happened up to this seq is not known.
        private void skipTo(long seq) {
            stretches.makeStale(lastSeq);
            recent.restartAt(seq);
            lastSeq = seq;
        }

        private void onEvent(RoomEvent event) {
            recent.onEvent(event);
            stretches.addFresh(event.seq(), event.seq());
            lastSeq = event.seq();
        }

        /// The server's page has everything from its first message to its last, and from its anchor
        /// and the ends of the log where those are nearer.
        private void addPage(HistoryAnchor anchor, HistoryMessages page) {
            List<ChatMessage> messages = page.messages();
            long first = messages.isEmpty() ? Long.MAX_VALUE : messages.getFirst().seq();
            long last = messages.isEmpty() ? 0 : messages.getLast().seq();
            long from = page.moreBefore() ? first : 1;
            long to = page.moreAfter() ? last : page.trueAsOfSeq();
            switch (anchor) {
                case HistoryAnchor.Before(long seq) -> to = seq - 1;
                case HistoryAnchor.After(long seq) -> from = seq + 1;
                case HistoryAnchor.Newest(),
                        HistoryAnchor.Around(_),
                        HistoryAnchor.FromTime(_) -> {}
            }
            stretches.addFresh(from, Math.min(to, lastSeq));
        }

        private void cutUpTo(long seq) {
            stretches.cutUpTo(seq);
        }

        private Optional<Stretch> newest() {
            return stretches.atOrBelow(lastSeq);
        }

        /// The fresh stretch that has what stands next to an anchor.
        private Optional<Stretch> freshFor(HistoryAnchor anchor) {
            return switch (anchor) {
                case HistoryAnchor.Newest() -> stretches.freshAt(lastSeq);
                case HistoryAnchor.Before(long seq) ->
                        stretches.freshAt(Math.min(seq - 1, lastSeq));
                case HistoryAnchor.After(long seq) -> stretches.freshAt(seq + 1);
                case HistoryAnchor.Around(long seq) -> stretches.freshAt(seq);
                case HistoryAnchor.FromTime(_) -> Optional.empty();
            };
        }

        private Optional<Stretch> anyFor(HistoryAnchor anchor) {
            return switch (anchor) {
                case HistoryAnchor.Newest(), HistoryAnchor.FromTime(_) -> newest();
                case HistoryAnchor.Before(long seq) -> stretches.atOrBelow(seq - 1);
                case HistoryAnchor.After(long seq) -> stretches.atOrAbove(seq + 1);
                case HistoryAnchor.Around(long seq) ->
                        stretches.atOrBelow(seq).or(() -> stretches.atOrAbove(seq));
            };
        }
    }
}
