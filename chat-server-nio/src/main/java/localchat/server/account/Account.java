package localchat.server.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// A person known to the server, here or not. Changed by [Accounts] alone. Belongs to the loop
/// thread.
public final class Account {
    private final long userId;
    private final Digest32 firstDevice;
    private UserName name;
    private Role role;
    private Optional<Digest32> recoveryCode;

    /// Nearly everybody has one device and one name: lists that are replaced cost less than ones
    /// that grow.
    private List<AccountRecord.Device> devices = List.of();

    private List<AccountRecord.Name> names = List.of();

    Account(AccountRecord.Person person) {
        this.userId = person.userId();
        this.firstDevice = person.firstDevice();
        this.name = person.name();
        this.role = person.role();
        this.recoveryCode = person.recoveryCode();
    }

    /// Above 0, never used again for somebody else.
    public long userId() {
        return userId;
    }

    /// What the person is called now.
    public UserName name() {
        return name;
    }

    /// What the person may do.
    public Role role() {
        return role;
    }

    /// Its devices, those revoked included, the oldest first.
    public List<AccountRecord.Device> devices() {
        return devices;
    }

    /// Whether the person owns the name that it has: not after that was released.
    public boolean ownsName() {
        return names.stream().anyMatch(owned -> owned.name().equals(name));
    }

    /// Whether this is the person's name, or was before, in any case.
    boolean owns(UserName asked) {
        String folded = asked.folded();
        return names.stream().anyMatch(owned -> owned.name().folded().equals(folded));
    }

    List<AccountRecord.Name> names() {
        return names;
    }

    Optional<Digest32> recoveryCode() {
        return recoveryCode;
    }

    AccountRecord.Person person() {
        return new AccountRecord.Person(userId, name, role, firstDevice, recoveryCode);
    }

    void name(UserName now) {
        name = now;
    }

    void role(Role now) {
        role = now;
    }

    void recoveryCode(Optional<Digest32> hash) {
        recoveryCode = hash;
    }

    Optional<AccountRecord.Device> device(Digest32 id) {
        return devices.stream().filter(device -> device.deviceId().equals(id)).findFirst();
    }

    /// Adds it, or puts it in the place of the one with the same id.
    void put(AccountRecord.Device device) {
        List<AccountRecord.Device> now = new ArrayList<>(devices);
        now.removeIf(known -> known.deviceId().equals(device.deviceId()));
        now.add(device);
        devices = List.copyOf(now);
    }

    void remove(Digest32 deviceId) {
        devices = devices.stream().filter(device -> !device.deviceId().equals(deviceId)).toList();
    }

    /// Adds it as the newest one.
    void put(AccountRecord.Name owned) {
        List<AccountRecord.Name> now = new ArrayList<>(names);
        now.removeIf(known -> known.name().folded().equals(owned.name().folded()));
        now.add(owned);
        names = List.copyOf(now);
    }

    void remove(UserName released) {
        String folded = released.folded();
        names = names.stream().filter(owned -> !owned.name().folded().equals(folded)).toList();
    }
}
