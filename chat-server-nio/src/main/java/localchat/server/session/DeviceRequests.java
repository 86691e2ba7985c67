package localchat.server.session;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.ModerationAct;
import localchat.core.model.Role;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.Device;
import localchat.core.protocol.wire.DevicePage;
import localchat.core.protocol.wire.ListDevices;
import localchat.core.protocol.wire.RevokeDevice;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Account;
import localchat.server.account.AccountRecord;
import localchat.server.account.Allowances;
import localchat.server.account.Codes;
import localchat.server.account.DeviceCodes;

/// Requests about the devices of a person. Runs on the loop thread.
final class DeviceRequests {
    private DeviceRequests() {}

    static void onList(Session session, Member member, long requestId, ListDevices list)
            throws RequestRefused {
        boolean own = list.getUserId() == 0 || list.getUserId() == member.userId();
        if (!own && member.person().role() != Role.ADMIN) {
            throw new RequestRefused(
                    ErrorCode.FORBIDDEN, "only administrators see the devices of others");
        }
        Account account = AccountRequests.known(session, own ? member.userId() : list.getUserId());
        DevicePage.Builder page = DevicePage.newBuilder();
        for (AccountRecord.Device device : account.devices()) {
            if (!device.revoked()) {
                page.addDevices(device(session, member, device));
            }
        }
        session.send(requestId, ServerFrame.newBuilder().setDevicePage(page));
    }

    private static Device device(Session session, Member member, AccountRecord.Device device) {
        boolean online =
                session.services().people().session(device.userId(), device.deviceId()).isPresent();
        return Device.newBuilder()
                .setDeviceId(ByteString.copyFrom(device.deviceId().bytes()))
                .setDeviceName(device.deviceName())
                .setClientName(device.clientName())
                .setFirstSeenMs(device.firstSeenMillis())
                .setLastSeenMs(device.lastSeenMillis())
                .setOnline(online)
                .setCurrent(device.deviceId().equals(member.device()))
                .build();
    }

    static void onRevoke(Session session, Member member, long requestId, RevokeDevice revoke)
            throws RequestRefused {
        if (revoke.getAllOthers()) {
            Account self = AccountRequests.known(session, member.userId());
            List.copyOf(self.devices()).stream()
                    .filter(device -> !device.deviceId().equals(member.device()))
                    .forEach(device -> revoke(session, self, device.deviceId()));
            session.services().register().accounts().withdrawRecoveryCode(self);
            session.sendDone(requestId);
            return;
        }
        byte[] id = Session.fixedBytes(revoke.getDeviceId(), Digest32.BYTES, "device_id");
        Digest32 device = new Digest32(id);
        Optional<Account> owner =
                session.services()
                        .register()
                        .accounts()
                        .byDevice(device)
                        .filter(account ->
                                account.userId() == member.userId()
                                        || member.person().role() == Role.ADMIN);
        if (owner.isEmpty()) {
            throw new RequestRefused(ErrorCode.NOT_FOUND, "there is no such device");
        }
        boolean own = owner.get().userId() == member.userId();
        if (own) {
            // Before its connection goes, if it is this one.
            session.sendDone(requestId);
        }
        revoke(session, owner.get(), device);
        if (own && !device.equals(member.device())) {
            session.services().register().accounts().withdrawRecoveryCode(owner.get());
        }
        if (!own) {
            session.services()
                    .audit()
                    .record(
                            session,
                            member,
                            requestId,
                            new EventBody.Moderation(
                                    ModerationAct.REVOKE_DEVICE,
                                    owner.get().userId(),
                                    owner.get().name().value(),
                                    "",
                                    0,
                                    0));
        }
    }

    /// A code for a further device goes with it: whoever has the device may have made it. So may be
    /// the recovery code, but it is withdrawn by another device of the person alone, which can make
    /// a new one: somebody who has nothing else left comes back with it.
    private static void revoke(Session session, Account account, Digest32 device) {
        session.services().register().accounts().revoke(account, device);
        session.services().register().deviceCodes().withdraw(account.userId());
        session.services()
                .people()
                .session(account.userId(), device)
                .ifPresent(live -> live.close(CloseReason.DEVICE_REVOKED));
    }

    static void onCreateCode(Session session, Member member, long requestId) {
        SessionServices services = session.services();
        String code =
                services.register()
                        .deviceCodes()
                        .create(member.userId(), services.clockNanos().getAsLong());
        long expires =
                services.epochMillis().getAsLong() + Allowances.millis(DeviceCodes.VALID_NANOS);
        session.send(
                requestId,
                ServerFrame.newBuilder()
                        .setCode(Code.newBuilder().setCode(code).setExpiresMs(expires)));
    }

    /// A person will rely on what was written down: it is told once it is on disk.
    static void onCreateRecoveryCode(Session session, Member member, long requestId)
            throws RequestRefused {
        SessionServices services = session.services();
        Account account = AccountRequests.known(session, member.userId());
        String code = Codes.random(services.random());
        member.beginReading();
        services.register().accounts().recoveryCode(account, Codes.hash(code).orElseThrow());
        services.register()
                .store()
                .whenWritten(() -> {
                    member.endReading();
                    session.send(
                            requestId,
                            ServerFrame.newBuilder().setCode(Code.newBuilder().setCode(code)));
                });
    }
}
