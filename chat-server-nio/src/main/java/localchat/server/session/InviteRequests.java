package localchat.server.session;

import java.util.List;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.CreateInvite;
import localchat.core.protocol.wire.Invite;
import localchat.core.protocol.wire.InvitePage;
import localchat.core.protocol.wire.ListInvites;
import localchat.core.protocol.wire.RevokeInvite;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.AccountRecord;
import localchat.server.account.Invites;
import localchat.server.account.Restraints;

/// Requests about codes that let newcomers in. Runs on the loop thread.
final class InviteRequests {
    /// Invites on a page. Reason: they fit a frame many times over.
    static final int PAGE_MAX = 200;

    private static final long MILLIS_PER_SECOND = 1_000;

    private InviteRequests() {}

    /// Whoever gets the code relies on it: it is told once it is on disk.
    static void onCreate(Session session, Member member, long requestId, CreateInvite create)
            throws RequestRefused {
        SessionServices services = session.services();
        long now = services.epochMillis().getAsLong();
        long uses = Integer.toUnsignedLong(create.getUses());
        long validMillis = Integer.toUnsignedLong(create.getValidSeconds()) * MILLIS_PER_SECOND;
        long expires =
                validMillis == 0 ? 0 : now + Math.min(validMillis, Restraints.LONGEST_MILLIS);
        member.beginReading();
        Invites.Made made =
                services.register()
                        .invites()
                        .create(
                                uses > Invites.USES_MAX ? 0 : (int) uses,
                                expires,
                                member.userId(),
                                now)
                        .orElse(null);
        if (made == null) {
            member.endReading();
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN,
                    "the server has %d invites in force already".formatted(Invites.INVITES_MAX));
        }
        services.audit().record(member, act(ModerationAct.CREATE_INVITE, made.invite()));
        services.register()
                .store()
                .whenWritten(() -> {
                    member.endReading();
                    session.send(
                            requestId,
                            ServerFrame.newBuilder()
                                    .setCode(
                                            Code.newBuilder()
                                                    .setCode(made.code())
                                                    .setExpiresMs(expires)
                                                    .setInviteId(made.invite().id())));
                });
    }

    private static EventBody.Moderation act(ModerationAct act, AccountRecord.Invite invite) {
        return new EventBody.Moderation(act, 0, invite.id(), "", invite.expiresMillis(), 0);
    }

    static void onList(Session session, Member member, long requestId, ListInvites list)
            throws RequestRefused {
        List<AccountRecord.Invite> invites = session.services().register().invites().list();
        int from = 0;
        if (!list.getPageToken().isEmpty()) {
            from =
                    1
                            + invites.stream()
                                    .map(AccountRecord.Invite::id)
                                    .toList()
                                    .indexOf(list.getPageToken());
            if (from == 0) {
                throw new RequestRefused(ErrorCode.INVALID, "page_token is none of this list");
            }
        }
        int to = Math.min(from + PAGE_MAX, invites.size());
        InvitePage.Builder page = InvitePage.newBuilder();
        for (AccountRecord.Invite invite : invites.subList(from, to)) {
            page.addInvites(
                    Invite.newBuilder()
                            .setInviteId(invite.id())
                            .setUsesLeft(Math.max(0, invite.usesLeft()))
                            .setAnyNumber(invite.usesLeft() < 0)
                            .setExpiresMs(invite.expiresMillis())
                            .setCreatedByUserId(invite.createdBy())
                            .setRevoked(invite.revoked()));
        }
        if (to < invites.size()) {
            page.setNextPageToken(invites.get(to - 1).id());
        }
        session.send(requestId, ServerFrame.newBuilder().setInvitePage(page));
    }

    static void onRevoke(Session session, Member member, long requestId, RevokeInvite revoke)
            throws RequestRefused {
        AccountRecord.Invite invite =
                session.services()
                        .register()
                        .invites()
                        .revoke(revoke.getInviteId())
                        .orElseThrow(() ->
                                new RequestRefused(ErrorCode.NOT_FOUND, "there is no such invite"));
        session.services()
                .audit()
                .record(session, member, requestId, act(ModerationAct.REVOKE_INVITE, invite));
    }
}
