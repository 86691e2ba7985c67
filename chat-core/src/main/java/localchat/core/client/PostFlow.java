package localchat.core.client;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageId;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.Post;
import org.jspecify.annotations.Nullable;

/// Own posts on their way from the outbox to the server's log: pipelined, paced, and in order
/// through refusals and losses. Belongs to the session thread.
///
/// A post is kept by the outbox before anything else happens to it: [#flush] keeps all that came
/// since the last call at once, and only then tells that they wait, and sends them.
///
/// Everything in `sent` was made before everything in `waiting`. A refusal that may be retried puts
/// the refused post and all sent after it back in front of `waiting`; they go out again in the next
/// flight when the server's pause is over and the earlier ones still in `sent` are decided, since
/// those may be refused too.
final class PostFlow {
    /// Posts in flight when the server sets no limit, and at most. Reason: with 4 KiB each, 4 MiB;
    /// a round trip of 100 ms still allows ten thousand posts a second.
    static final int IN_FLIGHT_MAX = 1_024;

    /// The longest wait after a refusal, in nanoseconds, unless the server asks for more. It
    /// doubles with each further refusal in a row, up to [#BACKOFF_NANOS_MAX].
    private static final long BACKOFF_NANOS = 100_000_000;

    private static final long BACKOFF_NANOS_MAX = 10_000_000_000L;
    private static final int DOUBLINGS_MAX = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Longest time for which the outbox may keep what is not urgent in memory alone, in
    /// nanoseconds. Reason: one commit a second costs nothing, and what a crash brings back is sent
    /// again with its id.
    private static final long SAVE_NANOS = 1_000_000_000;

    private static final SessionEvent.Refusal OTHER_SERVER =
            new SessionEvent.Refusal(
                    ErrorCode.NOT_FOUND,
                    "this is another server than the one the message was written for; it is kept for"
                            + " that one");

    /// Where posts may go.
    interface Gate {
        /// Whether all rooms of before a loss were entered again, given up or put off: until then
        /// posts wait.
        boolean isOpen();

        /// Whether a room that is not entered will be tried again: until then its posts wait, and
        /// those of other rooms go on.
        boolean isPutOff(long roomId);

        /// The server's id of an entered room; empty when it is not entered.
        Optional<Long> enteredWireId(long roomId);
    }

    private record Sent(Outbox.Entry entry, long requestId) {}

    /// Posts that the outbox did not take and that can be tried again; of more the newest. Reason:
    /// a person tries a handful again, and 1,000 of the longest are 4 MiB.
    static final int NOT_TAKEN_MAX = 1_000;

    private final SessionParts parts;
    private final Outbox outbox;
    private final Gate gate;
    private final TokenBucket bucket = new TokenBucket();
    private final LinkedHashMap<MessageId, Outbox.Entry> unsaved = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, Outbox.Entry> waiting = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, Sent> sent = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, Outbox.Entry> notTaken = new LinkedHashMap<>();

    /// Posts to rooms that are put off, all made before those for the same rooms in `waiting`.
    private final LinkedHashMap<MessageId, Outbox.Entry> aside = new LinkedHashMap<>();

    private int inFlightMax = IN_FLIGHT_MAX;
    private int flight = 1;
    private boolean flightRefused;
    private int refusalsInRow;
    private long notBeforeNanos;
    private Timers.@Nullable Timer wake;
    private Timers.@Nullable Timer save;

    PostFlow(SessionParts parts, Outbox outbox, Gate gate) {
        this.parts = parts;
        this.outbox = outbox;
        this.gate = gate;
        this.notBeforeNanos = parts.timers().nowNanos();
        restore();
    }

    /// Takes over what the outbox has from an earlier run. Nothing of it is told.
    void restore() {
        for (Outbox.Kept kept : outbox.kept()) {
            if (kept.refusal().isEmpty()) {
                waiting.put(kept.entry().id(), kept.entry());
            }
        }
    }

    /// Takes a new post; one whose id is in here already is posted once.
    void post(Outbox.Entry entry) {
        Optional<Outbox.Kept> known = outbox.find(entry.id());
        if (known.isEmpty()) {
            add(entry);
        } else if (!known.get().entry().equals(entry)) {
            String text = "a message with the id " + entry.id() + " and another text is waiting";
            parts.ear().tell(new SessionEvent.ErrorReported(ErrorCode.CONFLICT, text));
        } else if (known.get().refusal().isPresent()) {
            retry(entry.id());
        }
    }

    private void add(Outbox.Entry entry) {
        notTaken.remove(entry.id());
        Optional<SessionEvent.Refusal> refusal = outbox.add(entry);
        if (refusal.isEmpty()) {
            unsaved.put(entry.id(), entry);
            return;
        }
        notTaken.put(entry.id(), entry);
        if (notTaken.size() > NOT_TAKEN_MAX) {
            notTaken.remove(notTaken.firstEntry().getKey());
        }
        tellFailed(entry, refusal.get());
    }

