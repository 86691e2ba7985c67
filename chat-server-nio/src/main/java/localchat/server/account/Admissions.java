package localchat.server.account;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Role;
import localchat.core.model.UserName;

/// Who comes in, as whom: the one place where logins are decided. A device that is known is a
/// person; a device that is not needs a name that is free, a code of a person, or, where newcomers
/// need one, an invite. Belongs to the loop thread.
public final class Admissions {
    /// Newcomers from one address at once, loopback excepted. Reason: a school behind one router on
    /// its first morning.
    public static final int NEWCOMERS_BURST = 1_000;

    /// Afterwards one more each so often, in nanoseconds: 20 a minute.
    public static final long NEWCOMER_NANOS = 3_000_000_000L;

    /// Changes of name of one person at once. Reason: trying some out.
    public static final int NAME_CHANGES_BURST = 5;

    /// Afterwards one more each so often, in nanoseconds: six an hour. Reason: whoever is called
    /// otherwise every minute is looked for in vain.
    public static final long NAME_CHANGE_NANOS = 600_000_000_000L;

    private static final int REMEMBERED_MAX = 10_000;

    private final AccountStore store;
    private final Accounts accounts;
    private final Invites invites;
    private final DeviceCodes deviceCodes;
    private final Restraints restraints;
    private final Policy policy;
    private final Guesses guesses = new Guesses();
    private final Allowances<Source> newcomers =
            new Allowances<>(NEWCOMERS_BURST, NEWCOMER_NANOS, REMEMBERED_MAX);
    private final Allowances<Long> nameChanges =
            new Allowances<>(NAME_CHANGES_BURST, NAME_CHANGE_NANOS, REMEMBERED_MAX);
    private Optional<Digest32> adminCode;

    /// Whom the server lets in.
    ///
    /// @param inviteNeeded newcomers need an invite
    /// @param proven logins prove a device's key; false for benchmarks: a name alone makes a person
    /// @param hasUserId whether there is a user id to give away now
    public record Policy(boolean inviteNeeded, boolean proven, BooleanSupplier hasUserId) {}

    public Admissions(Register people, Policy policy) {
        this.store = people.store();
        this.accounts = people.accounts();
        this.invites = people.invites();
        this.deviceCodes = people.deviceCodes();
        this.restraints = people.restraints();
        this.policy = policy;
        this.adminCode = people.adminCode();
    }

    /// A code that makes whoever brings it the first administrator; for the server's console. Empty
    /// when there is an administrator, or a code was made before that nobody has used.
    ///
    /// @param random strong
    public Optional<String> firstAdminCode(RandomGenerator random) {
        return accounts.hasAdmin() || adminCode.isPresent()
                ? Optional.empty()
                : Optional.of(newAdminCode(random));
    }

    /// A code that makes whoever brings it administrator; one before is worth nothing any more.
    public String newAdminCode(RandomGenerator random) {
        String code = Codes.random(random);
        adminCode = Codes.hash(code);
        store.adminCode(adminCode);
        return code;
    }

    /// Whether newcomers need an invite.
    public boolean inviteNeeded() {
        return policy.inviteNeeded();
    }

    /// Decides, and does what follows: the person or device is known from now on, a code is used.
    ///
    /// @param nowMillis milliseconds since 1970-01-01T00:00:00Z
    /// @param nowNanos of the loop's monotonic clock
    public Decision admit(Arrival arrival, long nowMillis, long nowNanos) {
        if (!policy.proven()) {
            return admitByName(arrival, nowMillis);
        }
        return new Door(arrival, nowMillis, nowNanos).decide();
    }

    /// How long until this person may change its name, in milliseconds; 0: it was counted as
    /// changed now.
    public int takeNameChange(Account account, long nowNanos) {
        return Allowances.millis(nameChanges.take(account.userId(), nowNanos));
    }

    private Decision admitByName(Arrival arrival, long nowMillis) {
        Optional<Account> known = accounts.owner(arrival.name());
        if (known.isEmpty() && (accounts.isFull() || !policy.hasUserId().getAsBoolean())) {
            return full();
        }
        Account account =
                known.orElseGet(() -> accounts.create(arrival.name(), device(arrival, nowMillis)));
        return new Decision.Admitted(account, false, false);
    }

