package localchat.client.fx.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Language;
import localchat.client.fx.i18n.Phrase;
import localchat.client.fx.settings.Settings;
import localchat.client.fx.settings.Theme;
import localchat.core.client.SessionEvent;
import localchat.core.model.UserName;
import org.junit.jupiter.api.Test;

final class LoginViewModelTest {
    private final List<FakeSession> sessions = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private SessionOpener opener =
            (server, name, listener) -> {
                sessions.add(new FakeSession(listener));
                return sessions.getLast();
            };
    private final LoginViewModel model =
            new LoginViewModel(
                    (server, name, listener) -> opener.open(server, name, listener),
                    Runnable::run,
                    background::add,
                    arrivals::add,
                    new Settings("", "", "7667", Language.ENGLISH, Theme.LIGHT));

    @Test
    void findsNoFaultInAnUntouchedForm() {
        assertEquals(Optional.empty(), model.nameFaultProperty().get());
        assertEquals(Optional.empty(), model.hostFaultProperty().get());
    }

    @Test
    void checksEachFieldAsItIsTyped() {
        assertFault("fault.name.empty", name(" "));
        assertFault("fault.name.long", name("x".repeat(65)));
        assertFault("fault.name.character", name("a\u200bb"));
        assertFault("fault.name.character", name("a\ufe0fb"));
        assertFault("fault.name.other", name("Em\u0456ly"));
        assertFault("fault.name.other", name("q\u0301\u0301"));
        assertFault("fault.name.other", name("1\u0661"));
        assertFault("fault.name.other", name("Admin"));
        assertEquals(Optional.empty(), name("x".repeat(64)));
        assertFault("fault.host.empty", host(" "));
        assertFault("fault.host.ipv4", host("999.1.1.1"));
        assertFault("fault.host.ipv4", host("192.168.1"));
        assertFault("fault.host.malformed", host("a b"));
        assertEquals(Optional.empty(), host("::1"));
        assertEquals(Optional.empty(), host("chat.example:7000"));
        assertFault("fault.port.empty", port(""));
        assertFault("fault.port.range", port("0"));
        assertFault("fault.port.range", port("65536"));
        assertFault("fault.port.range", port("x"));
        assertEquals(Optional.empty(), port("65535"));
    }

    @Test
    void namesTheCharacterThatIsWrong() {
        assertEquals(
                Optional.of(Phrase.of("fault.name.character", "U+200B")), name("Ana\u200bBea"));
    }

    @Test
    void showsAllFaultsInsteadOfConnecting() {
        model.connect();
        assertTrue(model.nameFaultProperty().get().isPresent());
        assertTrue(model.hostFaultProperty().get().isPresent());
        assertTrue(background.isEmpty());
    }

    @Test
    void movesAPortWrittenWithTheAddressToItsField() {
        host("[::1]:7000");
        model.splitHost();
        assertEquals("::1", model.hostProperty().get());
        assertEquals("7000", model.portProperty().get());
        host("::1");
        model.splitHost();
        assertEquals("::1", model.hostProperty().get());
    }

    @Test
    void leadsToTheChatOnceConnected() {
        fillIn();
        model.connect();
        assertEquals(new LoginState.Connecting("localhost:7667"), model.stateProperty().get());
        background.remove().run();
        assertTrue(sessions.getFirst().started);
        sessions.getFirst().tellConnected();
        assertEquals(1, arrivals.size());
        assertEquals("localhost:7667", arrivals.getFirst().server().toString());
    }

    @Test
    void handsTheEventsAfterTheLoginToTheChat() {
        fillIn();
        model.connect();
        background.remove().run();
        sessions.getFirst().tellConnected();
        List<SessionEvent> heard = new ArrayList<>();
        arrivals.getFirst().relay().listen(heard::add);
        sessions.getFirst().tellLost();
        assertEquals(1, heard.size());
    }

    @Test
    void saysWhyTheConnectionFailed() {
        connectInVain();
        assertRefused("failure.REFUSED");
    }

    @Test
    void namesAnUnknownComputerWithoutThePort() {
        fillIn();
        model.connect();
        background.remove().run();
        sessions.getFirst().tellEnded(SessionEvent.Failure.UNKNOWN_HOST);
        assertEquals(
                new LoginState.Refused(
                        Phrase.of(
                                "failure.UNKNOWN_HOST", "localhost", new UserName("Ana"), "ended")),
                model.stateProperty().get());
    }

    @Test
    void canBeTriedAgainAfterAFailure() {
        connectInVain();
        model.connect();
        background.remove().run();
        sessions.getLast().tellConnected();
        assertEquals(1, arrivals.size());
    }

    @Test
    void saysWhenTheProfileCannotBeOpened() {
        opener =
                (server, name, listener) -> {
                    throw new IOException("disk");
                };
        fillIn();
        model.connect();
        background.remove().run();
        assertRefused("failure.profile.unreadable");
    }

    @Test
    void closesTheSessionWhenCancelledWhileConnecting() {
        fillIn();
        model.connect();
        background.remove().run();
        model.cancel();
        assertTrue(sessions.getFirst().closed);
        assertInstanceOf(LoginState.Filling.class, model.stateProperty().get());
        sessions.getFirst().tellConnected();
        assertTrue(arrivals.isEmpty());
    }

    @Test
    void neverStartsASessionThatWasCancelledBeforeItWasOpen() {
        fillIn();
        model.connect();
        model.cancel();
        background.remove().run();
        assertFalse(sessions.getFirst().started);
        assertTrue(sessions.getFirst().closed);
    }

    private void connectInVain() {
        fillIn();
        model.connect();
        background.remove().run();
        sessions.getFirst().tellEnded(SessionEvent.Failure.REFUSED);
    }

    private void fillIn() {
        name("Ana");
        host("localhost");
    }

    private Optional<Phrase> name(String text) {
        model.nameProperty().set(text);
        return model.nameFaultProperty().get();
    }

    private Optional<Phrase> host(String text) {
        model.hostProperty().set(text);
        return model.hostFaultProperty().get();
    }

    private Optional<Phrase> port(String text) {
        model.portProperty().set(text);
        return model.portFaultProperty().get();
    }

    private void assertRefused(String key) {
        LoginState.Refused refused =
                assertInstanceOf(LoginState.Refused.class, model.stateProperty().get());
        assertEquals(key, refused.reason().key());
    }

    private static void assertFault(String key, Optional<Phrase> fault) {
        assertEquals(Optional.of(key), fault.map(Phrase::key));
    }
}
