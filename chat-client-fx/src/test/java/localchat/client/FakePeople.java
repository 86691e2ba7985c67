package localchat.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localchat.core.client.DeviceInfo;
import localchat.core.client.InviteInfo;
import localchat.core.client.Moderation;
import localchat.core.client.OwnAccount;
import localchat.core.client.RequestException;
import localchat.core.client.SecretCode;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// What is asked about people, written down, and answered at once.
public final class FakePeople implements OwnAccount, Moderation {
    /// 2026-11-21T10:25:00Z.
    public static final long EXPIRES = 1_795_256_700_000L;

    /// What was asked, in order.
    public final List<String> calls = new ArrayList<>();

    public final List<DeviceInfo> devices = new ArrayList<>();
    public final List<InviteInfo> invites = new ArrayList<>();

    /// Why everything is refused; nothing: it is done.
    public Optional<ErrorCode> refusal = Optional.empty();

    /// A device seen first and last at midnight of 2026-11-20 UTC.
    public static DeviceInfo device(int number, String name, boolean current) {
        byte[] id = new byte[Digest32.BYTES];
        id[0] = (byte) number;
        long seen = 1_795_132_800_000L;
        return new DeviceInfo(
                new Digest32(id), name, "chat-term 1.0", seen, seen, current, current);
    }

    private <T> CompletableFuture<T> answer(String call, T value) {
        calls.add(call);
        return refusal.<CompletableFuture<T>>map(code ->
                        CompletableFuture.failedFuture(new RequestException(code, "no: " + code)))
                .orElseGet(() -> CompletableFuture.completedFuture(value));
    }

    @Override
    public CompletableFuture<Boolean> changeName(UserName name) {
        return answer("name " + name, true);
    }

    @Override
    public CompletableFuture<List<DeviceInfo>> devices() {
        return answer("devices", List.copyOf(devices));
    }

    @Override
    public CompletableFuture<Boolean> revokeDevice(Digest32 deviceId) {
        devices.removeIf(device -> device.id().equals(deviceId));
        return answer("revoke " + deviceId.bytes()[0], true);
    }

    @Override
    public CompletableFuture<Boolean> signOutOthers() {
        devices.removeIf(device -> !device.current());
        return answer("sign out others", true);
    }

    @Override
    public CompletableFuture<SecretCode> deviceCode() {
        return answer("device code", new SecretCode("7KQ2M-9XW4T", EXPIRES, "", ""));
    }

    @Override
    public CompletableFuture<SecretCode> recoveryCode() {
        return answer("recovery code", new SecretCode("BC3ZD-H8RPN", 0, "", ""));
    }

    @Override
    public CompletableFuture<Boolean> block(long userId) {
        return answer("block " + userId, true);
    }

    @Override
    public CompletableFuture<Boolean> unblock(long userId) {
        return answer("unblock " + userId, true);
    }

    @Override
    public CompletableFuture<Boolean> kick(long userId, long roomId, String reason) {
        return answer("kick %d %d [%s]".formatted(userId, roomId, reason), true);
    }

    @Override
    public CompletableFuture<Boolean> mute(
            long userId, long roomId, Duration duration, String reason) {
        return answer("mute %d %d %s [%s]".formatted(userId, roomId, duration, reason), true);
    }

    @Override
    public CompletableFuture<Boolean> unmute(long userId, long roomId) {
        return answer("unmute %d %d".formatted(userId, roomId), true);
    }

    @Override
    public CompletableFuture<Boolean> ban(long userId, Duration duration, String reason) {
        return answer("ban %d %s [%s]".formatted(userId, duration, reason), true);
    }

    @Override
    public CompletableFuture<Boolean> unban(long userId) {
        return answer("unban " + userId, true);
    }

    @Override
    public CompletableFuture<Boolean> setRole(long userId, Role role) {
        return answer("role %d %s".formatted(userId, role), true);
    }

    @Override
    public CompletableFuture<Boolean> releaseName(String name) {
        return answer("release " + name, true);
    }

    @Override
    public CompletableFuture<List<DeviceInfo>> devicesOf(long userId) {
        return answer("devices of " + userId, List.copyOf(devices));
    }

    @Override
    public CompletableFuture<SecretCode> createInvite(int uses, Duration valid) {
        return answer(
                "invite %d %s".formatted(uses, valid),
                new SecretCode("INVIT-ECODE", EXPIRES, "localchat://box/?invite=INVIT", "i1"));
    }

    @Override
    public CompletableFuture<List<InviteInfo>> invites() {
        return answer("invites", List.copyOf(invites));
    }

    @Override
    public CompletableFuture<Boolean> revokeInvite(String inviteId) {
        return answer("revoke invite " + inviteId, true);
    }
}
