package localchat.server.room;

import java.util.Optional;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.RoomKind;

/// Whether something may come next in a room's log: one pure function of the room's state. The log
/// applies it to each post in its order; asked before, on an older state, it is an early refusal
/// and nothing more.
public final class RoomRules {
    /// Pinned messages in one room. Reason: more than anybody looks through.
    public static final int PINS_MAX = 100;

    /// Edits of one message. One more is refused with FORBIDDEN. Reason: taking the message back
    /// replaces them all in one commit, which takes some 10 ms with so many.
    public static final int EDITS_MAX = 1_000;

    /// Different reactions to one message. One more is refused with FORBIDDEN. Reason: all of them
    /// stand on each page with the message, and nobody looks through more.
    public static final int REACTIONS_MAX = 64;

    /// Members of one private room. Reason: as many sessions as one room takes.
    public static final int MEMBERS_MAX = Room.MEMBERS_MAX;

    private static final String OWNER_ONLY = "only the room's owner may do this";

    private static final String AUDIT_FIXED = "the audit room is the server's";

    private RoomRules() {}

    /// What an edit, a deletion, a reaction or a pin is about.
    ///
    /// @param isMessage false for a tombstone and for any other kind of event
    /// @param pinned whether it is pinned now
    public record Target(long senderId, boolean isMessage, boolean pinned) {}

    /// Who wants something.
    ///
    /// @param standing at the moment when it was offered
    public record Sender(long userId, Standing standing) {}

    /// Where targets are found.
    @FunctionalInterface
    public interface Targets {
        /// The event of the room with this seq; empty when there is none.
        Optional<Target> find(long seq);
    }

    /// Why something may not come next.
    public record Refusal(ErrorCode code, String text) {}

    /// Decides.
    ///
    /// @return why not; empty when it may
    public static Optional<Refusal> judge(
            RoomState state, Sender sender, EventBody body, Targets targets) {
        if (sender.standing() == Standing.SERVER) {
            return Optional.empty();
        }
        if (!state.admits(sender.userId())) {
            return refuse(ErrorCode.NOT_IN_ROOM, "you are not a member of this room");
        }
        return switch (body) {
            case EventBody.Message _ -> Optional.empty();
            case EventBody.Edit edit -> judgeOwn(sender.userId(), targets.find(edit.targetSeq()));
            case EventBody.Delete(long seq) ->
                    keepsOrder(state, sender)
                            ? judgeMessage(targets.find(seq))
                            : judgeOwn(sender.userId(), targets.find(seq));
            case EventBody.Reaction reaction -> judgeMessage(targets.find(reaction.targetSeq()));
            case EventBody.Pin pin -> judgePin(state, pin, targets);
            case EventBody.Topic _ -> judgeTopic(state);
            case EventBody.Rename _ -> judgeOwner(state, sender, Standing.MODERATOR);
            case EventBody.Settings _ -> judgeOwner(state, sender, Standing.ADMIN);
            case EventBody.Membership membership -> judge(state, sender, membership);
            case EventBody.Moderation _, EventBody.Tombstone _, EventBody.Unknown _ ->
                    refuse(ErrorCode.UNSUPPORTED, "this cannot be posted");
        };
    }

    /// Whether somebody may take away what others said.
    private static boolean keepsOrder(RoomState state, Sender sender) {
        return switch (state.kind()) {
            case PUBLIC, PRIVATE ->
                    sender.standing().moderates() || state.ownerId() == sender.userId();
            case DIRECT, AUDIT -> false;
        };
    }

    private static Optional<Refusal> judgeTopic(RoomState state) {
        return switch (state.kind()) {
            case PUBLIC, PRIVATE -> Optional.empty();
            case DIRECT -> refuse(ErrorCode.FORBIDDEN, "direct messages have no topic");
            case AUDIT -> refuse(ErrorCode.FORBIDDEN, AUDIT_FIXED);
        };
    }

    private static Optional<Refusal> judgeMessage(Optional<Target> target) {
        return target.filter(Target::isMessage).isPresent()
                ? Optional.empty()
                : refuse(ErrorCode.NOT_FOUND, "there is no such message in this room");
    }

    private static Optional<Refusal> judgeOwn(long senderId, Optional<Target> target) {
        Optional<Refusal> missing = judgeMessage(target);
        if (missing.isPresent() || target.orElseThrow().senderId() == senderId) {
            return missing;
        }
        return refuse(ErrorCode.FORBIDDEN, "it is somebody else's message");
    }

    private static Optional<Refusal> judgePin(RoomState state, EventBody.Pin pin, Targets targets) {
        Optional<Target> target = targets.find(pin.targetSeq());
        Optional<Refusal> missing = judgeMessage(target);
        boolean isNew = !pin.unpin() && !target.map(Target::pinned).orElse(false);
        if (missing.isEmpty() && isNew && state.pins() >= PINS_MAX) {
            return refuse(
                    ErrorCode.FORBIDDEN, "the room has " + PINS_MAX + " pinned messages already");
        }
        return missing;
    }

    /// @param least who else may do it in a public room
    private static Optional<Refusal> judgeOwner(RoomState state, Sender sender, Standing least) {
        boolean owns = state.ownerId() == sender.userId();
        return switch (state.kind()) {
            case PUBLIC ->
                    owns || sender.standing().compareTo(least) >= 0
                            ? Optional.empty()
                            : refuse(
                                    ErrorCode.FORBIDDEN,
                                    "only the room's owner and those with a role may do this");
            case PRIVATE -> owns ? Optional.empty() : refuse(ErrorCode.FORBIDDEN, OWNER_ONLY);
            case DIRECT -> refuse(ErrorCode.FORBIDDEN, "direct messages have no owner");
            case AUDIT -> refuse(ErrorCode.FORBIDDEN, AUDIT_FIXED);
        };
    }

    private static Optional<Refusal> judge(
            RoomState state, Sender sender, EventBody.Membership event) {
        if (state.kind() == RoomKind.PUBLIC && event.change() == MembershipChange.OWNER) {
            return judgeOwner(state, sender, Standing.ADMIN);
        }
        if (state.kind() == RoomKind.AUDIT) {
            return refuse(ErrorCode.FORBIDDEN, AUDIT_FIXED);
        }
        if (state.kind() != RoomKind.PRIVATE) {
            return refuse(ErrorCode.FORBIDDEN, "only private rooms have members");
        }
        boolean isMember = state.members().containsKey(event.userId());
        boolean isOwner = state.ownerId() == sender.userId();
        return switch (event.change()) {
            case ADDED -> {
                if (isMember) {
                    yield refuse(ErrorCode.CONFLICT, "this person is a member already");
                }
                yield state.members().size() < MEMBERS_MAX
                        ? Optional.empty()
                        : refuse(ErrorCode.ROOM_FULL, "the room has " + MEMBERS_MAX + " members");
            }
            case REMOVED, OWNER -> {
                if (!isOwner) {
                    yield refuse(ErrorCode.FORBIDDEN, OWNER_ONLY);
                }
                boolean himself = event.userId() == sender.userId();
                yield isMember && !(himself && event.change() == MembershipChange.REMOVED)
                        ? Optional.empty()
                        : refuse(ErrorCode.NOT_FOUND, "this person is no other member of the room");
            }
            case LEFT ->
                    event.userId() == sender.userId()
                            ? Optional.empty()
                            : refuse(ErrorCode.FORBIDDEN, "one leaves for oneself alone");
        };
    }

    private static Optional<Refusal> refuse(ErrorCode code, String text) {
        return Optional.of(new Refusal(code, text));
    }
}
