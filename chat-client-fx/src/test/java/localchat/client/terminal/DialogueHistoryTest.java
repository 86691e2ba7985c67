package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.RoomKind;
import org.junit.jupiter.api.Test;

/// The past at the terminal: what is shown of it by itself, on demand, and from the device.
class DialogueHistoryTest {
    private static final String DAY = DialogueRun.DAY;

    private DialogueRun run = DialogueRun.begun();
    private FakeSession session = run.session();

    private void enter(int messages) {
        session.withHistory(messages).enter();
        run.shown();
    }

    private static List<String> bobs(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(n -> "10:15 #" + n + " bob: m" + n)
                .toList();
    }

    private static List<String> part(List<String> messages, String end) {
        List<String> lines = new ArrayList<>(List.of("── earlier in #general ──", DAY));
        lines.addAll(messages);
        lines.add(end);
        return lines;
    }

    private static final String MORE = "── /history goes further back ──";
    private static final String BEGINNING = "── that was the beginning ──";

    @Test
    void showsTheNewestAtFirstAndThenAScreenfulMoreEachTime() {
        session.withHistory(60).enter();
        assertEquals(bobs(41, 60), run.shown().subList(3, 23));
        assertEquals(part(bobs(21, 40), MORE), run.type("/history"));
        assertEquals(part(bobs(1, 20), BEGINNING), run.type("/history"));
        assertEquals(List.of("      There is nothing before that."), run.type("/history"));
    }

    @Test
    void showsAsManyOlderMessagesAsAreWanted() {
        enter(60);
        assertEquals(part(bobs(36, 40), MORE), run.type("/history 5"));
        assertEquals(part(bobs(1, 35), BEGINNING), run.type("/history 1000"));
    }

    @Test
    void showsAScreenfulFromADayOn() {
        enter(60);
        session.historySource((anchor, limit) ->
                CompletableFuture.completedFuture(session.page(anchor, limit, 60)));
        assertEquals(part(bobs(1, 20), BEGINNING), run.type("/history 2026-11-21"));
        assertEquals(
                List.of("      There is nothing since that day."), run.type("/history 2026-11-22"));
    }

    @Test
    void showsTheDayAgainAfterAnOlderPart() {
        enter(30);
        run.type("/history 5");
        session.hear("now");
        assertEquals(List.of(DAY, "10:15 #31 bob: now"), run.shown());
    }

    @Test
    void showsMessagesWithWhatHappenedToThem() {
        session.withHistory(3);
        session.happensUnheard(FakeSession.BOB, new EventBody.Edit(2, new MessageText("new")));
        session.happensUnheard(FakeSession.BOB, new EventBody.Pin(2, false));
        for (int user = 2; user <= 3; user++) {
            session.happensUnheard(
                    FakeSession.person(user, "p" + user),
                    new EventBody.Reaction(2, new Emoji("👍"), false));
        }
        session.happensUnheard(FakeSession.BOB, new EventBody.Reaction(2, new Emoji("🎉"), false));
        session.happensUnheard(FakeSession.BOB, new EventBody.Delete(3));
        session.enter();
        assertEquals(
                List.of(
                        "10:15 #1 bob: m1",
                        "10:15 #2 bob: new (edited) (pinned) 👍2 🎉",
                        "10:15 #3 bob: (message deleted)"),
                run.shown().subList(3, 6));
    }

    @Test
    void drawsTheLineBeforeTheFirstUnreadMessage() {
        session.withHistory(5).enter();
        session.tell(new SessionEvent.ReadMarkerMoved(FakeSession.ROOM_ID, 3, 2, 0));
        List<String> shown = run.shown();
        assertEquals("10:15 #3 bob: m3", shown.get(5));
        assertEquals("── new ──", shown.get(6));
        assertEquals("10:15 #4 bob: m4", shown.get(7));
    }

    @Test
    void drawsNoLineWhereNothingIsKnownToBeReadOrOnlyOwnMessagesAreNew() {
        session.withHistory(2).enter();
        assertEquals(5, run.shown().size());
        run = DialogueRun.begun();
        session = run.session();
        session.withHistory(2);
        session.log.add(FakeSession.message(3, FakeSession.ANA, "mine", false));
        session.missed(0);
        session.enter();
        session.tell(new SessionEvent.ReadMarkerMoved(FakeSession.ROOM_ID, 2, 0, 0));
        assertEquals(false, run.shown().contains("── new ──"));
    }

    @Test
    void tellsOfAHoleAndShowsTheNewest() {
        enter(3);
        session.lose();
        run.shown();
        session.missed(12_345);
        session.connect();
        session.enterRoom(true, false);
        List<String> shown = run.shown();
        assertEquals(
                "      … up to 12,325 messages were not shown; /history shows them", shown.get(1));
        assertEquals("── new ──", shown.get(2));
        assertEquals(bobs(12_329, 12_348), shown.subList(3, 23));
        assertEquals(part(bobs(12_309, 12_328), MORE), run.type("/history"));
        session.hear("live");
        assertEquals(List.of(DAY, "10:15 #12349 bob: live"), run.shown());
    }