    private static Decision.Refused full() {
        return new Decision.Refused(
                ErrorCode.BUSY, "the server cannot take anybody new yet, try again later", 5_000);
    }

    private static AccountRecord.Device device(Arrival arrival, long nowMillis) {
        return new AccountRecord.Device(
                arrival.device(),
                0,
                arrival.deviceName(),
                arrival.clientName(),
                nowMillis,
                nowMillis,
                false);
    }

    /// One decision.
    private final class Door {
        private final Arrival arrival;
        private final long nowMillis;
        private final long nowNanos;
        private boolean bringsAdminCode;

        Door(Arrival arrival, long nowMillis, long nowNanos) {
            this.arrival = arrival;
            this.nowMillis = nowMillis;
            this.nowNanos = nowNanos;
        }

        Decision decide() {
            Optional<Account> known =
                    accounts.byDevice(arrival.device()).filter(this::hasDeviceInForce);
            for (CodeKind kind : arrival.codes().kinds()) {
                boolean isLookedAt = known.isEmpty() || kind == CodeKind.ADMIN;
                long wait = guesses.waitNanos(arrival.source(), kind, nowNanos);
                if (isLookedAt && wait > 0) {
                    return new Decision.Refused(
                            ErrorCode.RATE_LIMITED,
                            "too many wrong codes came from there, wait before the next",
                            Allowances.millis(wait));
                }
            }
            Optional<String> code = arrival.codes().of(CodeKind.ADMIN);
            bringsAdminCode = adminCode.isPresent() && code.flatMap(Codes::hash).equals(adminCode);
            if (code.isPresent() && !bringsAdminCode) {
                return wrong(CodeKind.ADMIN);
            }
            return known.isPresent() ? welcomeBack(known.get()) : admitDevice();
        }

        private boolean hasDeviceInForce(Account account) {
            return account.device(arrival.device()).filter(device -> !device.revoked()).isPresent();
        }

        private Decision.Refused wrong(CodeKind kind) {
            guesses.onWrong(arrival.source(), kind, nowNanos);
            return new Decision.Refused(
                    ErrorCode.CODE_INVALID, "the code is wrong, used up or expired", 0);
        }

        private Decision welcomeBack(Account account) {
            Optional<Decision.Refused> restraint = restraint(account);
            if (restraint.isPresent()) {
                return restraint.get();
            }
            boolean renames = isNew(account, arrival.name());
            if (renames) {
                if (accounts.isTaken(arrival.name(), account)) {
                    return taken();
                }
                int wait = takeNameChange(account, nowNanos);
                if (wait > 0) {
                    return new Decision.Refused(
                            ErrorCode.RATE_LIMITED, "the name was changed too often", wait);
                }
                accounts.rename(account, arrival.name(), nowMillis);
            }
            return letIn(account, renames);
        }

        /// A device that still knows its person by an earlier name does not bring that name back:
        /// another device may have changed it meanwhile.
        private static boolean isNew(Account account, UserName name) {
            return !account.ownsName() || !account.owns(name);
        }

        private Optional<Decision.Refused> restraint(Account account) {
            Optional<AccountRecord.Ban> ban = restraints.ban(account.userId(), nowMillis);
            if (ban.isPresent()) {
                return Optional.of(banned(ban.get().untilMillis()));
            }
            long kicked = restraints.kickedMillis(account.userId(), 0, nowMillis);
            return kicked > 0
                    ? Optional.of(
                            new Decision.Refused(
                                    ErrorCode.FORBIDDEN,
                                    "you were sent out, come back in a moment",
                                    (int) kicked))
                    : Optional.empty();
        }

        private Decision.Refused banned(long untilMillis) {
            long left = untilMillis == 0 ? 0 : untilMillis - nowMillis;
            return new Decision.Refused(
                    ErrorCode.DEVICE_BANNED,
                    "you may not come in here",
                    (int) Math.min(Integer.MAX_VALUE, left));
        }

        private static Decision.Refused taken() {
            return new Decision.Refused(
                    ErrorCode.NAME_TAKEN,
                    "the name, or one that looks like it, belongs to somebody; if that is you, bring a"
                            + " code from your other device or your recovery code",
                    0);
        }

