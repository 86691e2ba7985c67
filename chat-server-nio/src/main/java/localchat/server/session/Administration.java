package localchat.server.session;

import java.util.Locale;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.ReleaseName;
import localchat.core.protocol.wire.SetRole;
import localchat.server.account.Account;
import localchat.server.account.Accounts;

/// Requests of administrators. Runs on the loop thread.
final class Administration {
    private Administration() {}

    static void onSetRole(Session session, Member member, long requestId, SetRole set)
            throws RequestRefused {
        Role role =
                switch (set.getRole()) {
                    case ROLE_MEMBER -> Role.MEMBER;
                    case ROLE_MODERATOR -> Role.MODERATOR;
                    case ROLE_ADMIN -> Role.ADMIN;
                    case ROLE_UNSPECIFIED, UNRECOGNIZED ->
                            throw new RequestRefused(
                                    ErrorCode.INVALID,
                                    "role is ROLE_MEMBER, ROLE_MODERATOR or ROLE_ADMIN");
                };
        Account target = AccountRequests.known(session, set.getUserId());
        Accounts accounts = session.services().register().accounts();
        if (target.role() == Role.ADMIN && role != Role.ADMIN && accounts.admins() == 1) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN, "the last administrator cannot stop being one");
        }
        if (target.role() == role) {
            session.sendDone(requestId);
            return;
        }
        accounts.role(target, role);
        session.services().people().onRole(target);
        session.services().audit().record(session, member, requestId, act(target));
        session.services().audit().onRole(member, target);
    }

    /// That somebody has the role that it has.
    static EventBody.Moderation act(Account target) {
        return new EventBody.Moderation(
                ModerationAct.ROLE,
                target.userId(),
                target.name().value(),
                target.role().name().toLowerCase(Locale.ROOT),
                0,
                0);
    }

    static void onReleaseName(Session session, Member member, long requestId, ReleaseName release)
            throws RequestRefused {
        Optional<String> fault = UserName.fault(release.getName());
        if (fault.isPresent()) {
            throw new RequestRefused(ErrorCode.NAME_INVALID, fault.get());
        }
        UserName name = new UserName(release.getName());
        Accounts accounts = session.services().register().accounts();
        boolean wasCalledSo =
                accounts.owner(name)
                        .filter(owner -> owner.name().folded().equals(name.folded()))
                        .isPresent();
        Account owner =
                accounts.release(name)
                        .orElseThrow(() ->
                                new RequestRefused(
                                        ErrorCode.NOT_FOUND, "the name belongs to nobody"));
        session.services().people().onRenamed(owner);
        session.services().rooms().onRenamed(owner.userId());
        if (wasCalledSo && owner.userId() != member.userId()) {
            Moderation.closeAll(session, owner, CloseReason.KICKED);
        }
        session.services()
                .audit()
                .record(
                        session,
                        member,
                        requestId,
                        new EventBody.Moderation(
                                ModerationAct.RELEASE_NAME,
                                owner.userId(),
                                name.value(),
                                "",
                                0,
                                0));
    }
}