    @Test
    void showsAShortAbsenceWhole() {
        enter(3);
        session.lose();
        run.shown();
        session.missed(20);
        session.connect();
        session.enterRoom(true, false);
        List<String> shown = run.shown();
        assertEquals("── new ──", shown.get(1));
        assertEquals(bobs(4, 23), shown.subList(2, 22));
    }

    private static SessionEvent.RoomRestored restored(int messages, long readSeq) {
        List<ChatMessage> newest =
                IntStream.rangeClosed(1, messages)
                        .mapToObj(n -> ChatMessage.of(FakeSession.message(n)))
                        .toList();
        return new SessionEvent.RoomRestored(
                FakeSession.room(FakeSession.ROOM_ID, "general", RoomKind.PUBLIC),
                messages,
                newest,
                false,
                readSeq,
                "");
    }

    @Test
    void showsWhatTheDeviceKeptBeforeThereIsAConnection() {
        session.tell(restored(25, 24));
        List<String> shown = run.shown();
        assertEquals(DAY, shown.getFirst());
        assertEquals(bobs(6, 24), shown.subList(1, 20));
        assertEquals(List.of("── new ──", "10:15 #25 bob: m25"), shown.subList(20, 22));
        assertEquals("#general> ", run.prompt());
        assertEquals(true, run.dialogue().isReady());
    }

    @Test
    void saysOnceThatTheServerIsNotThereYet() {
        session.tell(restored(1, 1));
        session.lose();
        session.lose();
        assertEquals(
                List.of(
                        "      localhost:1 cannot be reached now; this is what is kept here, and what",
                        "      you write waits"),
                run.shown().subList(2, 4));
        assertEquals(List.of("      Waits for the connection: hi"), run.type("hi"));
    }

    @Test
    void goesOnFromWhatTheDeviceKept() {
        session.tell(restored(3, 3));
        run.shown();
        session.withHistory(5).enter();
        assertEquals(
                List.of(
                        "      Connected to the server as ana. /help lists the commands.",
                        "      You are in #general (2 here).",
                        "── new ──",
                        "10:15 #4 bob: m4",
                        "10:15 #5 bob: m5"),
                run.shown());
    }

    @Test
    void drawsTheLineAlsoWhereTheSessionBringsWhatWasMissed() {
        session.tell(restored(3, 3));
        run.shown();
        session.connect();
        session.enterFrom(4, FakeSession.room(FakeSession.ROOM_ID, "general", RoomKind.PUBLIC, 5));
        for (int seq = 4; seq <= 6; seq++) {
            session.hear(FakeSession.message(seq), false);
        }
        List<String> shown = run.shown();
        assertEquals("── new ──", shown.get(2));
        assertEquals(bobs(4, 6), shown.subList(3, 6));
        assertEquals(6, shown.size());
    }

    @Test
    void drawsNoLineBeforeWhatIsSaidNow() {
        session.tell(restored(3, 3));
        run.shown();
        session.connect();
        session.enterFrom(4, FakeSession.room(FakeSession.ROOM_ID, "general", RoomKind.PUBLIC, 3));
        session.hear(FakeSession.message(4), false);
        assertEquals(bobs(4, 4), run.shown().subList(2, 3));
    }

    @Test
    void dropsWhatTheDeviceKeptOfAnotherPast() {
        session.tell(restored(3, 3));
        run.shown();
        session.withHistory(1).connect();
        session.enterRoom(false, true);
        assertEquals(
                List.of(
                        "      The server began a new history of #general.",
                        "      You are in #general (2 here).",
                        "10:15 #1 bob: m1"),
                run.shown().subList(1, 4));
    }

    @Test
    void marksWhatWaitsSinceAnEarlierRun() {
        session.tell(restored(1, 1));
        MessageId id = new MessageId(new Id128(9, 9));
        session.tell(
                new SessionEvent.PostRestored(
                        FakeSession.ROOM_ID,
                        id,
                        FakeSession.said("hello?"),
                        PostState.WAITING,
                        Optional.empty()));
        session.tell(
                new SessionEvent.PostRestored(
                        FakeSession.ROOM_ID,
                        new MessageId(new Id128(9, 10)),
                        FakeSession.said("bad"),
                        PostState.FAILED,
                        Optional.empty()));
        assertEquals(
                List.of(
                        "  …   ana: hello? (waiting)",
                        "      Refused before: bad. /retry sends it again, /discard gives it up."),
                run.shown().subList(2, 4));
        assertEquals(1, run.dialogue().unacknowledged());
    }

    @Test
    void countsWhatIsUnreadInARoomThatTheDeviceKept() {
        session.enter();
        session.tell(
                new SessionEvent.RoomRestored(
                        FakeSession.room(8, "ops", RoomKind.PRIVATE),
                        3,
                        restored(3, 0).newest(),
                        false,
                        1,
                        ""));
        run.shown();
        assertEquals("#general #ops (2)> ", run.prompt());
    }
}
