package localchat.server.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;

/// A client's posts until they are acknowledged, and in which flight they are under way:
/// PROTOCOL.md, section 8. It outlives connections.
final class ClientOutbox {
    private static final long FIRST_PAUSE_NANOS = 50_000_000L;
    private static final int PAUSES_MAX = 6;
    private static final long NOT_SENT = 0;

    /// A post that waits or is under way.
    static final class Pending {
        private final MessageId id;
        private final long roomId;
        private final EventBody body;

        /// The latest sending on this connection.
        private long requestId = NOT_SENT;

        private Pending(MessageId id, long roomId, EventBody body) {
            this.id = id;
            this.roomId = roomId;
            this.body = body;
        }

        MessageId id() {
            return id;
        }

        long roomId() {
            return roomId;
        }

        EventBody body() {
            return body;
        }

        boolean isUnderWay() {
            return requestId != NOT_SENT;
        }
    }

    private final List<Pending> posts = new ArrayList<>();
    private int flight = 1;
    private boolean flightUsed;

    /// Whether posts were taken back, and wait for those before them and for the pause.
    private boolean broken;

    private long notBeforeNanos;
    private int refusalsInARow;
    private Optional<Pending> lastStored = Optional.empty();

    boolean isEmpty() {
        return posts.isEmpty();
    }

    int size() {
        return posts.size();
    }

    /// Posts that were sent on this connection and have no answer.
    int underWay() {
        int count = 0;
        for (Pending post : posts) {
            count += post.isUnderWay() ? 1 : 0;
        }
        return count;
    }

    int flight() {
        return flight;
    }

    /// What may be sent a second time and must come to nothing: the post sent last, which waits for
    /// its answer, or the one stored last. With another one, or behind a refusal that is not yet
    /// dealt with, the second sending could overtake others.
    Optional<Pending> sendable() {
        return broken
                ? Optional.empty()
                : posts.stream()
                        .filter(Pending::isUnderWay)
                        .max(Comparator.comparingLong(post -> post.requestId))
                        .or(() -> lastStored);
    }

    void add(MessageId id, long roomId, EventBody body) {
        posts.add(new Pending(id, roomId, body));
    }

    /// A new connection: nobody knows what became of those under way. It may be to a server that
    /// was restored from a backup and has never heard of the one stored last: sent a second time it
    /// would be stored, behind others.
    void onConnected() {
        lastStored = Optional.empty();
        posts.forEach(post -> post.requestId = NOT_SENT);
        flight = 1;
        flightUsed = false;
        broken = false;
        notBeforeNanos = 0;
    }

    /// The next one to be sent, of the rooms that are entered.
    Optional<Pending> next(long nowNanos, LongPredicate isEntered) {
        if (broken) {
            if (nowNanos - notBeforeNanos < 0 || underWay() > 0) {
                return Optional.empty();
            }
            broken = false;
        }
        for (Pending post : posts) {
            if (!post.isUnderWay() && isEntered.test(post.roomId)) {
                return Optional.of(post);
            }
        }
        return Optional.empty();
    }

    void onSent(Pending post, long requestId) {
        post.requestId = requestId;
        flightUsed = true;
    }

    /// It is stored.
    ///
    /// @return the post, if it was still waited for
    Optional<Pending> onStored(MessageId id) {
        for (Iterator<Pending> each = posts.iterator(); each.hasNext(); ) {
            Pending post = each.next();
            if (post.id.equals(id)) {
                each.remove();
                refusalsInARow = 0;
                lastStored = Optional.of(post);
                return lastStored;
            }
        }
        return Optional.empty();
    }

    /// A refusal of this sending. Stale ones change nothing.
    ///
    /// @return whether the flight was raised
    boolean onRefused(
            MessageId id, long requestId, boolean retryable, long nowNanos, int retryMillis) {
        Optional<Pending> refused =
                posts.stream()
                        .filter(post -> post.id.equals(id) && post.requestId == requestId)
                        .findFirst();
        if (refused.isEmpty()) {
            return false;
        }
        if (!retryable) {
            posts.remove(refused.get());
            return false;
        }
        for (Pending post : posts) {
            if (post.requestId >= requestId) {
                post.requestId = NOT_SENT;
            }
        }
        long pause = FIRST_PAUSE_NANOS << Math.min(PAUSES_MAX, refusalsInARow++);
        long wait = retryMillis > 0 ? retryMillis * 1_000_000L : pause;
        notBeforeNanos = Math.max(broken ? notBeforeNanos : 0, nowNanos + wait);
        broken = true;
        boolean raised = flightUsed;
        if (raised) {
            flight++;
            flightUsed = false;
        }
        return raised;
    }

    /// Whether posts to this room were sent on this connection and have no answer.
    boolean isUnderWayTo(long roomId) {
        return posts.stream().anyMatch(post -> post.roomId == roomId && post.isUnderWay());
    }

    /// Gives up what waits for other rooms than these: the person has gone from there. What is
    /// under way must be answered all the same.
    void keepOnly(LongPredicate isWanted) {
        posts.removeIf(post -> !post.isUnderWay() && !isWanted.test(post.roomId));
    }
}
