package localchat.core.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.Role;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.WireDecoding;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Ban;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CreateInvite;
import localchat.core.protocol.wire.Invite;
import localchat.core.protocol.wire.InvitePage;
import localchat.core.protocol.wire.Kick;
import localchat.core.protocol.wire.ListInvites;
import localchat.core.protocol.wire.Mute;
import localchat.core.protocol.wire.ReleaseName;
import localchat.core.protocol.wire.RevokeInvite;
import localchat.core.protocol.wire.ServerFrame.KindCase;
import localchat.core.protocol.wire.SetRole;
import localchat.core.protocol.wire.Unban;

/// The [Moderation] that the server does.
final class AskedModeration implements Moderation {
    /// Invites in one answer to the front end; further ones are left out. Reason: nobody reads
    /// more, and a server that never ends its pages must not fill the memory.
    static final int INVITES_MAX = 1_000;

    private final PeopleRequests requests;
    private final Rooms rooms;

    /// @param rooms of the session thread
    AskedModeration(PeopleRequests requests, Rooms rooms) {
        this.requests = requests;
        this.rooms = rooms;
    }

    @Override
    public CompletableFuture<Boolean> kick(long userId, long roomId, String reason) {
        requireReason(reason);
        return inRoom(
                roomId,
                wireId -> {
                    Kick kick =
                            Kick.newBuilder()
                                    .setUserId(userId)
                                    .setRoomId(wireId)
                                    .setReason(reason)
                                    .build();
                    return ClientFrame.newBuilder().setKick(kick);
                });
    }

    @Override
    public CompletableFuture<Boolean> mute(
            long userId, long roomId, Duration duration, String reason) {
        requireReason(reason);
        int seconds = seconds(duration);
        if (seconds == 0) {
            throw new IllegalArgumentException("a mute lasts a second at least");
        }
        return mute(userId, roomId, seconds, reason);
    }

    @Override
    public CompletableFuture<Boolean> unmute(long userId, long roomId) {
        return mute(userId, roomId, 0, "");
    }

    private CompletableFuture<Boolean> mute(long userId, long roomId, int seconds, String reason) {
        return inRoom(
                roomId,
                wireId -> {
                    Mute mute =
                            Mute.newBuilder()
                                    .setUserId(userId)
                                    .setRoomId(wireId)
                                    .setDurationSeconds(seconds)
                                    .setReason(reason)
                                    .build();
                    return ClientFrame.newBuilder().setMute(mute);
                });
    }

    /// A request about one of the front end's rooms, whose id the server may know by another
    /// number.
    private CompletableFuture<Boolean> inRoom(
            long roomId, LongFunction<ClientFrame.Builder> request) {
        return requests.ask(answer -> {
            Optional<Long> wireId =
                    roomId == EVERYWHERE ? Optional.of(EVERYWHERE) : rooms.wireIdOf(roomId);
            if (wireId.isEmpty()) {
                answer.completeExceptionally(
                        new RequestException(ErrorCode.NOT_FOUND, "this room is not known"));
                return;
            }
            requests.send(
                    request.apply(wireId.get()), KindCase.DONE, answer, _ -> answer.complete(true));
        });
    }

    @Override
    public CompletableFuture<Boolean> ban(long userId, Duration duration, String reason) {
        requireReason(reason);
        Ban ban =
                Ban.newBuilder()
                        .setUserId(userId)
                        .setDurationSeconds(seconds(duration))
                        .setReason(reason)
                        .build();
        return requests.done(ClientFrame.newBuilder().setBan(ban));
    }

    @Override
    public CompletableFuture<Boolean> unban(long userId) {
        Unban unban = Unban.newBuilder().setUserId(userId).build();
        return requests.done(ClientFrame.newBuilder().setUnban(unban));
    }

    @Override
    public CompletableFuture<Boolean> setRole(long userId, Role role) {
        SetRole set =
                SetRole.newBuilder().setUserId(userId).setRole(WireEncoding.role(role)).build();
        return requests.done(ClientFrame.newBuilder().setSetRole(set));
    }

    @Override
    public CompletableFuture<Boolean> releaseName(String name) {
        ReleaseName release = ReleaseName.newBuilder().setName(name).build();
        return requests.done(ClientFrame.newBuilder().setReleaseName(release));
    }

    @Override
    public CompletableFuture<List<DeviceInfo>> devicesOf(long userId) {
        return requests.devices(userId);
    }

    @Override
    public CompletableFuture<SecretCode> createInvite(int uses, Duration valid) {
        if (uses < 0) {
            throw new IllegalArgumentException("uses are not below 0, not " + uses);
        }
        CreateInvite create =
                CreateInvite.newBuilder().setUses(uses).setValidSeconds(seconds(valid)).build();
        return requests.code(ClientFrame.newBuilder().setCreateInvite(create));
    }

    @Override
    public CompletableFuture<List<InviteInfo>> invites() {
        return requests.ask(answer -> invitesFrom("", new ArrayList<>(), answer));
    }

    private void invitesFrom(
            String pageToken, List<InviteInfo> found, CompletableFuture<List<InviteInfo>> answer) {
        ListInvites list = ListInvites.newBuilder().setPageToken(pageToken).build();
        requests.send(
                ClientFrame.newBuilder().setListInvites(list),
                KindCase.INVITE_PAGE,
                answer,
                frame -> onInvites(frame.getInvitePage(), found, answer));
    }

    private void onInvites(
            InvitePage page, List<InviteInfo> found, CompletableFuture<List<InviteInfo>> answer)
            throws MalformedFrameException {
        for (Invite invite : page.getInvitesList()) {
            found.add(
                    new InviteInfo(
                            invite.getInviteId(),
                            invite.getAnyNumber(),
                            WireDecoding.people(invite.getUsesLeft()),
                            WireDecoding.count("invite.expires_ms", invite.getExpiresMs()),
                            WireDecoding.count(
                                    "invite.created_by_user_id", invite.getCreatedByUserId()),
                            invite.getRevoked()));
        }
        boolean isLast = page.getNextPageToken().isEmpty() || page.getInvitesCount() == 0;
        if (isLast || found.size() >= INVITES_MAX) {
            answer.complete(List.copyOf(found.subList(0, Math.min(found.size(), INVITES_MAX))));
        } else {
            invitesFrom(page.getNextPageToken(), found, answer);
        }
    }

    @Override
    public CompletableFuture<Boolean> revokeInvite(String inviteId) {
        RevokeInvite revoke = RevokeInvite.newBuilder().setInviteId(inviteId).build();
        return requests.done(ClientFrame.newBuilder().setRevokeInvite(revoke));
    }

    private static void requireReason(String reason) {
        int bytes = MessageText.utf8Length(reason);
        if (bytes < 0 || bytes > EventBody.Moderation.REASON_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a reason has at most %d bytes of UTF-8, not %d"
                            .formatted(EventBody.Moderation.REASON_BYTES_MAX, bytes));
        }
    }

    /// The wire counts whole seconds, in 32 bits; what is longer than an `int` holds lasts for 68
    /// years.
    private static int seconds(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration is not below 0, not " + duration);
        }
        return (int) Math.min(duration.toSeconds(), Integer.MAX_VALUE);
    }
}
