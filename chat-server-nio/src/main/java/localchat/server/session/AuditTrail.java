package localchat.server.session;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageId;
import localchat.core.model.Role;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomSettings;
import localchat.core.model.UserName;
import localchat.server.account.Account;
import localchat.server.account.Accounts;
import localchat.server.room.LogPost;
import localchat.server.room.PostOutcome;
import localchat.server.room.Room;
import localchat.server.room.RoomState;
import localchat.server.room.Rooms;
import localchat.server.room.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what moderators and administrators do: each act is an event of the audit room, whose
/// members are those who have such a role. Belongs to the loop thread.
///
/// An act is in force before it is written down: whoever has to stop somebody cannot wait for a
/// disk. What cannot be stored is tried again every second and before the next act, in order, as
/// long as the server runs.
public final class AuditTrail {
    /// Acts that wait to be stored; one more is only logged. Reason: 1 MB, hours of moderation.
    static final int WAITING_MAX = 1_000;

    /// Of what the server does by itself.
    private static final Digest32 UNKNOWN_DEVICE = new Digest32(new byte[Digest32.BYTES]);

    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);

    /// Who did something.
    private record Actor(long userId, UserName name, Digest32 device) {
        static Actor of(Member member) {
            return new Actor(member.userId(), member.person().name(), member.device());
        }
    }

    /// What is to stand in a room's log.
    ///
    /// @param room empty: the audit room
    /// @param onStored once it does
    /// @param onRefused when it could not be stored now
    private record Entry(
            Actor actor,
            Optional<Room> room,
            EventBody body,
            Runnable onStored,
            Runnable onRefused) {}

    private final Rooms rooms;
    private final Accounts accounts;
    private final RandomGenerator random;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

    public AuditTrail(Rooms rooms, Accounts accounts, RandomGenerator random) {
        this.rooms = rooms;
        this.accounts = accounts;
        this.random = random;
    }

    /// Somebody did something, and hears Done once it is stored.
    void record(Session session, Member member, long requestId, EventBody.Moderation act) {
        log(member, act);
        retry();
        offer(
                new Entry(
                        Actor.of(member),
                        Optional.empty(),
                        act,
                        () -> session.sendDone(requestId),
                        () ->
                                session.send(
                                        requestId,
                                        Session.error(
                                                ErrorCode.STORAGE_FAILED,
                                                "it is in force now, but nothing can be stored: it"
                                                        + " may end with the server",
                                                0))));
    }

    /// Somebody did something, and hears of it otherwise.
    void record(Member member, EventBody.Moderation act) {
        log(member, act);
        retry();
        offer(new Entry(Actor.of(member), Optional.empty(), act, () -> {}, () -> {}));
    }

    private static void log(Member member, EventBody.Moderation act) {
        LOG.info(
                "moderation act={} by={} user={} room={} until={}",
                act.act().word(),
                member.userId(),
                act.userId(),
                act.roomId(),
                act.untilMillis());
    }

    /// Somebody changes a room by the right of its role.
    ///
    /// @param onRefused when it cannot be stored now
    void change(Member member, Room room, EventBody body, Runnable onRefused) {
        retry();
        offer(new Entry(Actor.of(member), Optional.of(room), body, () -> {}, onRefused));
    }

    /// Once, at the start: whoever lost a role, or got one, as the server ended leaves the audit
    /// room or comes into it now.
    public void catchUp() {
        if (rooms.audit().isEmpty()) {
            return;
        }
        for (Account account : accounts.all()) {
            follow(new Actor(account.userId(), account.name(), UNKNOWN_DEVICE), account);
        }
    }

    /// Somebody has another role: becomes a member of the audit room, or is one no more.
    void onRole(Member actor, Account target) {
        retry();
        follow(Actor.of(actor), target);
    }

    /// Asked again once a change is stored: the role may be another one by then.
    private void follow(Actor actor, Account target) {
        if (rooms.audit().isEmpty()) {
            return;
        }
        boolean isMember = rooms.audit().get().state().members().containsKey(target.userId());
        boolean shallBe = target.role() != Role.MEMBER;
        if (isMember != shallBe) {
            MembershipChange change = shallBe ? MembershipChange.ADDED : MembershipChange.REMOVED;
            offer(
                    new Entry(
                            actor,
                            Optional.empty(),
                            new EventBody.Membership(target.userId(), target.name(), change),
                            () -> {},
                            () -> {}));
        }
    }

    /// Tries again what could not be stored. To be called every second.
    public void retry() {
        for (int i = waiting.size(); i > 0; i--) {
            offer(waiting.remove());
        }
    }

    private void offer(Entry entry) {
        Optional<Room> room = entry.room().or(this::auditRoom);
        if (room.isEmpty()) {
            putOff(entry);
            return;
        }
        byte[] id = new byte[Id128.BYTES];
        random.nextBytes(id);
        LogPost post =
                new LogPost(
                        room.get().id(),
                        entry.actor().userId(),
                        entry.actor().name(),
                        Standing.SERVER,
                        entry.actor().device(),
                        MessageId.of(id),
                        entry.body(),
                        0,
                        0,
                        outcome -> onDecided(entry, outcome));
        if (rooms.offer(post).isPresent()) {
            putOff(entry);
        }
    }

    private void onDecided(Entry entry, PostOutcome outcome) {
        switch (outcome) {
            case PostOutcome.Stored _, PostOutcome.Duplicate _ -> {
                entry.onStored().run();
                if (entry.room().isEmpty() && entry.body() instanceof EventBody.Membership change) {
                    accounts.byId(change.userId())
                            .ifPresent(target -> follow(entry.actor(), target));
                }
            }
            case PostOutcome.Refused refused -> putOff(entry);
        }
    }

    private void putOff(Entry entry) {
        entry.onRefused().run();
        if (waiting.size() >= WAITING_MAX) {
            LOG.warn("an act of moderation is in no audit room: {} wait already", WAITING_MAX);
            return;
        }
        waiting.add(new Entry(entry.actor(), entry.room(), entry.body(), () -> {}, () -> {}));
    }

    /// The audit room, made when it is first needed; empty while none can be made.
    private Optional<Room> auditRoom() {
        if (rooms.audit().isPresent() || rooms.isFull() || !rooms.hasId()) {
            return rooms.audit();
        }
        RoomState state = new RoomState(RoomKind.AUDIT, Rooms.AUDIT, RoomSettings.STANDARD, 0);
        Map<Long, RoomState.Membership> members = new HashMap<>();
        for (Account account : accounts.all()) {
            if (account.role() != Role.MEMBER) {
                members.put(account.userId(), new RoomState.Membership(account.name(), 0, 1));
            }
        }
        members.forEach(state::restoreMember);
        return Optional.of(rooms.create(state));
    }
}
