package localchat.core.client;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.BlockPerson;
import localchat.core.protocol.wire.ChangeName;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.CreateDeviceCode;
import localchat.core.protocol.wire.CreateRecoveryCode;
import localchat.core.protocol.wire.RevokeDevice;
import localchat.core.protocol.wire.ServerFrame.KindCase;

/// The [OwnAccount] that the server keeps.
final class AskedAccount implements OwnAccount {
    private final PeopleRequests requests;
    private final OwnStanding standing;

    /// @param standing of the session thread
    AskedAccount(PeopleRequests requests, OwnStanding standing) {
        this.requests = requests;
        this.standing = standing;
    }

    @Override
    public CompletableFuture<Boolean> changeName(UserName name) {
        ChangeName change = ChangeName.newBuilder().setName(name.value()).build();
        return requests.done(
                ClientFrame.newBuilder().setChangeName(change), () -> standing.onRenamed(name));
    }

    @Override
    public CompletableFuture<List<DeviceInfo>> devices() {
        return requests.devices(0);
    }

    @Override
    public CompletableFuture<Boolean> revokeDevice(Digest32 deviceId) {
        return revoke(RevokeDevice.newBuilder().setDeviceId(ByteString.copyFrom(deviceId.bytes())));
    }

    @Override
    public CompletableFuture<Boolean> signOutOthers() {
        return revoke(RevokeDevice.newBuilder().setAllOthers(true));
    }

    private CompletableFuture<Boolean> revoke(RevokeDevice.Builder revoke) {
        return requests.done(ClientFrame.newBuilder().setRevokeDevice(revoke));
    }

    @Override
    public CompletableFuture<SecretCode> deviceCode() {
        return requests.code(
                ClientFrame.newBuilder()
                        .setCreateDeviceCode(CreateDeviceCode.getDefaultInstance()));
    }

    @Override
    public CompletableFuture<SecretCode> recoveryCode() {
        return requests.code(
                ClientFrame.newBuilder()
                        .setCreateRecoveryCode(CreateRecoveryCode.getDefaultInstance()));
    }

    @Override
    public CompletableFuture<Boolean> block(long userId) {
        return block(BlockPerson.newBuilder().setUserId(userId));
    }

    @Override
    public CompletableFuture<Boolean> unblock(long userId) {
        return block(BlockPerson.newBuilder().setUserId(userId).setUnblock(true));
    }

    private CompletableFuture<Boolean> block(BlockPerson.Builder block) {
        return requests.answered(ClientFrame.newBuilder().setBlockPerson(block), KindCase.BLOCKED);
    }
}