    /// Posts a failed one again.
    void retry(MessageId id) {
        Optional<Outbox.Kept> known = outbox.find(id);
        if (notTaken.containsKey(id)) {
            add(notTaken.get(id));
        } else if (known.isEmpty()) {
            String text = "this message is not kept here any more; write it again";
            parts.ear().tell(new SessionEvent.ErrorReported(ErrorCode.NOT_FOUND, text));
        } else if (known.get().refusal().isPresent()) {
            outbox.retry(id);
            unsaved.put(id, known.get().entry());
        }
    }

    /// Takes a post back unless it is on its way.
    void discard(MessageId id) {
        if (!sent.containsKey(id)) {
            notTaken.remove(id);
            unsaved.remove(id);
            waiting.remove(id);
            aside.remove(id);
            outbox.discard(id);
        }
    }

    /// Keeps what came since the last call, tells that it waits, and sends what may be sent.
    void flush() {
        if (outbox.isUrgent() || !unsaved.isEmpty()) {
            keep();
            pump();
        }
        if (save == null && outbox.isUnsaved()) {
            save = parts.timers().in(SAVE_NANOS, this::save);
        }
    }

    /// Whether nothing came since the last [#flush].
    boolean isFlushed() {
        return unsaved.isEmpty() && !outbox.isUrgent();
    }

    private void keep() {
        List<Outbox.Entry> entries = List.copyOf(unsaved.values());
        unsaved.clear();
        Optional<SessionEvent.Refusal> trouble = outbox.commit();
        for (Outbox.Entry entry : entries) {
            if (trouble.isPresent()) {
                fail(entry, trouble.get());
            } else {
                waiting.put(entry.id(), entry);
                tell(entry, PostState.WAITING);
            }
        }
    }

    /// What cannot be kept now is tried again a second later; whom it concerns was told.
    private void save() {
        save = null;
        Optional<SessionEvent.Refusal> trouble = outbox.commit();
        assert trouble.isEmpty() || outbox.isUnsaved() : trouble;
    }

    /// The server is another one than before: what waits is not for it.
    void onOtherServer() {
        keep();
        takeBackAside();
        List<Outbox.Entry> left = new ArrayList<>(waiting.values());
        waiting.clear();
        outbox.turnAway(OTHER_SERVER);
        left.forEach(entry -> tellFailed(entry, OTHER_SERVER));
    }

    /// The session ends: what came is kept, and nothing is sent any more.
    void close() {
        keep();
        outbox.close();
    }

    /// A room was entered.
    void onEntered(long roomId) {
        outbox.onEntered(roomId);
    }

    /// Logged in: takes over the server's limits. Posting begins with [#pump].
    void onConnected(Limits limits) {
        long now = parts.timers().nowNanos();
        bucket.limitTo(limits.getPostsPerSecond(), limits.getPostsBurst(), now);
        int serverMax = limits.getPostsInFlightMax();
        inFlightMax = serverMax <= 0 ? IN_FLIGHT_MAX : Math.min(serverMax, IN_FLIGHT_MAX);
        flight = 1;
        flightRefused = false;
        notBeforeNanos = now;
    }

    /// The connection is lost: what was not acknowledged is sent again, before anything newer.
    void onLost() {
        takeBackAside();
        putBack(List.copyOf(sent.values()));
    }

    /// A room that was put off is entered or given up.
    void onPutOffEnded() {
        takeBackAside();
        pump();
    }

    private void takeBackAside() {
        aside.reversed().forEach((id, entry) -> waiting.putFirst(id, entry));
        aside.clear();
    }

    /// Sends what may be sent now.
    void pump() {
        cancelWake();
        while (maySend()) {
            Outbox.Entry next = waiting.firstEntry().getValue();
            Optional<Long> wireRoomId = gate.enteredWireId(next.roomId());
            if (wireRoomId.isEmpty() && gate.isPutOff(next.roomId())) {
                waiting.remove(next.id());
                aside.put(next.id(), next);
                continue;
            }
            if (wireRoomId.isEmpty()) {
                waiting.remove(next.id());
                fail(next, new SessionEvent.Refusal(ErrorCode.NOT_IN_ROOM, "not in this room"));
                continue;
            }
            long now = parts.timers().nowNanos();
            long pause = Math.max(notBeforeNanos - now, bucket.nanosToNext(now));
            if (pause > 0 || !bucket.tryTake(now)) {
                wake = parts.timers().in(Math.max(pause, NANOS_PER_MILLI), this::pump);
                return;
            }
            send(next, wireRoomId.get());
        }
    }

