package localchat.server.storage;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.account.AccountStore;
import localchat.server.room.CommitListener;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomRules;
import localchat.server.room.RoomState;
import org.jspecify.annotations.Nullable;

/// A message log, directory and store of accounts in memory: everything in it ends with the
/// process. Belongs to the loop thread.
///
/// It keeps [#EVENTS_MAX] events over all rooms, of [#EVENT_BYTES] each on average; past that the
/// oldest of all rooms go first, and with them the knowledge that their posts were sent before.
public final class MemoryLog implements MessageLog, Directory, AccountStore {
    /// Events kept in all rooms together. Reason: weeks of an office in 25 MB of heap.
    public static final int EVENTS_MAX = 100_000;

    /// Bytes of an event on the wire, on average at most: 64 MB with the standard number of events.
    /// Reason: four times what people write; the longest have seven times as much.
    private static final int EVENT_BYTES = 640;

    /// Posts decided in one go. Reason: as many as one transaction of the durable log takes; and
    /// what is decided soon is garbage while it is young.
    private static final int POSTS_PER_COMMIT = 256;

    /// Read markers kept; past that the ones unused for longest go. Reason: some 10 MB of heap.
    private static final int MARKERS_MAX = 100_000;

    /// What rooms no longer keep is looked for so often, in milliseconds.
    private static final long EXPIRY_MILLIS = 60_000;

    /// Messages of one room that expire at once. Reason: some milliseconds of the loop.
    private static final int EXPIRED_AT_ONCE = 500;

    private final Id128 epoch;
    private final LongSupplier epochMillis;
    private final Consumer<Runnable> later;
    private final Letters letters;
    private final int eventsMax;
    private final Map<Long, MemoryRoom> rooms = new HashMap<>();

