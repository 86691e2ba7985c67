package localchat.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who comes in, as whom: each kind of arrival, at a server that is open and at one where newcomers
/// need an invite. The answers are those of [Doorway].
class AdmissionTableTest {
    /// The people there are: Ana #1 with the devices 11 and 12, the latter revoked, was once called
    /// Anna; Tom #2 (21); Cy #3 (31) is banned for ever, Di #4 (41) for an hour; Ed #5 (51) was
    /// sent out just now; the name of Fay #6 (61) was released; Gus #7 and Hal #8 are from before
    /// there were devices, Hal is banned; Ivy #9 (91) has 16 devices.
    ///
    /// A code is `KIND:NAME`; one of a name that is not made is wrong. `cooled` is an address of
    /// somebody who is banned.
    private static final String TABLE =
            """
            name   | device | codes             | from   | open             | invite
            Ana    | 11     |                   |        | Ana#1            | =
            ana    | 11     |                   |        | Ana#1            | =
            Anna   | 11     |                   |        | Ana#1            | =
            Anita  | 11     |                   |        | Anita#1 renamed  | =
            Tom    | 11     |                   |        | NAME_TAKEN       | =
            Torn   | 11     |                   |        | NAME_TAKEN       | =
            Ana    | 11     |                   | cooled | Ana#1            | =
            Ana    | 11     | INVITE:WRONG      |        | Ana#1            | =
            Ana    | 11     | DEVICE:WRONG      |        | Ana#1            | =
            Ana    | 11     | ADMIN:RIGHT       |        | Ana#1 admin      | =
            Ana    | 11     | ADMIN:WRONG       |        | CODE_INVALID     | =
            Ana    | 12     |                   |        | DEVICE_UNKNOWN   | =
            Newby  | 12     |                   |        | DEVICE_UNKNOWN   | =
            Newby  | 12     | INVITE:ONE        |        | DEVICE_UNKNOWN   | =
            Newby  | 12     | ADMIN:RIGHT       |        | DEVICE_UNKNOWN   | =
            Ana    | 12     | DEVICE:ANA        |        | Ana#1            | =
            Ana    | 12     | DEVICE:TOM        |        | Tom#2            | =
            Tom    | 12     | RECOVERY:TOM      |        | Tom#2            | =
            Newby  | 99     |                   |        | Newby#10         | INVITE_REQUIRED
            Newby  | 99     |                   | cooled | DEVICE_BANNED 14400000 | INVITE_REQUIRED
            Newby  | 99     |                   | loop   | Newby#10         | INVITE_REQUIRED
            Ana    | 99     |                   |        | NAME_TAKEN       | INVITE_REQUIRED
            ANA    | 99     |                   |        | NAME_TAKEN       | INVITE_REQUIRED
            Anna   | 99     |                   |        | NAME_TAKEN       | INVITE_REQUIRED
            Torn   | 99     |                   |        | NAME_TAKEN       | INVITE_REQUIRED
            Fay    | 99     |                   |        | Fay#10           | INVITE_REQUIRED
            Newby  | 99     | INVITE:ONE        |        | Newby#10         | =
            Newby  | 99     | INVITE:ANY        |        | Newby#10         | =
            Newby  | 99     | INVITE:LAST       |        | Newby#10         | =
            Newby  | 99     | INVITE:WRONG      |        | Newby#10         | CODE_INVALID
            Newby  | 99     | INVITE:USED       |        | Newby#10         | CODE_INVALID
            Newby  | 99     | INVITE:EXPIRED    |        | Newby#10         | CODE_INVALID
            Newby  | 99     | INVITE:REVOKED    |        | Newby#10         | CODE_INVALID
            Newby  | 99     | INVITE:JUNK       |        | Newby#10         | CODE_INVALID
            Ana    | 99     | INVITE:ONE        |        | NAME_TAKEN       | =
            Newby  | 99     | INVITE:ONE        | cooled | DEVICE_BANNED 14400000 | Newby#10
            Newby  | 99     | DEVICE:ANA        |        | Ana#1            | =
            Tom    | 99     | DEVICE:ANA        |        | Ana#1            | =
            Ana    | 99     | DEVICE:ANA        | cooled | Ana#1            | =
            Ana    | 99     | DEVICE:WRONG      |        | CODE_INVALID     | =
            Newby  | 99     | DEVICE:WRONG      |        | CODE_INVALID     | =
            Ana    | 99     | DEVICE:OLD        |        | CODE_INVALID     | =
            Ana    | 99     | DEVICE:EXPIRED    |        | CODE_INVALID     | =
            Ana    | 99     | RECOVERY:ANA      |        | Ana#1            | =
            Ana    | 99     | RECOVERY:OLD      |        | CODE_INVALID     | =
            Ana    | 99     | RECOVERY:WRONG    |        | CODE_INVALID     | =
            Ivy    | 99     | RECOVERY:IVY      |        | FORBIDDEN        | =
            Newby  | 99     | ADMIN:RIGHT       |        | Newby#10 admin   | =
            Newby  | 99     | ADMIN:RIGHT       | cooled | Newby#10 admin   | =
            Ana    | 99     | ADMIN:RIGHT       |        | NAME_TAKEN       | =
            Newby  | 99     | ADMIN:OLD         |        | CODE_INVALID     | =
            Newby  | 99     | INVITE:ONE ADMIN:WRONG |   | CODE_INVALID     | =
            Cy     | 31     |                   |        | DEVICE_BANNED    | =
            Other  | 31     |                   |        | DEVICE_BANNED    | =
            Cy     | 31     | ADMIN:RIGHT       |        | DEVICE_BANNED    | =
            Cy     | 99     | RECOVERY:CY       |        | DEVICE_BANNED    | =
            Cy     | 99     | DEVICE:CY         |        | DEVICE_BANNED    | =
            Cy     | 99     |                   |        | NAME_TAKEN       | INVITE_REQUIRED
            Di     | 41     |                   |        | DEVICE_BANNED 3600000 | =
            Ed     | 51     |                   |        | FORBIDDEN 60000  | =
            Ed     | 99     | RECOVERY:ED       |        | FORBIDDEN 60000  | =
            Fay    | 61     |                   |        | Fay#6 renamed    | =
            Gus    | 99     |                   |        | Gus#7            | INVITE_REQUIRED
            gus    | 99     | INVITE:ONE        |        | Gus#7            | =
            Gus    | 11     |                   |        | NAME_TAKEN       | =
            Hal    | 99     | INVITE:ONE        |        | DEVICE_BANNED    | =
            """;

