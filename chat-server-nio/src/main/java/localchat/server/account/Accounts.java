package localchat.server.account;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// Everybody who was ever here: people by id, by name and by device. Every change goes to the store
/// at once. Times are milliseconds since 1970-01-01T00:00:00Z. Belongs to the loop thread.
public final class Accounts {
    /// People on one server. Reason: 100 MB; twenty times those one node is built for.
    public static final int PEOPLE_MAX = 200_000;

    /// Devices of one person, those revoked included; past it the revoked one that is not seen for
    /// longest is forgotten, and without one a further device is refused. Reason: more than anybody
    /// carries.
    public static final int DEVICES_MAX = 16;

    /// Names that one person owns, the one now included; past it the oldest is anybody's again.
    /// Reason: a person who tries names out keeps nobody from many.
    public static final int NAMES_MAX = 8;

    private final AccountStore store;
    private final LongSupplier newUserId;
    private final Map<Long, Account> byId = new HashMap<>();

    /// Owners of names, by folded name.
    private final Map<String, Account> byName = new HashMap<>();

    /// Owners of names, by what they look like; see [UserName#skeleton].
    private final Map<String, Account> byLook = new HashMap<>();

    private final Map<Digest32, Account> byDevice = new HashMap<>();
    private final Map<Digest32, Account> byRecoveryCode = new HashMap<>();
    private final boolean apart;
    private int admins;

    /// @param newUserId gives ids that no person ever had
    /// @param apart whether names that look alike are kept apart; costs 300 bytes a person
    Accounts(AccountStore store, AccountStore.Kept kept, LongSupplier newUserId, boolean apart) {
        this.store = store;
        this.apart = apart;
        this.newUserId = newUserId;
        for (AccountRecord.Person person : kept.people()) {
            add(new Account(person));
        }
        kept.names().stream()
                .sorted(Comparator.comparingLong(AccountRecord.Name::sinceMillis))
                .forEach(name -> byId(name.userId()).ifPresent(owner -> own(owner, name)));
        for (AccountRecord.Device device : kept.devices()) {
            byId(device.userId()).ifPresent(owner -> hold(owner, device));
        }
    }

    private void add(Account account) {
        byId.put(account.userId(), account);
        account.recoveryCode().ifPresent(code -> byRecoveryCode.put(code, account));
        admins += account.role() == Role.ADMIN ? 1 : 0;
    }

    private void own(Account account, AccountRecord.Name name) {
        account.put(name);
        byName.put(name.name().folded(), account);
        if (apart) {
            // Names from before may look alike: the first one keeps newcomers away.
            looks(name.name()).forEach(look -> byLook.putIfAbsent(look, account));
        }
    }

    private static Set<String> looks(UserName name) {
        return name.skeleton().looks();
    }

    private void hold(Account account, AccountRecord.Device device) {
        account.put(device);
        Account before = byDevice.put(device.deviceId(), account);
        if (before != null && before != account) {
            before.remove(device.deviceId());
        }
    }

    /// Whether one more person is one too many.
    public boolean isFull() {
        return byId.size() >= PEOPLE_MAX;
    }

    /// Whether anybody is administrator.
    public boolean hasAdmin() {
        return admins > 0;
    }

    /// How many are administrators.
    public int admins() {
        return admins;
    }

    /// Everybody, in no order.
    public Iterable<Account> all() {
        return byId.values();
    }

    /// The person with this id.
    public Optional<Account> byId(long userId) {
        return Optional.ofNullable(byId.get(userId));
    }

    /// Whom this name belongs to, in any case.
    public Optional<Account> owner(UserName name) {
        return Optional.ofNullable(byName.get(name.folded()));
    }

    /// Whether this name, or one that looks like it, belongs to anybody.
    boolean isTaken(UserName name) {
        return owner(name).isPresent()
                || (apart && looks(name).stream().anyMatch(byLook::containsKey));
    }

    /// Whether this name, or one that looks like it, belongs to anybody else.
    public boolean isTaken(UserName name, Account self) {
        return owner(name).filter(owner -> owner != self).isPresent()
                || (apart
                        && looks(name).stream()
                                .map(byLook::get)
                                .anyMatch(owner -> owner != null && owner != self));
    }

    /// Whose device this is, revoked or not.
    public Optional<Account> byDevice(Digest32 deviceId) {
        return Optional.ofNullable(byDevice.get(deviceId));
    }

    /// Whose recovery code this is.
    Optional<Account> byRecoveryCode(Digest32 hash) {
        return Optional.ofNullable(byRecoveryCode.get(hash));
    }

    /// Somebody is here for the first time, with a device that is yet to be added.
    ///
    /// @throws IllegalStateException when [#isFull] or the name belongs to somebody
    Account create(UserName name, AccountRecord.Device device) {
        if (isFull() || isTaken(name)) {
            throw new IllegalStateException("no place for a person of this name");
        }
        long userId = newUserId.getAsLong();
        Account account =
                new Account(
                        new AccountRecord.Person(
                                userId, name, Role.MEMBER, device.deviceId(), Optional.empty()));
        add(account);
        store.put(account.person());
        take(account, name, device.firstSeenMillis());
        return account;
    }