    private final RoomHistory.Spare spare = new RoomHistory.Spare();
    private final PostIndex posts;
    private final ArrayList<LogPost> waiting = new ArrayList<>();
    private CommitListener listener = outcome -> {};
    private final LinkedHashMap<ReaderKey, Long> markers =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ReaderKey, Long> eldest) {
                    return size() > MARKERS_MAX;
                }
            };

    private long bytesKept;
    private long nextRoomId = 1;
    private long nextUserId = 1;
    private long expiredAtMillis;

    /// @param epochMillis the server's clock, milliseconds since 1970-01-01T00:00:00Z
    /// @param later runs a task on the loop thread, later in this turn or in the next one
    public MemoryLog(Id128 epoch, LongSupplier epochMillis, Consumer<Runnable> later) {
        this(epoch, epochMillis, later, EVENTS_MAX);
    }

    /// As above.
    ///
    /// @param eventsMax events kept, instead of [#EVENTS_MAX]; at least 1
    public MemoryLog(
            Id128 epoch, LongSupplier epochMillis, Consumer<Runnable> later, int eventsMax) {
        this.epoch = epoch;
        this.epochMillis = epochMillis;
        this.later = later;
        this.letters = new Letters(later);
        this.eventsMax = eventsMax;
        this.posts = new PostIndex(new SecureRandom());
        this.expiredAtMillis = epochMillis.getAsLong();
    }

    @Override
    public void listener(CommitListener hears) {
        listener = hears;
    }

    @Override
    public Id128 epoch() {
        return epoch;
    }

    @Override
    public boolean offer(LogPost post) {
        waiting.add(post);
        if (waiting.size() == 1) {
            later.accept(this::commitAll);
        } else if (waiting.size() == POSTS_PER_COMMIT) {
            commitAll();
        }
        return true;
    }

    /// Decides what waits. A fault in hearing of one decision keeps nobody from hearing of the
    /// others, and is not the fault of whoever posted last.
    private void commitAll() {
        if (waiting.isEmpty()) {
            return;
        }
        long now = epochMillis.getAsLong();
        List<LogPost> taken = List.copyOf(waiting);
        waiting.clear();
        listener.onCommit();
        for (LogPost post : taken) {
            try {
                listener.onPostDecided(decide(post, now));
            } catch (RuntimeException fault) {
                later.accept(() -> {
                    throw fault;
                });
            }
        }
        if (Math.abs(now - expiredAtMillis) >= EXPIRY_MILLIS) {
            expiredAtMillis = now;
            expire(now);
        }
    }

    private PostOutcome decide(LogPost post, long now) {
        int before = posts.find(post);
        if (before >= 0) {
            return decideAgain(post, posts.room(before), posts.seq(before));
        }
        MemoryRoom room = rooms.get(post.roomId());
        if (room == null) {
            return new PostOutcome.Refused(
                    post, ErrorCode.NOT_FOUND, "there is no such room on this server");
        }
        // Before the decision: what it is about must still be there when it is stored.
        if (posts.size() == eventsMax) {
            forgetOldest();
        }
        Optional<RoomRules.Refusal> refusal =
                MessageBounds.judge(room.state(), post.sender(), post.body(), room);
        if (refusal.isPresent()) {
            return new PostOutcome.Refused(
                    post, refusal.orElseThrow().code(), refusal.orElseThrow().text());
        }
        return store(post, room, now);
    }

    private PostOutcome store(LogPost post, MemoryRoom room, long now) {
        long seq = room.history().headSeq() + 1;
        RoomEvent event =
                new RoomEvent(
                        post.roomId(),
                        seq,
                        now,
                        post.senderId(),
                        post.senderName(),
                        post.id(),
                        post.body());
        EncodedFrame frame = WireEncoding.encodedEvent(event);
        posts.add(post, seq);
        bytesKept += frame.length() + room.add(event, frame);
        while (bytesKept > (long) eventsMax * EVENT_BYTES && posts.size() > 1) {
            forgetOldest();
        }
        return new PostOutcome.Stored(post, seq, now, frame);
    }

    private PostOutcome decideAgain(LogPost post, long roomBefore, long seqBefore) {
        MemoryRoom room = room(roomBefore);
        boolean same = roomBefore == post.roomId() && room.isBodyOf(seqBefore, post.body());
        return same
                ? new PostOutcome.Duplicate(
                        post, seqBefore, room.history().event(seqBefore).timeMillis())
                : new PostOutcome.Refused(
                        post,
                        ErrorCode.CONFLICT,
                        "this client_msg_id stands for another message already");
    }

    private void forgetOldest() {
        bytesKept -= room(posts.oldestRoom()).removeOldest();
        posts.removeOldest();
    }

    /// The room of an event that is kept.
    private MemoryRoom room(long roomId) {
        MemoryRoom room = rooms.get(roomId);
        if (room == null) {
            throw new IllegalStateException("room " + roomId + " has events and is not known");
        }
        return room;
    }

    /// Buries what rooms keep no longer, a bounded number of messages in each.
    void expire(long now) {
        for (MemoryRoom room : rooms.values()) {
            OptionalInt longer = room.expire(now, EXPIRED_AT_ONCE);
            bytesKept += longer.orElse(0);
        }
    }

    @Override
    public long oldestSeq(long roomId) {
        MemoryRoom room = rooms.get(roomId);
        return room == null ? 1 : room.history().firstSeq();
    }

    @Override
    public void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer) {
        MemoryRoom room = rooms.get(roomId);
        if (room == null) {
            answer.accept(new Reading.Found<>(new Events(Math.max(1, fromSeq), List.of())));
            return;
        }
        RoomHistory history = room.history();
        long first = Math.max(fromSeq, history.firstSeq());
        long last = Math.min(toSeq, history.headSeq());
        ArrayList<EncodedFrame> frames = new ArrayList<>();
        int bytes = 0;
        for (long seq = first; seq <= last; seq++) {
            EncodedFrame frame = history.frame(seq);
            bytes += frame.length();
            if (!frames.isEmpty() && bytes > bytesMax) {
                break;
            }
            frames.add(frame);
        }
        answer.accept(new Reading.Found<>(new Events(first, frames)));
    }

    @Override
    public void readPage(
            long roomId,
            long visibleFromSeq,
            PageAnchor anchor,
            int messagesMax,
            Consumer<Reading<Page>> answer) {
        MemoryRoom room = rooms.get(roomId);
        if (room == null) {
            answer.accept(new Reading.Found<>(new Page(List.of(), 0, false, false)));
            return;
        }
        MemoryRoom.Run run = room.page(visibleFromSeq, anchor, messagesMax);
        answer.accept(
                new Reading.Found<>(
                        new Page(
                                run.messages(),
                                room.history().headSeq(),
                                run.moreBefore(),
                                run.moreAfter())));
    }

    @Override
    public List<KeptRoom> rooms() {
        return rooms.entrySet().stream()
                .map(entry ->
                        new KeptRoom(
                                entry.getKey(),
                                entry.getValue().state().copy(),
                                entry.getValue().history().headSeq(),
                                entry.getValue().headMillis()))
                .toList();
    }

    /// Nobody: who was here is known to whoever let them in, and this log begins with that one.
    @Override
    public List<KeptPerson> people() {
        return List.of();
    }

    /// See [#people].
    @Override
    public Kept accounts() {
        return Kept.NOTHING;
    }

    /// See [#people].
    @Override
    public void put(AccountRecord record) {}

    /// See [#people].
    @Override
    public void remove(AccountKey key) {}

    /// See [#people].
    @Override
    public void adminCode(Optional<Digest32> hash) {}

    @Override
    public boolean isBehind() {
        return false;
    }

    @Override
    public void whenWritten(Runnable told) {
        letters.send(told);
    }

    @Override
    public boolean hasRoomId() {
        return true;
    }

    @Override
    public boolean hasUserId() {
        return true;
    }

    @Override
    public long newRoomId() {
        return nextRoomId++;
    }

    @Override
    public long newUserId() {
        return nextUserId++;
    }

    @Override
    public void addRoom(long roomId, RoomState initial) {
        rooms.putIfAbsent(roomId, new MemoryRoom(initial.copy(), spare));
    }

    /// See [#people].
    @Override
    public void addPerson(KeptPerson person) {}

    @Override
    public void markRead(long userId, long roomId, long seq) {
        markers.merge(
                new ReaderKey(userId, roomId), Math.clamp(seq, 0, EventKey.SEQ_MAX), Math::max);
    }

    @Override
    public void readMarker(
            long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer) {
        Long marked = markers.get(new ReaderKey(userId, roomId));
        answer.accept(new Reading.Found<>(marker(userId, rooms.get(roomId), fromStart, marked)));
    }

    private static Marker marker(
            long userId, @Nullable MemoryRoom room, boolean fromStart, @Nullable Long marked) {
        long seq = marked == null ? 0 : marked;
        if (room == null || (marked == null && !fromStart)) {
            return new Marker(seq, 0, 0, marked != null);
        }
        // What somebody may not read is not unread.
        long after = Math.max(seq, room.state().visibleFromSeq(userId) - 1);
        return new Marker(
                seq, room.unread(userId, after), room.mentions(userId, after), marked != null);
    }
}
