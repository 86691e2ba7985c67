package localchat.server.session;

import java.util.Optional;
import java.util.Set;
import localchat.core.model.ErrorCode;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.BlockPerson;
import localchat.core.protocol.wire.Blocked;
import localchat.core.protocol.wire.ChangeName;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Account;
import localchat.server.account.Accounts;
import localchat.server.account.Restraints;

/// Requests about what one is called and whom one wants to hear nothing of. Runs on the loop
/// thread.
final class AccountRequests {
    /// When to try again what cannot be kept now, in milliseconds.
    private static final int STORE_RETRY_MILLIS = 1_000;

    private AccountRequests() {}

    static void onChangeName(Session session, Member member, long requestId, ChangeName change)
            throws RequestRefused {
        Optional<String> fault = UserName.fault(change.getName());
        if (fault.isPresent()) {
            throw new RequestRefused(ErrorCode.NAME_INVALID, fault.get());
        }
        UserName name = new UserName(change.getName());
        SessionServices services = session.services();
        Accounts accounts = services.register().accounts();
        Account account = known(session, member.userId());
        if (accounts.isTaken(name, account)) {
            throw new RequestRefused(
                    ErrorCode.NAME_TAKEN,
                    "the name, or one that looks like it, belongs to somebody");
        }
        if (!account.name().equals(name) || !account.ownsName()) {
            requireStore(session);
            int wait =
                    services.admissions()
                            .takeNameChange(account, services.clockNanos().getAsLong());
            if (wait > 0) {
                throw new RequestRefused(
                        ErrorCode.RATE_LIMITED, "the name was changed too often", wait);
            }
            accounts.rename(account, name, services.epochMillis().getAsLong());
            services.people().onRenamed(account);
            services.rooms().onRenamed(account.userId());
        }
        session.sendDone(requestId);
    }

    /// Somebody who exists.
    ///
    /// @throws RequestRefused with NOT_FOUND
    static Account known(Session session, long userId) throws RequestRefused {
        return session.services()
                .people()
                .account(userId)
                .orElseThrow(
                        () -> new RequestRefused(ErrorCode.NOT_FOUND, "there is no such person"));
    }

    /// That not too much waits to be kept already: nobody adds to it by a wish of his own.
    private static void requireStore(Session session) throws RequestRefused {
        if (session.services().register().store().isBehind()) {
            throw new RequestRefused(
                    ErrorCode.BUSY, "nothing of this can be kept right now", STORE_RETRY_MILLIS);
        }
    }

    static void onBlock(Session session, Member member, long requestId, BlockPerson block)
            throws RequestRefused {
        long userId = member.userId();
        Account other = known(session, block.getUserId());
        if (other.userId() == userId) {
            throw new RequestRefused(ErrorCode.INVALID, "nobody blocks himself");
        }
        requireStore(session);
        Restraints restraints = session.services().register().restraints();
        if (block.getUnblock()) {
            restraints.unblock(userId, other.userId());
        } else if (!restraints.block(userId, other.userId())) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN,
                    "you have blocked " + Restraints.BLOCKED_MAX + " people already");
        }
        Set<Long> blocked = restraints.blockedBy(userId);
        for (Session device : session.services().people().sessions(userId)) {
            device.send(
                    device == session ? requestId : 0,
                    ServerFrame.newBuilder()
                            .setBlocked(Blocked.newBuilder().addAllUserIds(blocked)));
        }
    }
}
