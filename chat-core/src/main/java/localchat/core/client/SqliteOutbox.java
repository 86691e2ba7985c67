package localchat.core.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import localchat.core.client.SessionEvent.Refusal;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.store.OutboxFile;
import localchat.core.store.StoreException;

/// An outbox that outlives its session: the posts for one server, in memory and in a file. Belongs
/// to the session thread.
///
/// A change marks its post; [#commit] writes how all marked posts stand now, in one transaction.
/// When that fails they stay marked, so that the file follows as soon as it can.
final class SqliteOutbox implements Outbox {
    private static final Refusal NO_ROOM =
            new Refusal(ErrorCode.NOT_IN_ROOM, "not in this room; enter it and try again");
    private static final Refusal CLOSED =
            new Refusal(ErrorCode.NOT_NOW, "the session has ended; start it again and try again");

    private final OutboxFile file;
    private final LongFunction<Optional<OutboxFile.Room>> places;
    private final MemoryOutbox posts = new MemoryOutbox();
    private final Map<MessageId, Long> positions = new HashMap<>();
    private final Map<MessageId, OutboxFile.Room> stored = new HashMap<>();
    private final Map<Long, OutboxFile.Room> lastPlaces = new HashMap<>();
    private final Set<MessageId> marked = new LinkedHashSet<>();
    private Optional<Id128> serverId = Optional.empty();
    private long lastPosition;
    private boolean urgent;
    private Optional<Refusal> broken = Optional.empty();

    /// @param places where posts to a room of the front end's go, if the session knows the room
    SqliteOutbox(OutboxFile file, LongFunction<Optional<OutboxFile.Room>> places) {
        this.file = file;
        this.places = places;
    }

    /// Turns to the posts for a server.
    ///
    /// @param loaded all of them as they are in the file, in order, with the front end's room ids
    void turnTo(Id128 server, List<Loaded> loaded) {
        forgetAll();
        serverId = Optional.of(server);
        for (Loaded each : loaded) {
            MessageId id = each.kept().entry().id();
            posts.put(each.kept());
            positions.put(id, each.position());
            stored.put(id, each.place());
            lastPosition = Math.max(lastPosition, each.position());
        }
    }

    /// One post out of the file.
    record Loaded(Kept kept, long position, OutboxFile.Room place) {}

    private void forgetAll() {
        posts.clear();
        positions.clear();
        stored.clear();
        lastPlaces.clear();
        marked.clear();
    }

    @Override
    public Optional<Refusal> add(Entry entry) {
        if (broken.isPresent()) {
            return broken;
        }
        if (serverId.isEmpty() || places.apply(entry.roomId()).isEmpty()) {
            return Optional.of(NO_ROOM);
        }
        Optional<Refusal> refusal = posts.add(entry);
        if (refusal.isEmpty()) {
            putLast(entry.id());
        }
        return refusal;
    }

    private void putLast(MessageId id) {
        lastPosition++;
        positions.put(id, lastPosition);
        marked.add(id);
        urgent = true;
    }

    @Override
    public Optional<Kept> find(MessageId id) {
        return posts.find(id);
    }

    @Override
    public void fail(MessageId id, Refusal refusal) {
        if (posts.find(id).isPresent()) {
            posts.fail(id, refusal);
            marked.add(id);
        }
    }

    @Override
    public void retry(MessageId id) {
        if (posts.find(id).isPresent()) {
            posts.retry(id);
            putLast(id);
        }
    }

    @Override
    public void remove(MessageId id) {
        if (posts.find(id).isEmpty()) {
            return;
        }
        posts.remove(id);
        positions.remove(id);
        // A failed commit may have reached the file all the same.
        marked.add(id);
    }

    @Override
    public void discard(MessageId id) {
        if (posts.find(id).isPresent()) {
            remove(id);
            urgent = true;
        }
    }

    @Override
    public List<Kept> kept() {
        return posts.kept();
    }

    @Override
    public boolean isUrgent() {
        return urgent;
    }

    @Override
    public boolean isUnsaved() {
        return !marked.isEmpty() && broken.isEmpty();
    }

    @Override
    public Optional<Refusal> commit() {
        urgent = false;
        if (marked.isEmpty() || serverId.isEmpty()) {
            return Optional.empty();
        }
        if (broken.isPresent()) {
            return broken;
        }
        List<OutboxFile.Post> written = new ArrayList<>();
        List<MessageId> removed = new ArrayList<>();
        for (MessageId id : marked) {
            posts.find(id).ifPresentOrElse(kept -> written.add(row(kept)), () -> removed.add(id));
        }
        try {
            file.store(serverId.get(), written, removed);
        } catch (StoreException e) {
            return Optional.of(onFailed(e));
        }
        written.forEach(post -> stored.put(post.id(), post.room()));
        removed.forEach(stored::remove);
        marked.clear();
        return Optional.empty();
    }

    /// A room that is known no more leaves its posts where they were.
    private OutboxFile.Post row(Kept kept) {
        MessageId id = kept.entry().id();
        OutboxFile.Room place =
                places.apply(kept.entry().roomId())
                        .or(() -> Optional.ofNullable(stored.get(id)))
                        .orElseGet(() -> StoredForms.nowhere(kept.entry().roomId()));
        return new OutboxFile.Post(
                id,
                positions.getOrDefault(id, 0L),
                place,
                StoredForms.bytes(kept.entry()),
                kept.refusal().map(refusal -> refusal.code().name()).orElse(""),
                kept.refusal().map(Refusal::text).orElse(""));
    }

    private Refusal onFailed(StoreException e) {
        Refusal refusal =
                switch (e.kind()) {
                    case FULL ->
                            new Refusal(
                                    ErrorCode.STORAGE_FULL,
                                    "there is no space left on this computer's disk to keep the"
                                            + " message safe; free some space and try again");
                    case UNCONFIRMED ->
                            new Refusal(
                                    ErrorCode.STORAGE_FAILED,
                                    "this computer's disk did not confirm that the message is kept"
                                            + " safe; check the disk, restart the program and try"
                                            + " again");
                    case DAMAGED, NEWER, FAILED ->
                            new Refusal(
                                    ErrorCode.STORAGE_FAILED,
                                    "the message could not be kept safe on this computer ("
                                            + e.getMessage()
                                            + "); check the disk and try again");
                };
        if (e.kind() == StoreException.Kind.UNCONFIRMED) {
            end(refusal);
        }
        return refusal;
    }

    @Override
    public void turnAway(Refusal refusal) {
        if (marked.isEmpty() || commit().isEmpty()) {
            forgetAll();
            serverId = Optional.empty();
        } else {
            // What could not be kept for its own server must not be forgotten silently.
            posts.turnAway(refusal);
        }
    }

    @Override
    public void onEntered(long roomId) {
        Optional<OutboxFile.Room> now = places.apply(roomId);
        if (now.isEmpty() || now.get().equals(lastPlaces.put(roomId, now.get()))) {
            return;
        }
        for (Kept kept : posts.kept()) {
            MessageId id = kept.entry().id();
            if (kept.entry().roomId() == roomId && !now.get().equals(stored.get(id))) {
                marked.add(id);
            }
        }
    }

    @Override
    public void close() {
        if (broken.isEmpty()) {
            commit();
            end(CLOSED);
        }
    }

    private void end(Refusal why) {
        broken = Optional.of(why);
        try {
            file.close();
        } catch (StoreException e) {
            // Everything that was committed is there; nothing else is left to be done.
        }
    }
}
