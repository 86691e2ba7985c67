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

    /// Where posts may go.
    interface Gate {
        /// Whether all rooms of before a loss were entered again or given up: until then posts
        /// wait.
        boolean isOpen();

        /// The server's id of an entered room; empty when it is not entered.
        Optional<Long> enteredWireId(long roomId);
    }

    private record Sent(Outbox.Entry entry, long requestId) {}

    private final SessionParts parts;
    private final Outbox outbox;
    private final Gate gate;
    private final TokenBucket bucket = new TokenBucket();
    private final LinkedHashMap<MessageId, Outbox.Entry> waiting = new LinkedHashMap<>();
    private final LinkedHashMap<MessageId, Sent> sent = new LinkedHashMap<>();
    private int inFlightMax = IN_FLIGHT_MAX;
    private int flight = 1;
    private boolean flightRefused;
    private int refusalsInRow;
    private long notBeforeNanos;
    private Timers.@Nullable Timer wake;

    PostFlow(SessionParts parts, Outbox outbox, Gate gate) {
        this.parts = parts;
        this.outbox = outbox;
        this.gate = gate;
        this.notBeforeNanos = parts.timers().nowNanos();
        for (Outbox.Entry entry : outbox.entries()) {
            waiting.put(entry.id(), entry);
        }
    }

    /// Takes a new post; one whose id is in here already is posted once.
    void post(Outbox.Entry entry) {
        Optional<Outbox.Entry> known = outbox.find(entry.id());
        if (known.isPresent()) {
            if (!known.get().equals(entry)) {
                String text =
                        "a message with the id " + entry.id() + " and another text is waiting";
                parts.ear().tell(new SessionEvent.ErrorReported(ErrorCode.CONFLICT, text));
            }
            return;
        }
        if (!outbox.add(entry)) {
            fail(entry, ErrorCode.BUSY, "too many messages wait to be sent");
            return;
        }
        waiting.put(entry.id(), entry);
        tell(entry, PostState.WAITING);
        pump();
    }

    /// Posts a failed one again. A post that failed is kept by the outbox, not by this one.
    void retry(MessageId id) {
        outbox.find(id)
                .filter(entry -> !sent.containsKey(id) && !waiting.containsKey(id))
                .ifPresent(entry -> {
                    waiting.put(id, entry);
                    tell(entry, PostState.WAITING);
                    pump();
                });
    }

    /// Takes a post back unless it is on its way.
    void discard(MessageId id) {
        if (waiting.remove(id) != null) {
            outbox.remove(id);
        }
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
        putBack(List.copyOf(sent.values()));
    }

    /// Sends what may be sent now.
    void pump() {
        cancelWake();
        while (maySend()) {
            Outbox.Entry next = waiting.firstEntry().getValue();
            Optional<Long> wireRoomId = gate.enteredWireId(next.roomId());
            if (wireRoomId.isEmpty()) {
                waiting.remove(next.id());
                fail(next, ErrorCode.NOT_IN_ROOM, "not in this room");
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
        Optional<Outbox.Entry> entry = outbox.find(id);
        if (entry.isEmpty()) {
            return;
        }
        sent.remove(id);
        waiting.remove(id);
        outbox.remove(id);
        refusalsInRow = 0;
        parts.ear()
                .tell(
                        new SessionEvent.PostChanged(
                                entry.get().roomId(),
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
            fail(post.entry, refused.code(), refused.text());
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

    private void fail(Outbox.Entry entry, ErrorCode code, String text) {
        outbox.remove(entry.id());
        parts.ear()
                .tell(
                        new SessionEvent.PostChanged(
                                entry.roomId(),
                                entry.id(),
                                PostState.FAILED,
                                Optional.of(new SessionEvent.Refusal(code, text)),
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
