package localchat.server.session;

import java.util.List;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.ModerationAct;
import localchat.core.model.Role;
import localchat.core.model.RoomKind;
import localchat.core.protocol.wire.Ban;
import localchat.core.protocol.wire.Kick;
import localchat.core.protocol.wire.Mute;
import localchat.core.protocol.wire.Unban;
import localchat.server.account.Account;
import localchat.server.account.AccountRecord;
import localchat.server.account.Restraints;
import localchat.server.room.Room;

/// Requests of those who keep order. What they decide is in force before they are answered, and
/// stands in the audit room. Runs on the loop thread.
final class Moderation {
    private static final long MILLIS_PER_SECOND = 1_000;

    private Moderation() {}

    static void onKick(Session session, Member member, long requestId, Kick kick)
            throws RequestRefused {
        String reason = reason(kick.getReason());
        Account target = target(session, member, kick.getUserId());
        Optional<Room> room = place(session, member, kick.getRoomId());
        SessionServices services = session.services();
        long now = services.epochMillis().getAsLong();
        if (room.isEmpty()) {
            services.register().restraints().kick(target.userId(), 0, now);
            closeAll(session, target, CloseReason.KICKED);
        } else if (room.get().state().kind() == RoomKind.PRIVATE) {
            requireMember(room.get(), target);
            services.audit()
                    .change(
                            member,
                            room.get(),
                            new EventBody.Membership(
                                    target.userId(), target.name(), MembershipChange.REMOVED),
                            () -> sendOut(session, target, room.get()));
        } else {
            sendOut(session, target, room.get());
        }
        record(session, member, requestId, ModerationAct.KICK, target, reason, 0, room);
    }

    /// Out of the room for a while, on every device.
    private static void sendOut(Session session, Account target, Room room) {
        SessionServices services = session.services();
        long now = services.epochMillis().getAsLong();
        services.register().restraints().kick(target.userId(), room.id(), now);
        for (Session live : services.people().sessions(target.userId())) {
            if (live.isIn(room)) {
                live.onTakenOut(room, Optional.of(ErrorCode.FORBIDDEN));
            }
        }
    }

    private static void requireMember(Room room, Account target) throws RequestRefused {
        if (!room.state().members().containsKey(target.userId())) {
            throw new RequestRefused(ErrorCode.NOT_FOUND, "this person is not in the room");
        }
    }

    static void onMute(Session session, Member member, long requestId, Mute mute)
            throws RequestRefused {
        String reason = reason(mute.getReason());
        Account target = target(session, member, mute.getUserId());
        Optional<Room> room = place(session, member, mute.getRoomId());
        long roomId = room.map(Room::id).orElse(0L);
        Restraints restraints = session.services().register().restraints();
        if (mute.getDurationSeconds() == 0) {
            restraints.unmute(target.userId(), roomId);
            record(session, member, requestId, ModerationAct.UNMUTE, target, reason, 0, room);
            return;
        }
        long until = until(session, mute.getDurationSeconds());
        restraints.mute(target.userId(), roomId, until);
        record(session, member, requestId, ModerationAct.MUTE, target, reason, until, room);
    }

    static void onBan(Session session, Member member, long requestId, Ban ban)
            throws RequestRefused {
        String reason = reason(ban.getReason());
        Account target = target(session, member, ban.getUserId());
        SessionServices services = session.services();
        long until = ban.getDurationSeconds() == 0 ? 0 : until(session, ban.getDurationSeconds());
        Restraints restraints = services.register().restraints();
        restraints.ban(new AccountRecord.Ban(target.userId(), until, reason, member.userId()));
        long now = services.epochMillis().getAsLong();
        services.people()
                .sessions(target.userId())
                .forEach(live -> restraints.cool(live.source(), now));
        closeAll(session, target, CloseReason.BANNED);
        record(
                session,
                member,
                requestId,
                ModerationAct.BAN,
                target,
                reason,
                until,
                Optional.empty());
    }

    static void onUnban(Session session, Member member, long requestId, Unban unban)
            throws RequestRefused {
        Account target = target(session, member, unban.getUserId());
        session.services().register().restraints().unban(target.userId());
        record(session, member, requestId, ModerationAct.UNBAN, target, "", 0, Optional.empty());
    }

    static void closeAll(Session session, Account target, CloseReason reason) {
        List<Session> live = session.services().people().sessions(target.userId());
        live.forEach(one -> one.close(reason));
    }

    /// Whom it is about: somebody below the one who asks.
    private static Account target(Session session, Member member, long userId)
            throws RequestRefused {
        if (userId == member.userId()) {
            throw new RequestRefused(ErrorCode.INVALID, "this is for others, not for oneself");
        }
        Account target = AccountRequests.known(session, userId);
        boolean below =
                target.role() == Role.MEMBER || target.role().compareTo(member.person().role()) < 0;
        if (!below) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN, "this person has a role like yours or above it");
        }
        return target;
    }

    /// The room it is about, empty for the whole server.
    ///
    /// @throws RequestRefused with NOT_FOUND for a private room of others, with FORBIDDEN when
    ///   neither the role nor the room's owner allow it
    private static Optional<Room> place(Session session, Member member, long roomId)
            throws RequestRefused {
        boolean moderates = member.person().role() != Role.MEMBER;
        if (roomId == 0) {
            requireOrder(moderates);
            return Optional.empty();
        }
        Room room =
                session.services()
                        .rooms()
                        .byId(roomId)
                        .filter(known -> known.state().admits(member.userId()))
                        .orElseThrow(() ->
                                new RequestRefused(ErrorCode.NOT_FOUND, "there is no such room"));
        requireOrder(moderates || room.state().ownerId() == member.userId());
        if (room.state().kind() == RoomKind.DIRECT || room.state().kind() == RoomKind.AUDIT) {
            throw new RequestRefused(ErrorCode.FORBIDDEN, "nobody keeps order in this room");
        }
        return Optional.of(room);
    }

    private static void requireOrder(boolean allowed) throws RequestRefused {
        if (!allowed) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN, "only moderators, and a room's owner in it, may do this");
        }
    }

    /// A reason as it was given.
    ///
    /// @throws RequestRefused with INVALID when it is too long
    static String reason(String given) throws RequestRefused {
        int bytes = MessageText.utf8Length(given);
        if (bytes < 0 || bytes > EventBody.Moderation.REASON_BYTES_MAX) {
            throw new RequestRefused(
                    ErrorCode.INVALID,
                    "a reason has at most " + EventBody.Moderation.REASON_BYTES_MAX + " bytes");
        }
        return given;
    }

    private static long until(Session session, int durationSeconds) {
        long millis = Integer.toUnsignedLong(durationSeconds) * MILLIS_PER_SECOND;
        return session.services().epochMillis().getAsLong()
                + Math.min(millis, Restraints.LONGEST_MILLIS);
    }

    private static void record(
            Session session,
            Member member,
            long requestId,
            ModerationAct act,
            Account target,
            String reason,
            long untilMillis,
            Optional<Room> room) {
        EventBody.Moderation event =
                new EventBody.Moderation(
                        act,
                        target.userId(),
                        target.name().value(),
                        reason,
                        untilMillis,
                        room.map(Room::id).orElse(0L));
        AuditTrail audit = session.services().audit();
        audit.record(session, member, requestId, event);
        room.ifPresent(concerned -> audit.change(member, concerned, event, () -> {}));
    }
}
