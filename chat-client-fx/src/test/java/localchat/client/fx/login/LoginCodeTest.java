package localchat.client.fx.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.Admittance;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Codes in the login's form.
class LoginCodeTest {
    private final List<FakeSession> sessions = new ArrayList<>();
    private final List<Destination> destinations = new ArrayList<>();
    private final LoginViewModel model =
            new LoginViewModel(
                    (destination, name, listener) -> {
                        destinations.add(destination);
                        sessions.add(new FakeSession(listener));
                        return sessions.getLast();
                    },
                    Runnable::run,
                    Runnable::run,
                    arrival -> {},
                    new Settings("Ana", "box", "7667", Language.ENGLISH, Theme.LIGHT));

    private void end(Failure failure) {
        model.connect();
        sessions.getLast().tellEnded(failure);
    }

    private Admittance sent() {
        model.connect();
        return destinations.getLast().admittance();
    }

    @Test
    void sendsNoCodeUnlessThePersonHasOne() {
        assertEquals(Admittance.none(), sent());
        model.cancel();
        model.codeProperty().set("7KQ2M");
        assertEquals(Admittance.none(), sent());
    }

    @ParameterizedTest
    @EnumSource(CodeKind.class)
    void sendsTheCodeAsTheKindThatWasChosen(CodeKind kind) {
        model.toggleCode();
        model.codeKindProperty().set(kind);
        model.codeProperty().set(" 7KQ2M ");
        assertEquals(kind.with("7KQ2M"), sent());
    }

    @Test
    void takesTheInviteOfALinkUnlessThereIsACode() {
        model.hostProperty().set("localchat://box/?key=" + "A".repeat(42) + "E" + "&invite=K7-2M");
        assertEquals(new Admittance.Invite("K7-2M"), sent());
        model.cancel();
        model.toggleCode();
        model.codeProperty().set("7KQ2M");
        assertEquals(new Admittance.DeviceCode("7KQ2M"), sent());
    }

    @ParameterizedTest
    @CsvSource({
        "NAME_TAKEN, DEVICE",
        "DEVICE_REVOKED, DEVICE",
        "INVITE_REQUIRED, INVITE",
        "CODE_INVALID, DEVICE"
    })
    void asksForTheCodeThatHelps(Failure failure, CodeKind kind) {
        end(failure);
        LoginState.CodeNeeded needed =
                assertInstanceOf(LoginState.CodeNeeded.class, model.stateProperty().get());
        assertEquals("failure." + failure, needed.reason().key());
        assertTrue(model.codeShownProperty().get());
        assertEquals(kind, model.codeKindProperty().get());
        assertEquals(Optional.empty(), model.codeFaultProperty().get());
    }

    @Test
    void keepsTheKindWhenItHelps() {
        model.codeKindProperty().set(CodeKind.RECOVERY);
        end(Failure.NAME_TAKEN);
        assertEquals(CodeKind.RECOVERY, model.codeKindProperty().get());
        model.codeKindProperty().set(CodeKind.ADMIN);
        end(Failure.INVITE_REQUIRED);
        assertEquals(CodeKind.ADMIN, model.codeKindProperty().get());
        end(Failure.CODE_INVALID);
        assertEquals(CodeKind.ADMIN, model.codeKindProperty().get());
    }

    @ParameterizedTest
    @EnumSource(names = {"BANNED", "KICKED", "TRY_LATER", "REFUSED"})
    void asksForNoCodeWhereNoneHelps(Failure failure) {
        end(failure);
        assertInstanceOf(LoginState.Refused.class, model.stateProperty().get());
        assertFalse(model.codeShownProperty().get());
    }

    @Test
    void saysHowLongToWait() {
        model.connect();
        sessions.getLast().tell(new SessionEvent.Ended(Failure.TRY_LATER, "slow", 1_001));
        LoginState.Refused refused =
                assertInstanceOf(LoginState.Refused.class, model.stateProperty().get());
        assertEquals("failure.wait", refused.reason().key());
        assertEquals(Phrase.count("failure.seconds", 2), refused.reason().arguments().getLast());
    }

    @Test
    void findsACodeThatIsTooLongBeforeItIsSent() {
        model.toggleCode();
        model.codeProperty().set("x".repeat(Admittance.CODE_BYTES_MAX));
        assertEquals(Optional.empty(), model.codeFaultProperty().get());
        model.codeProperty().set("x".repeat(Admittance.CODE_BYTES_MAX + 1));
        assertEquals(Optional.of(Phrase.of("fault.code.long")), model.codeFaultProperty().get());
        model.connect();
        assertTrue(sessions.isEmpty());
    }

    @Test
    void forgetsTheCodeOnceItWasOfUse() {
        model.toggleCode();
        model.codeProperty().set("7KQ2M");
        model.connect();
        sessions.getLast().tellConnected();
        assertEquals("", model.codeProperty().get());
    }
}
