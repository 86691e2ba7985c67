package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.core.client.SessionEvent;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.model.ErrorCode;
import localchat.core.model.PresenceChange;
import localchat.core.model.PresenceKind;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private static final String DAY = DialogueRun.DAY;

    private DialogueRun run = DialogueRun.begun();
    private FakeSession session = run.session();

    private List<String> shown() {
        return run.shown();
    }

    private List<String> type(String line) {
        return run.type(line);
    }

    private void enter() {
        session.enter();
        shown();
    }

    @Test
    void greetsAndShowsTheRoomAndItsPast() {
        session.withHistory(2).enter();
        assertEquals(
                List.of(
                        "      Connected to the server as ana. /help lists the commands.",
                        "      You are in #general (2 here).",
                        DAY,
                        "10:15 #1 bob: m1",
                        "10:15 #2 bob: m2"),
                shown());
        assertEquals("#general> ", run.prompt());
        assertTrue(run.dialogue().isReady());
    }

    @Test
    void letsAPersonTypeWhereTheFirstRoomIsRefused() {
        session.connect();
        shown();
        assertFalse(run.dialogue().isReady());
        session.tell(new SessionEvent.RoomRefused("general", ErrorCode.ROOM_FULL, "it is full"));
        assertEquals(List.of("      the room general cannot be entered: it is full"), shown());
        assertTrue(run.dialogue().isReady());
        assertEquals(List.of("      You are in no room. /join ROOM enters one."), type("hi"));
    }

    @Test
    void showsMessagesOwnOnesTooAndADayOnlyOnce() {
        enter();
        session.hear("hi");
        session.hear(FakeSession.ANA, "hello", false);
        session.hear(FakeSession.BOB, "waves", true);
        assertEquals(
                List.of(DAY, "10:15 #1 bob: hi", "10:15 #2 ana: hello", "10:15 #3 * bob waves"),
                shown());
    }

    @Test
    void showsWhatOthersWroteWithoutObeyingIt() {
        enter();
        session.hear("\033[2J\n10:15 eve: not me\007");
        assertEquals(
                List.of(DAY, "10:15 #1 bob: \\x1b[2J\n        10:15 eve: not me\\x07"), shown());
        session.tell(new SessionEvent.ErrorReported(ErrorCode.INTERNAL, "a\033[31mb\nc"));
        assertEquals(List.of("      the server reports: a\\x1b[31mb\\nc"), shown());
    }

    @Test
    void postsTextActionsAndTextsThatBeginWithASlash() {
        enter();
        type("hi");
        type("/me waves");
        type("//etc");
        assertEquals(
                List.of("hi false", "waves true", "/etc false"),
                session.posts.stream().map(p -> p.text() + " " + p.action()).toList());
        assertEquals(3, run.dialogue().unacknowledged());
        session.posts.forEach(session::acknowledge);
        shown();
        assertEquals(0, run.dialogue().unacknowledged());
    }

    @Test
    void saysWhyATextIsNotSent() {
        enter();
        assertEquals(
                List.of(
                        "      Not sent: the message is too long: 4097 bytes of UTF-8, at most 4096"),
                type("x".repeat(4_097)));
        type("hi");
        session.refuse(session.posts.remove(), ErrorCode.MUTED);
        assertEquals(
                List.of(
                        "      Refused by the server (no): hi. /retry sends it again, /discard gives it",
                        "      up."),
                shown());
        assertEquals(0, run.dialogue().unacknowledged());
    }

    @Test
    void saysThatATextWaitsWhileThereIsNoConnection() {
        enter();
        session.lose();
        session.lose();
        assertEquals(
                List.of("      connection lost: the server is stopping; reconnecting"), shown());
        assertEquals(List.of("      Waits for the connection: hi"), type("hi"));
        session.connect();
        assertEquals(List.of("      connected again"), shown());
    }

    @Test
    void leavesRoomsAndSaysWhenNoneIsLeft() {
        enter();
        type("/join oficina");
        session.calls.clear();
        session.enterRoom(8, "oficina", false, false);
        shown();
        type("/leave");
        assertEquals("leave 8", session.calls.remove());
        session.tell(new SessionEvent.RoomLeft(8));
        assertEquals(List.of("      You left #oficina.", "      Now in #general."), shown());
        type("/leave general");
        assertEquals("leave 7", session.calls.remove());
        session.tell(new SessionEvent.RoomLeft(7));
        shown();
        assertEquals("> ", run.prompt());
        assertEquals(List.of("      You are in no room. /join ROOM enters one."), type("hi"));
        assertEquals(List.of("      You are not in #x."), type("/leave x"));
    }

    @Test
    void listsRoomsAndPeople() {
        enter();
        assertEquals(
                List.of(
                        "      Rooms:",
                        "      #general  2, you are here",
                        "      #oficina  0  \\x1b[2Jtools"),
                type("/rooms"));
        assertEquals(
                List.of(
                        "      People in #general (5):",
                        "      ana",
                        "      bob",
                        "      and 3 more"),
                type("/who"));
    }

    @Test
    void tellsWhoCameAndWentButNotOfItself() {
        enter();
        session.presence(FakeSession.BOB, PresenceKind.WENT, 1);
        session.presence(FakeSession.BOB, PresenceKind.CAME, 2);
        session.presence(FakeSession.ANA, PresenceKind.CAME, 2);
        assertEquals(List.of("      bob went (1 here)", "      bob came (2 here)"), shown());
    }

    @Test
    void countsManyComingAtOnce() {
        enter();
        List<PresenceChange> changes = new ArrayList<>();
        for (long id = 10; id < 20; id++) {
            changes.add(new PresenceChange(FakeSession.person(id, "p" + id), PresenceKind.CAME));
        }
        session.tell(new SessionEvent.PresenceChanged(FakeSession.ROOM_ID, 12, changes, true));
        assertEquals(
                List.of("      10 people came (12 here)", "      people here now: 12"), shown());
    }

    @Test
    void completesNamesOfPeopleAndRooms() {
        enter();
        assertEquals(List.of("ana", "bob"), run.completions().people());
        assertEquals(List.of("general", "oficina"), run.completions().rooms());
        assertEquals(List.of("general"), run.completions().joined());
        session.presence(FakeSession.BOB, PresenceKind.WENT, 1);
        shown();
        assertEquals(List.of("ana"), run.completions().people());
    }

    @Test
    void speaksPortuguese() {
        run = DialogueRun.begunIn(Language.PORTUGUESE);
        session = run.session();
        session.enter();
        session.hear("oi");
        assertEquals(
                List.of(
                        "      Conectado a the server como ana. /help lista os comandos.",
                        "      Você está em #general (2 aqui).",
                        "── sábado, 21 de novembro de 2026 ──",
                        "10:15 #1 bob: oi"),
                shown());
        assertEquals(
                List.of(
                        "      Não existe o comando /sair. /help lista todos; um texto que começa com /",
                        "      se escreve com //."),
                type("/sair"));
    }

    @Test
    void tellsHowFarTheClocksAreApart() {
        enter();
        session.tell(new SessionEvent.ClockOff(-89_999));
        session.tell(new SessionEvent.ClockOff(90_000));
        assertEquals(
                List.of(
                        "      your clock is 1 min ahead of the server's",
                        "      your clock is 2 min behind the server's"),
                shown());
    }

    @Test
    void endsWhenTheSessionEnds() {
        enter();
        assertEquals(Optional.empty(), run.dialogue().ending());
        session.end(Failure.REPLACED);
        shown();
        assertEquals(
                Optional.of("signed out: the same device logged in again elsewhere"),
                run.dialogue().ending());
    }

    @Test
    void endsWhenThePersonLeaves() {
        enter();
        assertTrue(run.dialogue().isWanted());
        run.stop();
        assertFalse(run.dialogue().isWanted());
    }
}
