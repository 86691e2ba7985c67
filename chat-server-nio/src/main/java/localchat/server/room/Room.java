package localchat.server.room;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import localchat.core.model.Availability;
import localchat.core.model.EventBody;
import localchat.core.model.Person;
import localchat.core.model.PresenceKind;
import localchat.core.model.Role;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.EncodedFrame;

/// One room: who is in it, and the broadcast of what is said in it. Belongs to the loop thread.
public final class Room {
    /// Sessions in one room. One more is refused with ROOM_FULL. Reason: twice the people one node
    /// is built for; every event costs a delivery to each.
    public static final int MEMBERS_MAX = 20_000;

    private final long id;
    private final RoomState state;
    private final Rooms rooms;
    private final BroadcastLog log;
    private final PresenceFeed presence;
    private final TypingFeed typing;
    private final ArrayList<Cursor> members = new ArrayList<>();

    /// The people in it by folded name: pages of them cost no sorting.
    private final TreeMap<String, Person> people = new TreeMap<>();

    /// How many sessions each person has in the room.
    private final Map<Long, Integer> sessionsOf = new HashMap<>();

    /// The user ids of a private room's members by folded name; none of a public one.
    private final TreeMap<String, Long> memberIds = new TreeMap<>();

    /// Whether the directory has it.
    private boolean kept;

    private boolean touched;
    private boolean hasNewEvents;
    private long lastEventNanos;
    private long lastEventMillis;
    private long emptySinceNanos;

    /// @param state belongs to the room from now on
    Room(long id, RoomState state, Rooms rooms, long headSeq, long lastEventMillis) {
        this.id = id;
        this.lastEventMillis = lastEventMillis;
        this.state = state;
        state.members()
                .forEach((userId, member) -> memberIds.put(member.userName().folded(), userId));
        this.rooms = rooms;
        this.log = new BroadcastLog(rooms.segments(), headSeq + 1);
        this.emptySinceNanos = rooms.nowNanos();
        this.presence = new PresenceFeed(id, rooms.nowNanos());
        this.typing = new TypingFeed(id, rooms.nowNanos());
    }

    /// Given by the server, above 0.
    public long id() {
        return id;
    }

    /// Its name now.
    public RoomName name() {
        return state.name();
    }

    /// What its events have made of it.
    public RoomState state() {
        return state;
    }

    /// Whether the directory has it: an empty public room is not worth being kept.
    boolean isKept() {
        return kept;
    }

    void kept() {
        kept = true;
    }

    /// Seq of the newest event, 0 when there is none.
    public long headSeq() {
        return log.nextSeq() - 1;
    }

    /// When its newest event was stored, milliseconds since 1970-01-01T00:00:00Z; 0 without events.
    public long lastEventMillis() {
        return lastEventMillis;
    }

    /// People in it now.
    public int online() {
        return sessionsOf.size();
    }

    /// Whether [#MEMBERS_MAX] sessions are in it.
    public boolean isFull() {
        return members.size() >= MEMBERS_MAX;
    }

    /// The room as it is listed for somebody.
    public RoomInfo info(long viewerId) {
        Optional<Person> peer = peer(viewerId);
        RoomName shown =
                peer.map(person -> person.name().value())
                        .filter(name -> RoomName.isShowable(name))
                        .map(RoomName::new)
                        .orElse(state.name());
        return new RoomInfo(
                id,
                shown,
                state.kind(),
                state.topic().value(),
                headSeq(),
                online(),
                state.settings(),
                peer,
                state.ownerId());
    }

    /// The other person of a direct message.
    private Optional<Person> peer(long viewerId) {
        OptionalLong peerId = state.peerOf(viewerId);
        return peerId.isPresent() ? Optional.of(member(peerId.getAsLong())) : Optional.empty();
    }

    /// A member of a private room, here or not.
    private Person member(long userId) {
        RoomState.Membership membership = Objects.requireNonNull(state.members().get(userId));
        Optional<Person> known = rooms.face(userId);
        UserName name = known.map(Person::name).orElse(membership.userName());
        Person here = people.get(name.folded());
        return here != null && here.userId() == userId
                ? here
                : new Person(
                        userId,
                        name,
                        known.map(Person::role).orElse(Role.MEMBER),
                        Availability.OFFLINE);
    }

    /// Members of a private room may be called otherwise than when they became members.
    void onFaces() {
        List<Long> ids = List.copyOf(memberIds.values());
        memberIds.clear();
        ids.forEach(userId -> memberIds.put(member(userId).name().folded(), userId));
    }

    /// Lets a session in. It is handed the room's events from `nextSeq` on.
    public Cursor enter(Recipient recipient, Person person, long nextSeq) {
        Cursor cursor = new Cursor(this, recipient, person, nextSeq);
        cursor.index = members.size();
        members.add(cursor);
        if (sessionsOf.merge(person.userId(), 1, Integer::sum) == 1) {
            people.put(person.name().folded(), person);
            presence.came(person, rooms.nowNanos());
            touch();
        }
        if (nextSeq <= headSeq()) {
            recipient.onEventsWaiting(cursor);
        }
        return cursor;
    }