    private boolean maySend() {
        boolean earlierUndecided = flightRefused && !sent.isEmpty();
        return !waiting.isEmpty()
                && !earlierUndecided
                && sent.size() < inFlightMax
                && parts.uplink().isOnline()
                && gate.isOpen();
    }

    private void send(Outbox.Entry entry, long wireRoomId) {
        flightRefused = false;
        long requestId = parts.uplink().newRequestId();
        waiting.remove(entry.id());
        sent.put(entry.id(), new Sent(entry, requestId));
        Post.Builder post =
                Post.newBuilder()
                        .setRoomId(wireRoomId)
                        .setClientMsgId(ByteString.copyFrom(entry.id().bytes()))
                        .setFlight(flight);
        WireEncoding.body(post, entry.body());
        parts.uplink().send(ClientFrame.newBuilder().setRequestId(requestId).setPost(post).build());
        tell(entry, PostState.SENT);
    }

    /// The server has this post: its event came, or the answer that it was stored before. Nothing
    /// happens when it is not in the outbox.
    void onStored(MessageId id, long seq, long timeMillis) {
        Optional<Outbox.Kept> kept = outbox.find(id);
        if (kept.isEmpty()) {
            return;
        }
        sent.remove(id);
        waiting.remove(id);
        aside.remove(id);
        unsaved.remove(id);
        outbox.remove(id);
        refusalsInRow = 0;
        parts.ear()
                .tell(
                        new SessionEvent.PostChanged(
                                kept.get().entry().roomId(),
                                id,
                                PostState.STORED,
                                Optional.empty(),
                                seq,
                                timeMillis));
        pump();
    }

    /// The server refused a post. An answer to an earlier sending of the same post says nothing
    /// new.
    ///
    /// @param requestId the id of the sending that was refused, 0 when the server did not say
    void onRefused(MessageId id, long requestId, PendingRequests.Refused refused) {
        Sent post = sent.get(id);
        if (post == null || (requestId != 0 && requestId != post.requestId)) {
            return;
        }
        if (refused.retryable()) {
            retryFrom(id, refused);
        } else {
            sent.remove(id);
            fail(post.entry, new SessionEvent.Refusal(refused.code(), refused.text()));
        }
        pump();
    }

    private void retryFrom(MessageId id, PendingRequests.Refused refused) {
        List<Sent> later = new ArrayList<>();
        for (Map.Entry<MessageId, Sent> post : sent.entrySet()) {
            if (!later.isEmpty() || post.getKey().equals(id)) {
                later.add(post.getValue());
            }
        }
        putBack(later);
        if (!flightRefused) {
            flight++;
            flightRefused = true;
            refusalsInRow++;
            tellTrouble(refused);
        }
        long now = parts.timers().nowNanos();
        if (refused.code() == ErrorCode.RATE_LIMITED) {
            bucket.empty(now);
        }
        long asked =
                Math.min(refused.retryAfterMillis(), ReconnectPolicy.RETRY_AFTER_MILLIS_MAX)
                        * NANOS_PER_MILLI;
        notBeforeNanos = now + Math.max(asked, backoffNanos());
    }

    /// What waits because of the server's disk waits for a person.
    private void tellTrouble(PendingRequests.Refused refused) {
        switch (refused.code()) {
            case STORAGE_FULL, STORAGE_FAILED ->
                    parts.ear()
                            .tell(new SessionEvent.ErrorReported(refused.code(), refused.text()));
            default -> {}
        }
    }

    private long backoffNanos() {
        long doubled = BACKOFF_NANOS << Math.clamp(refusalsInRow - 1, 0, DOUBLINGS_MAX);
        double jitter = 0.5 + parts.environment().random().nextDouble() / 2;
        return (long) (Math.min(doubled, BACKOFF_NANOS_MAX) * jitter);
    }

    /// Puts posts back from `sent` to the front of `waiting`, keeping their order.
    private void putBack(List<Sent> posts) {
        for (Sent post : posts.reversed()) {
            sent.remove(post.entry.id());
            waiting.putFirst(post.entry.id(), post.entry);
        }
        for (Sent post : posts) {
            tell(post.entry, PostState.WAITING);
        }
    }

    private void fail(Outbox.Entry entry, SessionEvent.Refusal refusal) {
        outbox.fail(entry.id(), refusal);
        tellFailed(entry, refusal);
    }

    private void tellFailed(Outbox.Entry entry, SessionEvent.Refusal refusal) {
        parts.ear()
                .tell(
                        new SessionEvent.PostChanged(
                                entry.roomId(),
                                entry.id(),
                                PostState.FAILED,
                                Optional.of(refusal),
                                0,
                                0));
    }

    private void tell(Outbox.Entry entry, PostState state) {
        parts.ear()
                .tell(
                        new SessionEvent.PostChanged(
                                entry.roomId(), entry.id(), state, Optional.empty(), 0, 0));
    }

    private void cancelWake() {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
    }
}
