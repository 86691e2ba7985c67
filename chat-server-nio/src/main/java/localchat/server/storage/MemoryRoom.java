package localchat.server.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomSettings;
import localchat.core.model.TombstoneCause;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.server.room.Directory;
import localchat.server.room.MessageLog.PageAnchor;
import localchat.server.room.RoomRules.Target;
import localchat.server.room.RoomState;

/// One room of a [MemoryLog]: its events, what they have made of it, and what later events did to
/// its messages. A message to which nothing happened costs nothing beside its frame.
final class MemoryRoom implements MessageBounds.Book {
    private static final long DAY_MILLIS = 86_400_000L;

    /// A message to which something happened.
    private static final class Changed {
        private ChatMessage message;
        private final List<Long> editSeqs = new ArrayList<>(0);

        Changed(ChatMessage message) {
            this.message = message;
        }
    }

    private final RoomState state;
    private final RoomHistory history;
    private final Map<Long, Changed> changed = new HashMap<>();
    private final TreeMap<Long, List<Long>> mentions = new TreeMap<>();

    /// What stood where tombstones stand now: messages, and edits of them.
    private final Map<Long, BodyDigest> gone = new HashMap<>();

    private long messages;
    private long headMillis;

    /// No message below this seq is left to expire.
    private long expiredToSeq = 1;

    MemoryRoom(RoomState state, RoomHistory.Spare spare) {
        this.state = state;
        this.history = new RoomHistory(spare);
    }

    RoomState state() {
        return state;
    }

    RoomHistory history() {
        return history;
    }

    /// When the newest event was stored, milliseconds since 1970-01-01T00:00:00Z; 0 without events.
    long headMillis() {
        return headMillis;
    }

    @Override
    public Optional<Target> find(long seq) {
        if (!history.has(seq)) {
            return Optional.empty();
        }
        boolean isMessage = history.isMessage(seq) && !gone.containsKey(seq);
        Changed target = changed.get(seq);
        boolean pinned = target != null && target.message.pinned();
        return Optional.of(new Target(history.senderId(seq), isMessage, pinned));
    }

    @Override
    public int edits(long seq) {
        Changed target = changed.get(seq);
        return target == null ? 0 : target.editSeqs.size();
    }

    @Override
    public int otherReactions(long seq, Emoji emoji) {
        Changed target = changed.get(seq);
        return target == null
                ? 0
                : (int)
                        target.message.reactions().stream()
                                .filter(tally -> !tally.emoji().equals(emoji))
                                .count();
    }

    /// Takes in the room's next event; returns by how many bytes earlier frames became longer.
    int add(RoomEvent event, EncodedFrame frame) {
        boolean isMessage = event.body() instanceof EventBody.Message;
        history.add(frame, event.senderId(), isMessage);
        headMillis = event.timeMillis();
        return switch (event.body()) {
            case EventBody.Message message -> {
                onMessage(event, message);
                yield 0;
            }
            case EventBody.Edit edit -> {
                change(edit.targetSeq(), event).editSeqs.add(event.seq());
                yield 0;
            }
            case EventBody.Reaction reaction -> {
                change(reaction.targetSeq(), event);
                yield 0;
            }
            case EventBody.Pin pin -> {
                onPin(pin, event);
                yield 0;
            }
            case EventBody.Delete delete ->
                    bury(
                            delete.targetSeq(),
                            new EventBody.Tombstone(TombstoneCause.DELETED, event.senderId()));
            case EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Membership _,
                    EventBody.Settings _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ -> {
                state.apply(event.seq(), event.body());
                yield 0;
            }
        };
    }

    private void onMessage(RoomEvent event, EventBody.Message message) {
        messages++;
        if (!message.mentions().isEmpty()) {
            mentions.put(event.seq(), message.mentions());
        }
    }

    private Changed change(long seq, RoomEvent event) {
        Changed target =
                changed.computeIfAbsent(seq, s -> new Changed(ChatMessage.of(history.event(s))));
        target.message = target.message.after(event);
        return target;
    }

    private void onPin(EventBody.Pin pin, RoomEvent event) {
        boolean before = find(pin.targetSeq()).map(Target::pinned).orElse(false);
        boolean now = change(pin.targetSeq(), event).message.pinned();
        if (now != before) {
            state.addPins(now ? 1 : -1);
        }
    }

    /// Puts tombstones in the place of a message and of its edits; returns by how many bytes their
    /// frames became longer.
    private int bury(long seq, EventBody.Tombstone tombstone) {
        int more = 0;
        Changed target = changed.remove(seq);
        if (target != null) {
            for (long editSeq : target.editSeqs) {
                more += buryFrame(editSeq, tombstone);
            }
            if (target.message.pinned()) {
                state.addPins(-1);
            }
        }
        mentions.remove(seq);
        messages--;
        return more + buryFrame(seq, tombstone);
    }