        private Decision letIn(Account account, boolean renamed) {
            boolean isKnown =
                    account.device(arrival.device()).filter(d -> !d.revoked()).isPresent();
            if (!isKnown || !store.isBehind()) {
                accounts.makePlaceFor(account, arrival.device());
                accounts.addDevice(account, device(arrival, nowMillis));
            }
            if (bringsAdminCode) {
                adminCode = Optional.empty();
                store.adminCode(Optional.empty());
                accounts.role(account, Role.ADMIN);
            }
            return new Decision.Admitted(account, bringsAdminCode, renamed);
        }

        private Decision admitDevice() {
            if (arrival.codes().of(CodeKind.DEVICE).isPresent()) {
                return admitFurther(
                        CodeKind.DEVICE,
                        hash(CodeKind.DEVICE)
                                .flatMap(hash -> deviceCodes.find(hash, nowNanos))
                                .flatMap(accounts::byId));
            }
            if (arrival.codes().of(CodeKind.RECOVERY).isPresent()) {
                return admitFurther(
                        CodeKind.RECOVERY,
                        hash(CodeKind.RECOVERY).flatMap(accounts::byRecoveryCode));
            }
            if (accounts.byDevice(arrival.device()).isPresent()) {
                return new Decision.Refused(
                        ErrorCode.DEVICE_UNKNOWN,
                        "this device was signed out for good; it comes back with a code from another"
                                + " device or the recovery code",
                        0);
            }
            return admitNewcomer();
        }

        private Optional<Digest32> hash(CodeKind kind) {
            return arrival.codes().of(kind).flatMap(Codes::hash);
        }

        private Decision admitFurther(CodeKind kind, Optional<Account> owner) {
            if (owner.isEmpty()) {
                return wrong(kind);
            }
            Account account = owner.get();
            Optional<Decision.Refused> restraint = restraint(account);
            if (restraint.isPresent()) {
                return restraint.get();
            }
            if (!accounts.hasPlaceFor(account, arrival.device())) {
                return new Decision.Refused(
                        ErrorCode.FORBIDDEN,
                        "you have " + Accounts.DEVICES_MAX + " devices already, revoke one first",
                        0);
            }
            if (kind == CodeKind.DEVICE) {
                deviceCodes.withdraw(account.userId());
            }
            return letIn(account, false);
        }

        private Decision admitNewcomer() {
            Optional<AccountRecord.Invite> invite = Optional.empty();
            if (policy.inviteNeeded() && !bringsAdminCode) {
                if (arrival.codes().of(CodeKind.INVITE).isEmpty()) {
                    return new Decision.Refused(
                            ErrorCode.INVITE_REQUIRED, "whoever is new here needs an invite", 0);
                }
                invite = hash(CodeKind.INVITE).flatMap(hash -> invites.find(hash, nowMillis));
                if (invite.isEmpty()) {
                    return wrong(CodeKind.INVITE);
                }
            }
            long cooling = restraints.coolingMillis(arrival.source(), nowMillis);
            if (cooling > 0 && invite.isEmpty() && !bringsAdminCode) {
                return banned(nowMillis + cooling);
            }
            Optional<Account> owner = accounts.owner(arrival.name());
            if (owner.filter(known -> known.devices().isEmpty()).isPresent()) {
                return admitFirstDevice(owner.get(), invite);
            }
            return accounts.isTaken(arrival.name()) ? taken() : create(invite);
        }

        /// Known from before there were devices: whoever comes first.
        private Decision admitFirstDevice(Account account, Optional<AccountRecord.Invite> invite) {
            Optional<Decision.Refused> restraint = restraint(account);
            if (restraint.isPresent()) {
                return restraint.get();
            }
            invite.ifPresent(invites::use);
            return letIn(account, false);
        }

        private Decision create(Optional<AccountRecord.Invite> invite) {
            if (accounts.isFull() || store.isBehind() || !policy.hasUserId().getAsBoolean()) {
                return full();
            }
            long wait =
                    arrival.source().loopback() ? 0 : newcomers.take(arrival.source(), nowNanos);
            if (wait > 0) {
                return new Decision.Refused(
                        ErrorCode.RATE_LIMITED,
                        "too many newcomers from there",
                        Allowances.millis(wait));
            }
            invite.ifPresent(invites::use);
            return letIn(accounts.create(arrival.name(), device(arrival, nowMillis)), false);
        }
    }
}