    /// A device is this person's from now on, or was seen again.
    void addDevice(Account account, AccountRecord.Device device) {
        AccountRecord.Device held =
                new AccountRecord.Device(
                        device.deviceId(),
                        account.userId(),
                        device.deviceName(),
                        device.clientName(),
                        account.device(device.deviceId())
                                .map(AccountRecord.Device::firstSeenMillis)
                                .orElse(device.firstSeenMillis()),
                        device.lastSeenMillis(),
                        false);
        hold(account, held);
        store.put(held);
    }

    /// Whether a person can have this device, one that was revoked giving way if need be.
    boolean hasPlaceFor(Account account, Digest32 deviceId) {
        return account.device(deviceId).isPresent()
                || account.devices().size() < DEVICES_MAX
                || account.devices().stream().anyMatch(AccountRecord.Device::revoked);
    }

    /// Forgets the revoked device that was not seen for longest, when there are too many.
    void makePlaceFor(Account account, Digest32 deviceId) {
        boolean isNew = account.device(deviceId).isEmpty();
        if (isNew && account.devices().size() >= DEVICES_MAX) {
            account.devices().stream()
                    .filter(AccountRecord.Device::revoked)
                    .min(Comparator.comparingLong(AccountRecord.Device::lastSeenMillis))
                    .ifPresent(oldest -> {
                        account.remove(oldest.deviceId());
                        byDevice.remove(oldest.deviceId(), account);
                        store.remove(new AccountKey.Device(oldest.deviceId()));
                    });
        }
    }

    /// A device may not log in any more.
    ///
    /// @return whether it could before
    public boolean revoke(Account account, Digest32 deviceId) {
        Optional<AccountRecord.Device> device =
                account.device(deviceId).filter(held -> !held.revoked());
        device.ifPresent(held -> {
            AccountRecord.Device revoked =
                    new AccountRecord.Device(
                            held.deviceId(),
                            held.userId(),
                            held.deviceName(),
                            held.clientName(),
                            held.firstSeenMillis(),
                            held.lastSeenMillis(),
                            true);
            hold(account, revoked);
            store.put(revoked);
        });
        return device.isPresent();
    }

    /// A person is called otherwise from now on, and keeps the names before.
    ///
    /// @throws IllegalStateException when the name belongs to somebody else
    public void rename(Account account, UserName name, long nowMillis) {
        if (isTaken(name, account)) {
            throw new IllegalStateException("the name belongs to somebody else");
        }
        account.name(name);
        store.put(account.person());
        take(account, name, nowMillis);
    }

    private void take(Account account, UserName name, long nowMillis) {
        AccountRecord.Name owned = new AccountRecord.Name(name, account.userId(), nowMillis);
        own(account, owned);
        store.put(owned);
        List<AccountRecord.Name> names = account.names();
        if (names.size() > NAMES_MAX) {
            release(names.getFirst().name());
        }
    }

    /// A name belongs to nobody any more.
    ///
    /// @return whom it belonged to
    public Optional<Account> release(UserName name) {
        Optional<Account> owner = Optional.ofNullable(byName.remove(name.folded()));
        owner.ifPresent(account -> {
            account.remove(name);
            store.remove(new AccountKey.Name(name));
            looks(name).forEach(look -> byLook.remove(look, account));
            // Other names of the same person may look like it.
            account.names()
                    .forEach(owned ->
                            looks(owned.name()).forEach(look -> byLook.putIfAbsent(look, account)));
            if (!account.ownsName()) {
                callOtherwise(account);
            }
        });
        return owner;
    }

    /// Two people are never called the same: who has lost the name is called by the one before, or
    /// by a number.
    private void callOtherwise(Account account) {
        UserName name = new UserName("user " + account.userId());
        for (int i = 2; isTaken(name, account); i++) {
            name = new UserName("user " + account.userId() + "." + i);
        }
        if (!account.names().isEmpty()) {
            name = account.names().getLast().name();
        }
        rename(
                account,
                name,
                account.names().isEmpty() ? 0 : account.names().getLast().sinceMillis());
    }

    /// A person may do more or less from now on.
    public void role(Account account, Role role) {
        admins += (role == Role.ADMIN ? 1 : 0) - (account.role() == Role.ADMIN ? 1 : 0);
        account.role(role);
        store.put(account.person());
    }

    /// A person's recovery code is worth nothing any more.
    public void withdrawRecoveryCode(Account account) {
        account.recoveryCode()
                .ifPresent(code -> {
                    byRecoveryCode.remove(code);
                    account.recoveryCode(Optional.empty());
                    store.put(account.person());
                });
    }

    /// A person's recovery code; the one before is worth nothing any more.
    public void recoveryCode(Account account, Digest32 hash) {
        account.recoveryCode().ifPresent(byRecoveryCode::remove);
        account.recoveryCode(Optional.of(hash));
        byRecoveryCode.put(hash, account);
        store.put(account.person());
    }
}