    private final Map<String, String> codes = new HashMap<>();

    static Stream<Arguments> everyArrival() {
        return TABLE.lines()
                .skip(1)
                .map(AdmissionTableTest::columns)
                .flatMap(columns ->
                        Stream.of(
                                arguments(columns, false, columns.get(4)),
                                arguments(
                                        columns,
                                        true,
                                        columns.get(columns.get(5).equals("=") ? 4 : 5))));
    }

    private static List<String> columns(String line) {
        return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    }

    @ParameterizedTest(name = "{0}, invite needed {1}: {2}")
    @MethodSource("everyArrival")
    void decides(List<String> arrival, boolean inviteNeeded, String wanted) {
        Doorway door = peopled(inviteNeeded);
        AccountStore.Kept before = door.store.all();
        assertEquals(
                wanted,
                door.arrive(
                        arrival.get(0),
                        Integer.parseInt(arrival.get(1)),
                        codes(arrival.get(2)),
                        from(arrival.get(3))));
        if (!wanted.contains("#")) {
            assertEquals(before, door.store.all());
        }
    }

    private static Source from(String word) {
        return switch (word) {
            case "cooled" -> Doorway.THERE;
            case "loop" -> Doorway.LOOPBACK;
            default -> Doorway.HERE;
        };
    }