    /// Lets a session go. Nothing more is handed to it.
    public void leave(Cursor cursor) {
        Cursor last = members.removeLast();
        if (last != cursor) {
            members.set(cursor.index, last);
            last.index = cursor.index;
        }
        cursor.onLeft();
        long userId = cursor.person().userId();
        if (sessionsOf.merge(userId, -1, Integer::sum) == 0) {
            sessionsOf.remove(userId);
            people.remove(cursor.person().name().folded());
            emptySinceNanos = rooms.nowNanos();
            presence.went(cursor.person(), rooms.nowNanos());
            typing.set(cursor.person(), false, rooms.nowNanos());
            touch();
        }
    }

    /// What others see of a member changed.
    ///
    /// @param kind which of availability, name and role
    public void onPersonChanged(Cursor cursor, Person person, PresenceKind kind) {
        Person before = cursor.person();
        people.remove(before.name().folded());
        cursor.person(person);
        people.put(person.name().folded(), person);
        presence.changed(before, person, kind, rooms.nowNanos());
        touch();
    }

    /// A member types, or stopped. Told to the others in rooms of up to
    /// [PresenceFeed#SMALL_ROOM_PEOPLE] people.
    public void onTyping(Cursor cursor, boolean active) {
        if (online() <= PresenceFeed.SMALL_ROOM_PEOPLE) {
            typing.set(cursor.person(), active, rooms.nowNanos());
            touch();
        }
    }

    /// The people in the room whose folded name comes after `after` (empty: from the first), in
    /// that order: of a public room those who are there now, of a private one all members.
    public List<Person> people(Optional<String> after, int limit) {
        if (state.kind() != RoomKind.PUBLIC) {
            return after
                    .map(name -> memberIds.tailMap(name, false))
                    .orElse(memberIds)
                    .values()
                    .stream()
                    .limit(limit)
                    .map(this::member)
                    .toList();
        }
        return after.map(name -> people.tailMap(name, false)).orElse(people).values().stream()
                .limit(limit)
                .toList();
    }

    /// All whom [#people] lists.
    public int peopleTotal() {
        return state.kind() == RoomKind.PUBLIC ? online() : state.members().size();
    }

    /// Queues a frame for every member that does not lag.
    public void offerToAll(EncodedFrame frame) {
        for (int i = 0; i < members.size(); i++) {
            rooms.countOffer(members.get(i).recipient().offer(frame));
        }
    }

    /// An event was committed: it goes to everyone in the coming flush.
    void onCommitted(PostOutcome.Stored stored) {
        long seq = stored.seq();
        if (seq != log.nextSeq()) {
            throw new IllegalStateException(
                    "room %d expected seq %d, the log gave %d".formatted(id, log.nextSeq(), seq));
        }
        state.apply(seq, stored.post().body());
        if (stored.post().body() instanceof EventBody.Membership membership) {
            onMembership(membership);
        }
        log.append(stored.event());
        lastEventMillis = stored.timeMillis();
        hasNewEvents = true;
        lastEventNanos = rooms.nowNanos();
        touch();
    }

    private void onMembership(EventBody.Membership event) {
        memberIds.values().remove(event.userId());
        if (state.members().containsKey(event.userId())) {
            memberIds.put(member(event.userId()).name().folded(), event.userId());
        }
    }

    /// Tells the connections of all members what waits for them.
    ///
    /// @return whether something is left to be told later
    boolean onFlush(long nowNanos) {
        if (hasNewEvents) {
            hasNewEvents = false;
            for (int i = 0; i < members.size(); i++) {
                Cursor member = members.get(i);
                if (!member.isWaiting()) {
                    member.recipient().onEventsWaiting(member);
                }
            }
        }
        if (presence.isDue(online(), nowNanos)) {
            offerToAll(presence.take(online(), nowNanos));
        }
        if (typing.isDue(nowNanos)) {
            offerToAll(typing.take(nowNanos));
        }
        touched = presence.hasChanges() || typing.isWatched();
        return touched;
    }

    /// Gives back the memory of events when nobody is there or nobody said anything since
    /// `beforeNanos`.
    void releaseIfQuiet(long beforeNanos) {
        if (log.segments() > 0 && (members.isEmpty() || lastEventNanos - beforeNanos < 0)) {
            log.release();
        }
    }

    /// Whether nobody ever said anything in it and nobody has been there since `beforeNanos`.
    boolean isForgotten(long beforeNanos) {
        return members.isEmpty() && !kept && emptySinceNanos - beforeNanos < 0;
    }

    private void touch() {
        if (!touched) {
            touched = true;
            rooms.touched(this);
        }
    }

    BroadcastLog log() {
        return log;
    }

    Rooms rooms() {
        return rooms;
    }
}
