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

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long DAY_MILLIS = 86_400_000;

    private final SessionParts parts;
    private final CacheFile file;
    private final Path folder;
    private final KeptPages pages;
    private final Map<Long, KeptRoom> rooms = new LinkedHashMap<>();
    private Optional<Id128> serverId = Optional.empty();
    private Timers.@Nullable Timer save;
    private int changes;
    private long selfId;

    /// The server's clock less [Clock#nanos], in milliseconds; empty before the first login.
    private OptionalLong serverMillisAtZero = OptionalLong.empty();

    private boolean broken;

    /// @param folder of the profile
    KeptRooms(SessionParts parts, CacheFile file, Path folder) {
        this.parts = parts;
        this.file = file;
        this.folder = folder;
        this.pages = new KeptPages(file, this::oldestMillis);
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
            HistoryMessages page = pages.page(room, anchor, RESTORED_MESSAGES, room.newest().get());
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
    public void onConnected(long userId, long serverTimeMillis) {
        selfId = userId;
        long nowMillis = parts.timers().nowNanos() / NANOS_PER_MILLI;
        serverMillisAtZero = OptionalLong.of(serverTimeMillis - nowMillis);
    }

    /// What is older has expired in a room, by the server's clock, as far as that is known.
    private long oldestMillis(KeptRoom room) {
        int days = room.info.settings().retentionDays();
        if (days == 0 || serverMillisAtZero.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long nowMillis =
                serverMillisAtZero.getAsLong() + parts.timers().nowNanos() / NANOS_PER_MILLI;
        return nowMillis - days * DAY_MILLIS;
    }

    /// The server shows what has expired as tombstones, without an event; here it goes.
    private void removeExpired(KeptRoom room) throws StoreException {
        long oldestMillis = oldestMillis(room);
        if (oldestMillis != Long.MIN_VALUE) {
            file.trimBefore(room.key, oldestMillis)
                    .ifPresent(trimmed -> room.cutUpTo(trimmed.upToSeq()));
        }
        int messages = room.info.settings().retentionMessages();
        if (messages > 0) {
            file.trimTo(room.key, messages).ifPresent(trimmed -> room.cutUpTo(trimmed.upToSeq()));
        }
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
                        Optional.of(pages.page(room, anchor, limit, stretch.get()))
                                .filter(page -> KeptPages.isComplete(anchor, limit, page)));
    }

    @Override
    public Optional<HistoryMessages> known(long roomId, HistoryAnchor anchor, int limit) {
        KeptRoom room = rooms.get(roomId);
        Optional<Stretch> stretch = room == null ? Optional.empty() : room.anyFor(anchor);
        return room == null || stretch.isEmpty()
                ? Optional.empty()
                : with(
                        Optional.<HistoryMessages>empty(),
                        () -> Optional.of(pages.page(room, anchor, limit, stretch.get())));
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
                            removeExpired(room);
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
}