    private int buryFrame(long seq, EventBody.Tombstone tombstone) {
        RoomEvent event = history.event(seq);
        gone.put(seq, BodyDigest.of(event.body()));
        return history.replace(seq, WireEncoding.encodedEvent(Tombstones.of(event, tombstone)));
    }

    /// Whether this body was posted as this event.
    boolean isBodyOf(long seq, EventBody body) {
        BodyDigest digest = gone.get(seq);
        return digest == null
                ? history.event(seq).body().equals(body)
                : digest.equals(BodyDigest.of(body));
    }

    /// Lets go of the oldest event; returns the bytes of its frame.
    int removeOldest() {
        long seq = history.firstSeq();
        if (history.isMessage(seq)) {
            Changed message = changed.remove(seq);
            if (message != null && message.message.pinned()) {
                state.addPins(-1);
            }
            mentions.remove(seq);
            messages -= gone.containsKey(seq) ? 0 : 1;
        }
        gone.remove(seq);
        return history.removeOldest();
    }

    /// Buries messages that the room's settings keep no longer, at most `eventsMax` of them;
    /// returns by how many bytes frames became longer, or nothing when none is left to expire.
    OptionalInt expire(long nowMillis, int eventsMax) {
        RoomSettings settings = state.settings();
        long keep = settings.retentionMessages() == 0 ? messages : settings.retentionMessages();
        long before =
                settings.retentionDays() == 0
                        ? Long.MIN_VALUE
                        : nowMillis - settings.retentionDays() * DAY_MILLIS;
        int more = 0;
        int expired = 0;
        for (long seq = history.messageFrom(expiredToSeq);
                seq <= history.headSeq() && expired < eventsMax;
                seq = history.messageFrom(seq + 1)) {
            boolean isGone = gone.containsKey(seq);
            if (!isGone && messages <= keep && history.event(seq).timeMillis() >= before) {
                break;
            }
            if (!isGone) {
                more += bury(seq, new EventBody.Tombstone(TombstoneCause.EXPIRED, 0));
                expired++;
            }
            expiredToSeq = seq + 1;
        }
        return expired == 0 ? OptionalInt.empty() : OptionalInt.of(more);
    }

    /// A message as it is now.
    ChatMessage message(long seq) {
        Changed message = changed.get(seq);
        return message == null
                ? ChatMessage.of(history.event(seq))
                : MessageBounds.onPage(message.message);
    }

    /// A run of messages, and whether there are others on its sides.
    record Run(List<ChatMessage> messages, boolean moreBefore, boolean moreAfter) {}

    /// The messages that an anchor asks for.
    Run page(long visibleFromSeq, PageAnchor anchor, int messagesMax) {
        long lowest = Math.max(visibleFromSeq, history.firstSeq());
        long past = history.headSeq() + 1;
        long from =
                switch (anchor) {
                    case PageAnchor.Before(long seq) ->
                            back(seq == 0 ? past : Math.min(seq, past), messagesMax, lowest);
                    case PageAnchor.After(long seq) -> Math.min(seq, past - 1) + 1;
                    case PageAnchor.Around(long seq) ->
                            back(Math.min(seq, past), messagesMax / 2, lowest);
                    case PageAnchor.FromTime(long time) -> history.firstSeqFrom(time);
                };
        from = Math.max(from, lowest);
        long to =
                anchor instanceof PageAnchor.Before(long seq) && seq != 0
                        ? Math.min(seq, past)
                        : past;
        List<ChatMessage> run = new ArrayList<>();
        long seq = history.messageFrom(from);
        while (seq < to && run.size() < messagesMax) {
            run.add(message(seq));
            seq = history.messageFrom(seq + 1);
        }
        return new Run(run, history.messageBelow(from) >= lowest, seq < past);
    }

    /// Where to begin so that up to `count` messages come before `seq`.
    private long back(long seq, int count, long lowest) {
        long from = seq;
        for (int i = 0; i < count; i++) {
            long before = history.messageBelow(from);
            if (before < lowest) {
                break;
            }
            from = before;
        }
        return from;
    }

    /// Other people's messages after this seq, counted up to [Directory#UNREAD_MAX].
    int unread(long userId, long afterSeq) {
        int unread = 0;
        for (long seq = history.messageFrom(afterSeq + 1);
                seq <= history.headSeq() && unread < Directory.UNREAD_MAX;
                seq = history.messageFrom(seq + 1)) {
            if (history.senderId(seq) != userId && !gone.containsKey(seq)) {
                unread++;
            }
        }
        return unread;
    }

    /// Other people's messages after this seq that mention somebody, counted as above.
    int mentions(long userId, long afterSeq) {
        NavigableMap<Long, List<Long>> after = mentions.tailMap(afterSeq, false);
        return (int)
                after.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(userId))
                        .filter(entry -> history.senderId(entry.getKey()) != userId)
                        .limit(Directory.UNREAD_MAX)
                        .count();
    }
}
