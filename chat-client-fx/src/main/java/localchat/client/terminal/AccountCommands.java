package localchat.client.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.client.DeviceInfo;
import localchat.core.client.OwnAccount;
import localchat.core.client.SecretCode;
import localchat.core.model.UserName;

/// Does what a person enters about their own name, devices and codes. Belongs to the owning thread.
final class AccountCommands {
    private final OwnAccount account;
    private final Announcer announcer;
    private final Answers answers;
    private List<DeviceInfo> listed = List.of();

    AccountCommands(Conversation chat) {
        this.account = chat.session().account();
        this.announcer = chat.announcer();
        this.answers = new Answers(chat.inbox(), announcer);
    }

    /// Does it, or says why not.
    void run(Command.AboutOneself command) {
        switch (command) {
            case Command.Nick(String name) -> nick(name);
            case Command.Devices() -> answers.use(account.devices(), this::showDevices);
            case Command.Revoke(int number) -> revoke(number);
            case Command.SignOut() ->
                    answers.use(
                            account.signOutOthers(), _ -> announcer.note(Text.SIGNED_OUT_OTHERS));
            case Command.MakeCode(boolean recovery) -> {
                if (recovery) {
                    answers.use(
                            account.recoveryCode(),
                            code -> announcer.note(Text.RECOVERY_CODE, code.code()));
                } else {
                    answers.use(account.deviceCode(), this::showDeviceCode);
                }
            }
        }
    }

    private void nick(String text) {
        Optional<String> fault = UserName.fault(text);
        if (fault.isPresent()) {
            announcer.warning(Text.NAME_REFUSED, fault.get());
        } else {
            // The event that tells of the new name says it.
            answers.use(account.changeName(new UserName(text)), _ -> {});
        }
    }

    private void showDevices(List<DeviceInfo> devices) {
        listed = devices;
        announcer.note(Text.DEVICES, devices.size());
        for (int i = 0; i < devices.size(); i++) {
            DeviceInfo device = devices.get(i);
            announcer.line(announcer.looks().item((i + 1) + "  " + nameOf(device), remark(device)));
        }
        announcer.note(Text.DEVICES_HOW);
    }

    private String nameOf(DeviceInfo device) {
        String name = ShownText.line(device.name().strip());
        return name.isEmpty() ? announcer.words(Text.DEVICE_NAMELESS) : name;
    }

    private String remark(DeviceInfo device) {
        List<String> remarks = new ArrayList<>();
        if (!device.clientName().isBlank()) {
            remarks.add(ShownText.line(device.clientName()));
        }
        if (device.current()) {
            remarks.add(announcer.words(Text.DEVICE_THIS));
        } else if (device.online()) {
            remarks.add(announcer.words(Text.DEVICE_ONLINE));
        } else {
            remarks.add(
                    announcer.words(
                            Text.DEVICE_SEEN,
                            announcer.times().dayAndTime(device.lastSeenMillis())));
        }
        return String.join(", ", remarks);
    }

    private void revoke(int number) {
        if (number > listed.size()) {
            announcer.warning(Text.NO_SUCH_DEVICE);
            return;
        }
        DeviceInfo device = listed.get(number - 1);
        if (device.current()) {
            announcer.warning(Text.DEVICE_IS_THIS);
            return;
        }
        answers.use(
                account.revokeDevice(device.id()),
                _ -> announcer.note(Text.DEVICE_SIGNED_OUT, nameOf(device)));
    }

    private void showDeviceCode(SecretCode code) {
        announcer.note(
                Text.DEVICE_CODE,
                code.code(),
                announcer.times().hourAndMinute(code.expiresMillis()));
    }
}