    private LoginCodes codes(String words) {
        Map<String, String> typed = new HashMap<>();
        for (String word : words.split(" ", -1)) {
            if (!word.isEmpty()) {
                String wrong = word.endsWith(":JUNK") ? "let me in" : "00000-00000-00000-00000";
                typed.put(word.substring(0, word.indexOf(':')), codes.getOrDefault(word, wrong));
            }
        }
        return LoginCodes.of(
                typed.getOrDefault("INVITE", ""),
                typed.getOrDefault("DEVICE", ""),
                typed.getOrDefault("RECOVERY", ""),
                typed.getOrDefault("ADMIN", ""));
    }

    private Doorway peopled(boolean inviteNeeded) {
        FakeAccounts store = new FakeAccounts(Runnable::run);
        String[] names = {"Ana", "Tom", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ivy"};
        for (int i = 1; i <= names.length; i++) {
            boolean old = i == 7 || i == 8;
            UserName name = new UserName(names[i - 1]);
            store.put(
                    new AccountRecord.Person(
                            i,
                            name,
                            Role.MEMBER,
                            old ? AccountRecord.Person.UNKNOWN_DEVICE : Doorway.device(10 * i + 1),
                            Optional.empty()));
            store.put(new AccountRecord.Name(name, i, i));
            if (!old) {
                store.put(device(i, 10 * i + 1, false));
            }
        }
        store.put(new AccountRecord.Name(new UserName("Anna"), 1, 0));
        store.put(device(1, 12, true));
        for (int i = 1; i < Accounts.DEVICES_MAX; i++) {
            store.put(device(9, 1_000 + i, false));
        }
        Doorway door = new Doorway(store, inviteNeeded);
        makeCodes(door);
        restrain(door);
        return door;
    }

    private static AccountRecord.Device device(long userId, int number, boolean revoked) {
        return new AccountRecord.Device(
                Doorway.device(number), userId, "desk", "test", 1, 1, revoked);
    }

    private void makeCodes(Doorway door) {
        codes.put("DEVICE:EXPIRED", door.newDeviceCode(9));
        Invites.Made used = door.newInvite(1, 0);
        door.register.invites().use(used.invite());
        codes.put("INVITE:USED", used.code());
        codes.put("INVITE:EXPIRED", door.newInvite(0, 600_000).code());
        codes.put("INVITE:LAST", door.newInvite(0, 600_001).code());
        door.pass(600_000);
        codes.put("INVITE:ONE", door.newInvite(1, 0).code());
        codes.put("INVITE:ANY", door.newInvite(0, 0).code());
        Invites.Made revoked = door.newInvite(0, 0);
        door.register.invites().revoke(revoked.invite().id());
        codes.put("INVITE:REVOKED", revoked.code());
        codes.put("DEVICE:OLD", door.newDeviceCode(1));
        codes.put("DEVICE:ANA", door.newDeviceCode(1));
        codes.put("DEVICE:TOM", door.newDeviceCode(2));
        codes.put("DEVICE:CY", door.newDeviceCode(3));
        codes.put("RECOVERY:OLD", door.newRecoveryCode(1));
        codes.put("RECOVERY:ANA", door.newRecoveryCode(1));
        codes.put("RECOVERY:TOM", door.newRecoveryCode(2));
        codes.put("RECOVERY:CY", door.newRecoveryCode(3));
        codes.put("RECOVERY:ED", door.newRecoveryCode(5));
        codes.put("RECOVERY:IVY", door.newRecoveryCode(9));
        codes.put("ADMIN:OLD", door.admissions.newAdminCode(door.random));
        codes.put("ADMIN:RIGHT", door.admissions.newAdminCode(door.random));
    }

    private static void restrain(Doorway door) {
        door.ban(3, 0);
        door.ban(4, 3_600_000);
        door.ban(8, 0);
        door.register.restraints().kick(5, 0, door.nowMillis);
        door.register.restraints().cool(Doorway.THERE, door.nowMillis);
        door.register.accounts().release(new UserName("Fay"));
    }
}
