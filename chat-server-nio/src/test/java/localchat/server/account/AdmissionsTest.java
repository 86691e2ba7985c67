package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import localchat.core.model.Digest32;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a login leaves behind, how often somebody comes in, and what of it outlives the server.
class AdmissionsTest {
    private static final String WRONG = "00000-00000-00000-00000";

    private final Doorway door = new Doorway(false);

    @Test
    void aDeviceCodeAddsOneDeviceAndNoSecond() {
        door.arrive("Ana", 1);
        String code = door.newDeviceCode(1);
        assertEquals("Ana#1", door.arrive("Ana", 2, Doorway.deviceCode(code)));
        assertEquals("CODE_INVALID", door.arrive("Ana", 3, Doorway.deviceCode(code)));
        assertEquals("Ana#1", door.arrive("Ana", 2));
        assertEquals(2, door.account(1).devices().size());
    }

    @Test
    void aDeviceCodeIsGoodForTenMinutes() {
        door.arrive("Ana", 1);
        LoginCodes code = Doorway.deviceCode(door.newDeviceCode(1));
        door.nowNanos += DeviceCodes.VALID_NANOS - 1;
        assertEquals("Ana#1", door.arrive("Ana", 2, code));
        LoginCodes late = Doorway.deviceCode(door.newDeviceCode(1));
        door.nowNanos += DeviceCodes.VALID_NANOS;
        assertEquals("CODE_INVALID", door.arrive("Ana", 3, late));
    }

    @Test
    void aCodeIsReadAsPeopleTypeIt() {
        door.arrive("Ana", 1);
        String typed =
                door.newDeviceCode(1)
                        .toLowerCase(Locale.ROOT)
                        .replace('-', ' ')
                        .replace('0', 'o')
                        .replace('1', 'l');
        assertEquals("Ana#1", door.arrive("Ana", 2, Doorway.deviceCode(typed)));
    }

    @Test
    void aRecoveryCodeWorksAgainAndForADeviceThatWasRevoked() {
        door.arrive("Ana", 1);
        LoginCodes code = Doorway.recovery(door.newRecoveryCode(1));
        assertEquals("Ana#1", door.arrive("Ana", 2, code));
        door.register.accounts().revoke(door.account(1), Doorway.device(1));
        door.register.accounts().revoke(door.account(1), Doorway.device(2));
        assertEquals("DEVICE_UNKNOWN", door.arrive("Ana", 1));
        assertEquals("Ana#1", door.arrive("Ana", 1, code));
        assertEquals("Ana#1", door.arrive("Ana", 1));
        assertEquals("DEVICE_UNKNOWN", door.arrive("Ana", 2));
    }

    @Test
    void aDeviceThatChangesItsPersonIsTheFormerOnesNoMore() {
        door.arrive("Ana", 1);
        door.arrive("Tom", 2);
        door.register.accounts().revoke(door.account(1), Doorway.device(1));
        assertEquals("Tom#2", door.arrive("Tom", 1, Doorway.deviceCode(door.newDeviceCode(2))));
        assertEquals(List.of(), door.account(1).devices());
        assertEquals("Tom#2", door.restarted().arrive("Tom", 1));
    }

    @Test
    void aSeventeenthDeviceTakesThePlaceOfTheRevokedOneSeenLongestAgo() {
        door.arrive("Ana", 1);
        LoginCodes code = Doorway.recovery(door.newRecoveryCode(1));
        for (int i = 2; i <= Accounts.DEVICES_MAX; i++) {
            door.pass(1_000);
            assertEquals("Ana#1", door.arrive("Ana", i, code));
        }
        assertEquals("FORBIDDEN", door.arrive("Ana", 17, code));
        Accounts accounts = door.register.accounts();
        accounts.revoke(door.account(1), Doorway.device(3));
        accounts.revoke(door.account(1), Doorway.device(2));
        assertEquals("Ana#1", door.arrive("Ana", 17, code));
        assertTrue(accounts.byDevice(Doorway.device(2)).isEmpty());
        assertTrue(accounts.byDevice(Doorway.device(3)).isPresent());
        assertEquals(Accounts.DEVICES_MAX, door.store.written().devices().size());
    }

