package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import localchat.core.client.Admittance;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Codes on the command line, and how a pipe ends whose login is refused.
@Timeout(60)
class CodeOptionsTest {
    private static final String LINK =
            "localchat://box/?key=" + "A".repeat(42) + "E" + "&invite=K7-2M";

    private static Invocation read(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--name", "ana"));
        all.addAll(List.of(arguments));
        return new CommandLineReader(new Texts(Language.ENGLISH), "1")
                .read(all.toArray(String[]::new));
    }

    private static Admittance admittance(String... arguments) {
        return assertInstanceOf(Invocation.Run.class, read(arguments)).options().admittance();
    }

    private static String complaint(String... arguments) {
        return assertInstanceOf(Invocation.Refuse.class, read(arguments)).complaint();
    }

    @Test
    void takesOneCodeOfEachKind() {
        assertEquals(Admittance.none(), admittance("--server", "box"));
        assertEquals(
                new Admittance.Invite("7KQ2M"), admittance("--server", "box", "--invite", "7KQ2M"));
        assertEquals(
                new Admittance.DeviceCode("7KQ2M"),
                admittance("--server", "box", "--device-code", "7KQ2M"));
        assertEquals(
                new Admittance.RecoveryCode("7KQ2M"),
                admittance("--server", "box", "--recovery-code", "7KQ2M"));
        assertEquals(
                new Admittance.AdminCode("7KQ2M"),
                admittance("--server", "box", "--admin-code", "7KQ2M"));
    }

    @Test
    void takesTheInviteOfALinkUnlessACodeIsGiven() {
        assertEquals(new Admittance.Invite("K7-2M"), admittance("--server", LINK));
        assertEquals(
                new Admittance.DeviceCode("x"), admittance("--server", LINK, "--device-code", "x"));
    }

    @Test
    void refusesTwoCodesAndWhatIsNone() {
        String two = complaint("--server", "box", "--invite", "a", "--admin-code", "b");
        assertTrue(two.startsWith("give one of --invite"), two);
        String empty = complaint("--server", "box", "--invite", " ");
        assertTrue(empty.startsWith("--invite: "), empty);
        String tooLong = complaint("--server", "box", "--device-code", "x".repeat(129));
        assertTrue(tooLong.startsWith("--device-code: "), tooLong);
        assertTrue(!tooLong.contains("xxx"), tooLong);
    }

    @Test
    void takesARoomByNameOrByNumber() {
        String both = complaint("--server", "box", "--room", "ops", "--room-id", "12");
        assertTrue(both.startsWith("give --room or --room-id"), both);
        String none = complaint("--server", "box", "--room-id", "ops");
        assertTrue(none.startsWith("--room-id: "), none);
    }

    @ParameterizedTest
    @CsvSource({
        "NAME_TAKEN, --device-code",
        "INVITE_REQUIRED, --invite",
        "CODE_INVALID, expired",
        "TRY_LATER, patience",
        "KICKED, moderator",
        "BANNED, does not let you in",
        "DEVICE_REVOKED, --recovery-code"
    })
    void endsAPipeWithOneLineAndExitCodeOneWhenItIsNotLetIn(Failure failure, String words)
            throws Exception {
        PipeRun run =
                PipeRun.start(
                        s -> s.tell(new SessionEvent.Ended(failure, "no.", 40_000)), "--json");
        String told = run.nextErr();
        assertTrue(told.contains(words), told);
        assertTrue(told.endsWith("Wait 40 s before the next attempt."), told);
        String json = run.nextOut();
        assertTrue(json.contains("\"code\":\"" + failure + "\""), json);
        assertEquals(ExitCode.FAILED, run.exitCode());
    }
}
