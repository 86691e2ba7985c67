package localchat.server.torture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localchat.core.model.MessageId;

/// The posts of one client that are not acknowledged, and the rules of PROTOCOL.md section 8 by
/// which they are sent and sent again: flights, the way back of a refused post and of all behind
/// it, the wait for those ahead. Knows no sockets and no clock.
final class LoadOutbox {
    /// Posts under way at one time. Reason: below the server's `posts_in_flight_max`, and enough
    /// that a refusal hits a pipeline.
    static final int UNDER_WAY_MAX = 256;

    /// First pause after a refusal that names none, in nanoseconds; doubled up to the longest.
    private static final long PAUSE_NANOS = 50_000_000L;

    private static final long PAUSE_NANOS_MAX = 1_000_000_000L;

    /// A post.
    static final class Item {
        private final MessageId id;
        private final LoadRoom room;
        private final String text;
        private final long madeNanos;
        private long latestRequest;

        Item(MessageId id, LoadRoom room, String text, long madeNanos) {
            this.id = id;
            this.room = room;
            this.text = text;
            this.madeNanos = madeNanos;
        }

        MessageId id() {
            return id;
        }

        LoadRoom room() {
            return room;
        }

        String text() {
            return text;
        }

        long madeNanos() {
            return madeNanos;
        }
    }

    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final LinkedHashMap<MessageId, Item> underWay = new LinkedHashMap<>();
    private int flight = 1;
    private boolean sentInFlight;
    private boolean drains;
    private long pausedUntilNanos = Long.MIN_VALUE;
    private int refusalsInARow;

    void add(Item item) {
        waiting.add(item);
    }

    int size() {
        return waiting.size() + underWay.size();
    }

    int flight() {
        return flight;
    }

    /// A connection on which nothing was sent yet: everything is to be sent again, in its order.
    void onConnected() {
        takeBack(List.copyOf(underWay.values()));
        flight = 1;
        sentInFlight = false;
        drains = false;
        refusalsInARow = 0;
        pausedUntilNanos = Long.MIN_VALUE;
    }

    /// The next post to send, which is under way from now on.
    Optional<Item> next(long nowNanos, long requestId) {
        drains &= !underWay.isEmpty();
        if (drains || nowNanos < pausedUntilNanos || underWay.size() >= UNDER_WAY_MAX) {
            return Optional.empty();
        }
        Item item = waiting.poll();
        if (item == null) {
            return Optional.empty();
        }
        item.latestRequest = requestId;
        underWay.put(item.id, item);
        sentInFlight = true;
        return Optional.of(item);
    }

    /// A post is stored.
    ///
    /// @return the post; nothing when that was known before
    Optional<Item> onStored(MessageId id) {
        Item item = underWay.remove(id);
        if (item == null) {
            item = waiting.stream().filter(each -> each.id.equals(id)).findAny().orElse(null);
            if (item != null) {
                waiting.remove(item);
            }
        }
        if (item != null) {
            refusalsInARow = 0;
        }
        return Optional.ofNullable(item);
    }

    /// A post was refused for good.
    void onRefusedForGood(MessageId id, long requestId) {
        Item item = underWay.get(id);
        if (item != null && item.latestRequest == requestId) {
            underWay.remove(id);
        }
    }

    /// A post was refused and may be sent again.
    void onRefused(MessageId id, long requestId, long retryAfterNanos, long nowNanos) {
        Item refused = underWay.get(id);
        if (refused == null || refused.latestRequest != requestId) {
            return;
        }
        List<Item> back = new ArrayList<>();
        for (Map.Entry<MessageId, Item> each : underWay.entrySet()) {
            if (!back.isEmpty() || each.getKey().equals(id)) {
                back.add(each.getValue());
            }
        }
        takeBack(back);
        if (sentInFlight) {
            flight++;
            sentInFlight = false;
        }
        drains = true;
        long pause =
                retryAfterNanos > 0
                        ? retryAfterNanos
                        : Math.min(PAUSE_NANOS << Math.min(refusalsInARow, 8), PAUSE_NANOS_MAX);
        refusalsInARow++;
        pausedUntilNanos = Math.max(pausedUntilNanos, nowNanos + pause);
    }

    private void takeBack(Collection<Item> items) {
        List<Item> inOrder = new ArrayList<>(items);
        for (Item item : inOrder.reversed()) {
            underWay.remove(item.id);
            waiting.addFirst(item);
        }
    }
}