    @Test
    void ofFiftyWhoBringAnInviteForOneOneComesIn() {
        Doorway closed = new Doorway(true);
        LoginCodes code = Doorway.invite(closed.newInvite(1, 0).code());
        List<String> answers = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            Source own = Doorway.source("192.0.2." + i);
            answers.add(closed.arrive("Guest " + i, i, code, own));
        }
        assertEquals(1, Collections.frequency(answers, "Guest 1#1"));
        assertEquals(49, Collections.frequency(answers, "CODE_INVALID"));
        assertEquals(1, closed.register.accounts().all().spliterator().estimateSize());
    }

    @Test
    void anInviteCountsWhomItAdmits() {
        Doorway closed = new Doorway(true);
        Invites.Made made = closed.newInvite(2, 0);
        LoginCodes code = Doorway.invite(made.code());
        assertEquals("Ana#1", closed.arrive("Ana", 1, code));
        assertEquals("Ana#1", closed.arrive("Ana", 1, code));
        assertEquals("NAME_TAKEN", closed.arrive("Ana", 2, code));
        assertEquals(1, closed.register.invites().list().getFirst().usesLeft());
        assertEquals("Tom#2", closed.arrive("Tom", 2, code));
        assertEquals("CODE_INVALID", closed.arrive("Cy", 3, code));
        assertEquals(0, closed.register.invites().list().getFirst().usesLeft());
    }

    @Test
    void anInviteCountsSomebodyFromBeforeThereWereDevices() {
        FakeAccounts store = new FakeAccounts(Runnable::run);
        UserName name = new UserName("Gus");
        Digest32 none = AccountRecord.Person.UNKNOWN_DEVICE;
        store.put(new AccountRecord.Person(5, name, Role.MEMBER, none, Optional.empty()));
        store.put(new AccountRecord.Name(name, 5, 0));
        Doorway closed = new Doorway(store, true);
        LoginCodes code = Doorway.invite(closed.newInvite(1, 0).code());
        assertEquals("Gus#5", closed.arrive("Gus", 1, code));
        assertEquals("CODE_INVALID", closed.arrive("Tom", 2, code));
        assertEquals("NAME_TAKEN", door(store.restarted()).arrive("Gus", 2));
    }

    private static Doorway door(FakeAccounts store) {
        return new Doorway(store, false);
    }

    @Test
    void theFirstAdministratorsCodeWorksOnce() {
        String code = door.admissions.firstAdminCode(door.random).orElseThrow();
        assertTrue(door.admissions.firstAdminCode(door.random).isEmpty());
        assertFalse(door.register.accounts().hasAdmin());
        assertEquals("Ana#1 admin", door.arrive("Ana", 1, Doorway.admin(code)));
        assertEquals("CODE_INVALID", door.arrive("Tom", 2, Doorway.admin(code)));
        assertEquals(Role.ADMIN, door.account(1).role());
        assertTrue(door.admissions.firstAdminCode(door.random).isEmpty());
        assertTrue(door.restarted().admissions.firstAdminCode(door.random).isEmpty());
        assertEquals("CODE_INVALID", door.restarted().arrive("Tom", 2, Doorway.admin(code)));
    }

    @Test
    void nobodyNewComesInWhileNobodyCanBeKept() {
        door.arrive("Ana", 1);
        LoginCodes code = Doorway.recovery(door.newRecoveryCode(1));
        door.store.behind(true);
        assertEquals("BUSY 5000", door.arrive("Tom", 2));
        assertEquals("Ana#1", door.arrive("Ana", 1));
        assertEquals("Ana#1", door.arrive("Ana", 3, code));
        door.store.behind(false);
        door.hasUserId = false;
        assertEquals("BUSY 5000", door.arrive("Tom", 2));
        door.hasUserId = true;
        assertEquals("Tom#2", door.arrive("Tom", 2));
    }

    @Test
    void whoWasSeenAgainIsNotWrittenWhileTheStoreIsBehind() {
        door.arrive("Ana", 1);
        long seen = door.account(1).devices().getFirst().lastSeenMillis();
        door.pass(1_000);
        door.store.behind(true);
        door.arrive("Ana", 1);
        assertEquals(seen, door.account(1).devices().getFirst().lastSeenMillis());
        door.store.behind(false);
        door.arrive("Ana", 1);
        AccountRecord.Device device = door.account(1).devices().getFirst();
        assertEquals(seen, device.firstSeenMillis());
        assertEquals(seen + 1_000, device.lastSeenMillis());
    }

    @Test
    void aFullServerTakesItsOwnPeopleAndNobodyElse() {
        FakeAccounts store = new FakeAccounts(Runnable::run);
        for (int i = 1; i < Accounts.PEOPLE_MAX; i++) {
            Digest32 none = AccountRecord.Person.UNKNOWN_DEVICE;
            UserName name = new UserName("P" + i);
            store.put(new AccountRecord.Person(i, name, Role.MEMBER, none, Optional.empty()));
        }
        Doorway full = new Doorway(store, false);
        assertEquals("Ana#200000", full.arrive("Ana", 1));
        assertEquals("BUSY 5000", full.arrive("Tom", 2));
        assertEquals("Ana#200000", full.arrive("Ana", 1));
    }

    @Test
    void newcomersFromOneAddressComeOneByOneAfterTheFirstThousand() {
        for (int i = 1; i <= Admissions.NEWCOMERS_BURST; i++) {
            assertEquals("Guest " + i + "#" + i, door.arrive("Guest " + i, i));
        }
        assertEquals("RATE_LIMITED 3000", door.arrive("Ana", 1_001));
        door.nowNanos += Admissions.NEWCOMER_NANOS - 1;
        assertEquals("RATE_LIMITED 1", door.arrive("Ana", 1_001));
        assertEquals("Tom#1001", door.arrive("Tom", 1_002, LoginCodes.NONE, Doorway.THERE));
        assertEquals("Cy#1002", door.arrive("Cy", 1_003, LoginCodes.NONE, Doorway.LOOPBACK));
        assertEquals("Guest 1#1", door.arrive("Guest 1", 1));
        door.nowNanos++;
        assertEquals("Ana#1003", door.arrive("Ana", 1_001));
        assertEquals("RATE_LIMITED 3000", door.arrive("Di", 1_004));
    }

    @Test
    void newcomersOnLoopbackAreNotCounted() {
        for (int i = 1; i <= Admissions.NEWCOMERS_BURST + 1; i++) {
            String name = "Guest " + i;
            assertEquals(name + "#" + i, door.arrive(name, i, LoginCodes.NONE, Doorway.LOOPBACK));
        }
    }

    @Test
    void aSixthNewNameWaits() {
        door.arrive("Ana", 1);
        for (int i = 1; i <= Admissions.NAME_CHANGES_BURST; i++) {
            assertEquals("Ana " + i + "#1 renamed", door.arrive("Ana " + i, 1));
        }
        assertEquals("RATE_LIMITED 600000", door.arrive("Berta", 1));
        assertEquals("Ana 5#1", door.arrive("Ana", 1));
        door.nowNanos += Admissions.NAME_CHANGE_NANOS - 1;
        assertEquals("RATE_LIMITED 1", door.arrive("Berta", 1));
        door.nowNanos++;
        assertEquals("Berta#1 renamed", door.arrive("Berta", 1));
    }

    @Test
    void aNameThatIsTakenCostsNoChange() {
        door.arrive("Ana", 1);
        door.arrive("Tom", 2);
        for (int i = 0; i < 10; i++) {
            assertEquals("NAME_TAKEN", door.arrive("Tom", 1));
        }
        assertEquals("Berta#1 renamed", door.arrive("Berta", 1));
    }

    @Test
    void aBanAKickAndACoolingAddressEnd() {
        door.arrive("Ana", 1);
        door.ban(1, 1_000);
        assertEquals("DEVICE_BANNED 1000", door.arrive("Ana", 1));
        door.pass(999);
        assertEquals("DEVICE_BANNED 1", door.arrive("Ana", 1));
        door.pass(1);
        assertEquals("Ana#1", door.arrive("Ana", 1));
        door.register.restraints().kick(1, 0, door.nowMillis);
        door.pass(Restraints.KICK_MILLIS - 1);
        assertEquals("FORBIDDEN 1", door.arrive("Ana", 1));
        door.pass(1);
        assertEquals("Ana#1", door.arrive("Ana", 1));
        door.register.restraints().cool(Doorway.HERE, door.nowMillis);
        door.pass(Restraints.COOLING_MILLIS - 1);
        assertEquals("DEVICE_BANNED 1", door.arrive("Tom", 2));
        door.pass(1);
        assertEquals("Tom#2", door.arrive("Tom", 2));
    }

    @Test
    void wrongCodesHoldUpOneKindFromOneAddress() {
        door.arrive("Ana", 1);
        for (int i = 0; i < 6; i++) {
            assertEquals("CODE_INVALID", door.arrive("Bo", 2, Doorway.deviceCode(WRONG)));
        }
        LoginCodes right = Doorway.deviceCode(door.newDeviceCode(1));
        assertEquals("RATE_LIMITED 1000", door.arrive("Ana", 2, right));
        assertEquals("CODE_INVALID", door.arrive("Bo", 3, Doorway.recovery(WRONG)));
        assertEquals("Bo#2", door.arrive("Bo", 3));
        assertEquals("Ana#1", door.arrive("Ana", 2, right, Doorway.THERE));
    }

    /// One try every tenth of a second, from so many addresses in turn.
    @ParameterizedTest
    @CsvSource({"1, 30", "50, 1500"})
    void ofTenThousandWrongCodesFewAreLookedAtAndNobodyElseWaits(int addresses, int most) {
        door.arrive("Ana", 1);
        int lookedAt = 0;
        for (int i = 0; i < 10_000; i++) {
            door.pass(100);
            Source from = Doorway.source("10.0.0." + i % addresses);
            String answer = door.arrive("Bo", 2, Doorway.deviceCode(WRONG), from);
            lookedAt += answer.equals("CODE_INVALID") ? 1 : 0;
        }
        assertTrue(lookedAt > 5 && lookedAt <= most, "looked at " + lookedAt);
        LoginCodes right = Doorway.deviceCode(door.newDeviceCode(1));
        assertEquals("Ana#1", door.arrive("Ana", 2, right));
        assertEquals("Cy#2", door.arrive("Cy", 3, LoginCodes.NONE, Doorway.source("10.0.0.0")));
    }

    @Test
    void everythingThatWasPromisedOutlivesTheServer() {
        Doorway closed = new Doorway(true);
        Invites.Made two = closed.newInvite(2, 0);
        Invites.Made gone = closed.newInvite(5, 0);
        closed.register.invites().revoke(gone.invite().id());
        assertEquals("Ana#1", closed.arrive("Ana", 1, Doorway.invite(two.code())));
        String recovery = closed.newRecoveryCode(1);
        String device = closed.newDeviceCode(1);
        assertEquals("Anita#1 renamed", closed.arrive("Anita", 1));
        closed.register.accounts().role(closed.account(1), Role.MODERATOR);
        String admin = closed.admissions.newAdminCode(closed.random);
        Restraints restraints = closed.register.restraints();
        restraints.mute(1, 7, closed.nowMillis + 1_000);
        restraints.block(1, 2);

        Doorway next = closed.restarted();
        assertEquals("Anita#1", next.arrive("Ana", 1));
        assertEquals(Role.MODERATOR, next.account(1).role());
        assertEquals("NAME_TAKEN", next.arrive("Ana", 2, Doorway.invite(two.code())));
        assertEquals("CODE_INVALID", next.arrive("Tom", 2, Doorway.deviceCode(device)));
        assertEquals("CODE_INVALID", next.arrive("Tom", 2, Doorway.invite(gone.code())));
        assertEquals("Anita#1", next.arrive("Anita", 3, Doorway.recovery(recovery)));
        assertEquals("Tom#2", next.arrive("Tom", 2, Doorway.invite(two.code())));
        assertEquals("CODE_INVALID", next.arrive("Cy", 4, Doorway.invite(two.code())));
        assertEquals("Di#3 admin", next.arrive("Di", 5, Doorway.admin(admin)));
        Restraints kept = next.register.restraints();
        assertTrue(kept.mutedUntil(1, 7, next.nowMillis).isPresent());
        assertTrue(kept.isBlocked(1, 2));
    }

    @Test
    void aBanAndARevokedDeviceOutliveTheServer() {
        door.arrive("Ana", 1);
        door.arrive("Tom", 2);
        door.ban(1, 0);
        door.register.accounts().revoke(door.account(2), Doorway.device(2));
        assertEquals("DEVICE_BANNED", door.restarted().arrive("Ana", 1));
        assertEquals("DEVICE_UNKNOWN", door.restarted().arrive("Tom", 2));
        assertTrue(door.register.restraints().unban(1));
        assertFalse(door.register.restraints().unban(1));
        assertEquals("Ana#1", door.restarted().arrive("Ana", 1));
    }

    @Test
    void withoutProofsANameAloneIsAPerson() {
        FakeAccounts store = new FakeAccounts(Runnable::run);
        long[] ids = {0};
        LongSupplier newUserId = () -> ++ids[0];
        Register register = Register.load(store, newUserId, door.random, false);
        Admissions.Policy policy = new Admissions.Policy(false, false, () -> true);
        Admissions admissions = new Admissions(register, policy);
        for (String name : List.of("Torn", "Tom", "tom")) {
            Arrival arrival =
                    new Arrival(
                            new UserName(name),
                            Doorway.device(ids.length),
                            "",
                            "",
                            Doorway.HERE,
                            LoginCodes.NONE);
            assertTrue(admissions.admit(arrival, 0, 0) instanceof Decision.Admitted);
        }
        assertEquals(2, ids[0]);
    }
}
