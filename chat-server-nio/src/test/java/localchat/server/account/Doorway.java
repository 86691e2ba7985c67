package localchat.server.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import localchat.core.model.Digest32;
import localchat.core.model.UserName;

/// Who comes in, on a store and clocks of the test's. What is decided is told in short: `Ana#1`
/// came in as that person, with ` renamed` or ` admin` behind it; else the code of the refusal, and
/// behind it the milliseconds to wait, if there are any.
final class Doorway {
    static final Source HERE = source("192.0.2.1");
    static final Source THERE = source("192.0.2.2");
    static final Source LOOPBACK = source("127.0.0.1");

    final FakeAccounts store;
    final Register register;
    final Admissions admissions;
    final Random random = new Random(7);
    boolean hasUserId = true;
    long nowMillis = 1_800_000_000_000L;
    long nowNanos = 1_000_000_000_000L;
    private final boolean inviteNeeded;
    private long lastUserId;

    Doorway(boolean inviteNeeded) {
        this(new FakeAccounts(Runnable::run), inviteNeeded);
    }

    Doorway(FakeAccounts store, boolean inviteNeeded) {
        this.store = store;
        this.inviteNeeded = inviteNeeded;
        lastUserId =
                store.accounts().people().stream()
                        .mapToLong(AccountRecord.Person::userId)
                        .max()
                        .orElse(0);
        register = Register.load(store, () -> ++lastUserId, random, true);
        admissions =
                new Admissions(
                        register, new Admissions.Policy(inviteNeeded, true, () -> hasUserId));
    }

    /// The server that is started where this one was killed, at the same time of day.
    Doorway restarted() {
        Doorway next = new Doorway(store.restarted(), inviteNeeded);
        next.nowMillis = nowMillis;
        return next;
    }

    static Source source(String address) {
        try {
            return Source.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(address, e);
        }
    }

    /// The id of the device with this number.
    static Digest32 device(int number) {
        byte[] bytes = new byte[Digest32.BYTES];
        bytes[0] = 1;
        bytes[30] = (byte) (number >> 8);
        bytes[31] = (byte) number;
        return new Digest32(bytes);
    }

    static LoginCodes invite(String code) {
        return LoginCodes.of(code, "", "", "");
    }

    static LoginCodes deviceCode(String code) {
        return LoginCodes.of("", code, "", "");
    }

    static LoginCodes recovery(String code) {
        return LoginCodes.of("", "", code, "");
    }

    static LoginCodes admin(String code) {
        return LoginCodes.of("", "", "", code);
    }

    String arrive(String name, int device) {
        return arrive(name, device, LoginCodes.NONE);
    }

    String arrive(String name, int device, LoginCodes codes) {
        return arrive(name, device, codes, HERE);
    }

    String arrive(String name, int device, LoginCodes codes, Source from) {
        Arrival arrival =
                new Arrival(new UserName(name), device(device), "desk", "test", from, codes);
        return switch (admissions.admit(arrival, nowMillis, nowNanos)) {
            case Decision.Admitted(Account account, boolean becameAdmin, boolean renamed) ->
                    account.name()
                            + "#"
                            + account.userId()
                            + (becameAdmin ? " admin" : "")
                            + (renamed ? " renamed" : "");
            case Decision.Refused refused ->
                    refused.code()
                            + (refused.retryAfterMillis() == 0
                                    ? ""
                                    : " " + refused.retryAfterMillis());
        };
    }

    void pass(long millis) {
        nowMillis += millis;
        nowNanos += millis * 1_000_000;
    }

    Account account(long userId) {
        return register.accounts().byId(userId).orElseThrow();
    }

    String newDeviceCode(long userId) {
        return register.deviceCodes().create(userId, nowNanos);
    }

    String newRecoveryCode(long userId) {
        String code = Codes.random(random);
        register.accounts().recoveryCode(account(userId), Codes.hash(code).orElseThrow());
        return code;
    }

    Invites.Made newInvite(int uses, long validMillis) {
        long expires = validMillis == 0 ? 0 : nowMillis + validMillis;
        return register.invites().create(uses, expires, 0, nowMillis).orElseThrow();
    }

    void ban(long userId, long millis) {
        long until = millis == 0 ? 0 : nowMillis + millis;
        register.restraints().ban(new AccountRecord.Ban(userId, until, "", 0));
    }
}
