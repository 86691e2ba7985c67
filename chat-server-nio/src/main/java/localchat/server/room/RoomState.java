package localchat.server.room;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import localchat.core.model.EventBody;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.RoomSettings;
import localchat.core.model.RoomTopic;
import localchat.core.model.UserName;

/// What the events of a room have made of it so far: the outcome of [#apply] for each event in
/// order. What may come next is decided on it, by [RoomRules].
///
/// The log holds one as of its newest event, the room another one as of the newest that it has
/// heard of. Each belongs to the thread of whoever holds it.
public final class RoomState {
    /// One person's membership of a private room or direct message.
    ///
    /// @param sinceSeq seq of the event that made it; 0: from the start
    /// @param visibleFromSeq seq of the oldest event the person may read; 1: all
    public record Membership(UserName userName, long sinceSeq, long visibleFromSeq) {}

    private final RoomKind kind;
    private RoomName name;
    private RoomTopic topic = RoomTopic.NONE;
    private RoomSettings settings;
    private long ownerId;
    private final Map<Long, Membership> members = HashMap.newHashMap(0);
    private int pins;

    /// A room without events.
    ///
    /// @param name of a direct message: any, it is not shown
    /// @param ownerId user id of whom it belongs to; 0: nobody
    public RoomState(RoomKind kind, RoomName name, RoomSettings settings, long ownerId) {
        this.kind = kind;
        this.name = name;
        this.settings = settings;
        this.ownerId = ownerId;
    }

    /// A copy that goes its own way.
    public RoomState copy() {
        RoomState copy = new RoomState(kind, name, settings, ownerId);
        copy.topic = topic;
        copy.pins = pins;
        copy.members.putAll(members);
        return copy;
    }

    /// Restores what a store has kept.
    ///
    /// @param pinned messages that are pinned
    public void restore(RoomTopic keptTopic, int pinned) {
        topic = keptTopic;
        pins = pinned;
    }

    /// A member from the start, or one that a store has kept.
    public void restoreMember(long userId, Membership membership) {
        members.put(userId, membership);
    }

    /// Who may enter.
    public RoomKind kind() {
        return kind;
    }

    /// The name now.
    public RoomName name() {
        return name;
    }

    /// What it is about.
    public RoomTopic topic() {
        return topic;
    }

    /// What its owner has set.
    public RoomSettings settings() {
        return settings;
    }

    /// User id of whom it belongs to; 0: nobody.
    public long ownerId() {
        return ownerId;
    }

    /// Messages that are pinned; 0 in the copy of anybody but the log.
    public int pins() {
        return pins;
    }

    /// The members of a private room or direct message, by user id; none in a public one.
    public Map<Long, Membership> members() {
        return members;
    }

    /// Whether this person may enter and post.
    public boolean admits(long userId) {
        return kind == RoomKind.PUBLIC || members.containsKey(userId);
    }

    /// Seq of the oldest event that this person may read.
    public long visibleFromSeq(long userId) {
        return Optional.ofNullable(members.get(userId)).map(Membership::visibleFromSeq).orElse(1L);
    }

    /// The other person of a direct message.
    public OptionalLong peerOf(long userId) {
        return kind == RoomKind.DIRECT
                ? members.keySet().stream().mapToLong(id -> id).filter(id -> id != userId).findAny()
                : OptionalLong.empty();
    }

    /// Takes in the room's next event. What is pinned is for the log to count, by [#addPins].
    public void apply(long seq, EventBody body) {
        switch (body) {
            case EventBody.Topic(RoomTopic now) -> topic = now;
            case EventBody.Rename(RoomName now) -> name = now;
            case EventBody.Settings(RoomSettings now) -> settings = now;
            case EventBody.Membership membership -> apply(seq, membership);
            case EventBody.Message _,
                    EventBody.Edit _,
                    EventBody.Delete _,
                    EventBody.Reaction _,
                    EventBody.Pin _,
                    EventBody.Moderation _,
                    EventBody.Tombstone _,
                    EventBody.Unknown _ -> {}
        }
    }

    /// So many messages more are pinned; below 0: fewer.
    public void addPins(int count) {
        pins += count;
    }

    private void apply(long seq, EventBody.Membership event) {
        switch (event.change()) {
            case ADDED -> {
                long visibleFrom = settings.pastVisible() ? 1 : seq;
                members.putIfAbsent(
                        event.userId(), new Membership(event.userName(), seq, visibleFrom));
            }
            case REMOVED, LEFT -> remove(event.userId());
            case OWNER -> {
                if (kind != RoomKind.PUBLIC) {
                    members.putIfAbsent(event.userId(), new Membership(event.userName(), seq, 1));
                }
                ownerId = event.userId();
            }
        }
    }

    /// A room whose owner is gone belongs to whoever has been there longest.
    private void remove(long userId) {
        members.remove(userId);
        if (ownerId == userId) {
            ownerId =
                    members.entrySet().stream()
                            .min(
                                    Comparator.<Map.Entry<Long, Membership>>comparingLong(
                                                    entry -> entry.getValue().sinceSeq())
                                            .thenComparing(Map.Entry::getKey))
                            .map(Map.Entry::getKey)
                            .orElse(0L);
        }
    }

    /// Whether an event of this kind changes what a room's list shows of it.
    public static boolean isListed(EventBody body) {
        return switch (body) {
            case EventBody.Topic _,
                    EventBody.Rename _,
                    EventBody.Settings _,
                    EventBody.Membership _ ->
                    true;
            default -> false;
        };
    }
}
