package localchat.server.storage;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.RoomEvent;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.room.CommitListener;
import localchat.server.room.Directory;
import localchat.server.room.LogPost;
import localchat.server.room.MessageLog;
import localchat.server.room.PostOutcome;
import localchat.server.room.Reading;
import localchat.server.room.RoomState;

/// A message log in memory: everything in it ends with the process. Belongs to the loop thread.
///
/// It keeps [#EVENTS_MAX] events over all rooms, of [#EVENT_BYTES] each on average; past that the
/// oldest of all rooms go first, and with them the knowledge that their posts were sent before.
public final class MemoryLog implements MessageLog, Directory {
    /// Events kept in all rooms together. Reason: weeks of an office in 25 MB of heap.
    public static final int EVENTS_MAX = 100_000;

    /// Bytes of an event on the wire, on average at most: 64 MB with the standard number of events.
    /// Reason: four times what people write; the longest have seven times as much.
    private static final int EVENT_BYTES = 640;

    /// Posts decided in one go. Reason: as many as one transaction of the durable log takes; and
    /// what is decided soon is garbage while it is young.
    private static final int POSTS_PER_COMMIT = 256;

    private final Id128 epoch;
    private final LongSupplier epochMillis;
    private final Consumer<Runnable> later;
    private final int eventsMax;
    private final Map<Long, RoomHistory> histories = new HashMap<>();

    private final RoomHistory.Spare spare = new RoomHistory.Spare();
    private final PostIndex posts;
    private final ArrayList<LogPost> waiting = new ArrayList<>();
    private CommitListener listener = outcome -> {};
    private long bytesKept;

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
        this.eventsMax = eventsMax;
        this.posts = new PostIndex(new SecureRandom());
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
    }

    private PostOutcome decide(LogPost post, long now) {
        int before = posts.find(post);
        if (before >= 0) {
            return decideAgain(post, posts.room(before), posts.seq(before));
        }
        if (posts.size() == eventsMax) {
            forgetOldest();
        }
        RoomHistory history =
                histories.computeIfAbsent(post.roomId(), id -> new RoomHistory(spare));
        long seq = history.headSeq() + 1;
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
        history.add(frame);
        posts.add(post, seq);
        bytesKept += frame.length();
        while (bytesKept > (long) eventsMax * EVENT_BYTES && posts.size() > 1) {
            forgetOldest();
        }
        return new PostOutcome.Stored(post, seq, now, frame);
    }

    private PostOutcome decideAgain(LogPost post, long roomBefore, long seqBefore) {
        RoomEvent before = history(roomBefore).event(seqBefore);
        boolean same = roomBefore == post.roomId() && before.body().equals(post.body());
        return same
                ? new PostOutcome.Duplicate(post, seqBefore, before.timeMillis())
                : new PostOutcome.Refused(
                        post,
                        ErrorCode.CONFLICT,
                        "this client_msg_id stands for another message already");
    }

    private void forgetOldest() {
        bytesKept -= history(posts.oldestRoom()).removeOldest();
        posts.removeOldest();
    }

    private RoomHistory history(long roomId) {
        return histories.getOrDefault(roomId, RoomHistory.NONE);
    }

    @Override
    public long oldestSeq(long roomId) {
        return history(roomId).firstSeq();
    }

    @Override
    public void readEvents(
            long roomId, long fromSeq, long toSeq, int bytesMax, Consumer<Reading<Events>> answer) {
        RoomHistory history = history(roomId);
        long first = Math.max(fromSeq, history.firstSeq());
        ArrayList<EncodedFrame> frames = new ArrayList<>();
        int bytes = 0;
        for (long seq = first; seq <= Math.min(toSeq, history.headSeq()); seq++) {
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
        RoomHistory history = history(roomId);
        long first = history.firstSeq();
        long head = history.headSeq();
        long from =
                switch (anchor) {
                    case PageAnchor.Before(long seq) ->
                            (seq == 0 ? head + 1 : Math.min(seq, head + 1)) - messagesMax;
                    case PageAnchor.After(long seq) -> Math.clamp(seq, first - 1, head) + 1;
                    case PageAnchor.Around(long seq) ->
                            Math.max(Math.min(seq, head + 1) - messagesMax / 2, first);
                    case PageAnchor.FromTime(long time) -> history.firstSeqFrom(time);
                };
        long to = Math.min(head, from + messagesMax - 1);
        from = Math.max(from, first);
        ArrayList<ChatMessage> messages = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            messages.add(ChatMessage.of(history.event(seq)));
        }
        boolean moreBefore = from > first && first <= head;
        answer.accept(new Reading.Found<>(new Page(messages, head, moreBefore, to < head)));
    }

    private long lastRoomId;
    private long lastUserId;

    @Override
    public List<KeptRoom> rooms() {
        return List.of();
    }

    @Override
    public List<KeptPerson> people() {
        return List.of();
    }

    @Override
    public long newRoomId() {
        return ++lastRoomId;
    }

    @Override
    public long newUserId() {
        return ++lastUserId;
    }

    @Override
    public void addRoom(long roomId, RoomState initial) {}

    @Override
    public void addPerson(KeptPerson person) {}

    @Override
    public void markRead(long userId, long roomId, long seq) {}

    @Override
    public void readMarker(
            long userId, long roomId, boolean fromStart, Consumer<Reading<Marker>> answer) {
        answer.accept(new Reading.Found<>(new Marker(0, 0, 0, false)));
    }
}
