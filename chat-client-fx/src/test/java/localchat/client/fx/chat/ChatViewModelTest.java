package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.person;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.ChatMessage;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChatViewModelTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final RoomInfo GENERAL = room(1, "general", 1);
    private static final RoomInfo LUNCH = room(2, "lunch", 1);

    private final List<Runnable> later = new ArrayList<>();
    private final List<ChatViewModel> listening = new ArrayList<>();
    private final FakeSession session =
            new FakeSession(event -> listening.forEach(model -> model.onSessionEvent(event)));
    private ChatViewModel model = newModel();

    @BeforeEach
    void enterGeneral() {
        session.tellConnected();
        session.tellEntered(GENERAL, 1);
    }

    @Test
    void showsTheFirstRoomThatWasEntered() {
        session.tellEntered(LUNCH, 1);
        assertEquals("general", current().nameProperty().get());
    }

    @Test
    void mergesHistoryWithWhatComesLive() {
        session.history.put(2L, List.of(message(2, 1, "old"), message(2, 2, "newer")));
        session.tellEntered(LUNCH, 2);
        session.tellReceived(message(2, 2, "newer"));
        session.tellReceived(message(2, 3, "live"));
        assertEquals(List.of("old", "newer", "live"), texts(roomModel("lunch")));
    }

    @Test
    void asksForOlderPagesUntilThereAreNone() {
        List<RoomEvent> all =
                IntStream.rangeClosed(1, 250).mapToObj(seq -> message(2, seq, "m" + seq)).toList();
        session.history.put(2L, all);
        session.tellEntered(LUNCH, 251);
        model.show(roomModel("lunch"));
        assertEquals(100, roomModel("lunch").timeline().rows().size());
        model.reading().loadOlder();
        model.reading().loadOlder();
        model.reading().loadOlder();
        assertEquals(250, roomModel("lunch").timeline().rows().size());
        assertEquals(new HistoryAnchor.Before(51), session.historyAsked.getLast());
    }

    @Test
    void dropsWhatIsShownWhenTheServersHistoryIsAnother() {
        session.tellReceived(message(1, 1, "before"));
        session.history.put(1L, List.of(message(1, 1, "another")));
        session.tell(new SessionEvent.RoomEntered(GENERAL, 2, true, true));
        assertEquals(List.of("another"), texts(current()));
        assertEquals(
                Optional.of(Phrase.of("notice.newHistory")),
                model.notices().noticeProperty().get());
    }

    @Test
    void knowsItselfUnderAnotherIdOnAServerWithAnotherHistory() {
        session.history.put(1L, List.of(session.message(1, 1, SELF, 0, "by id 1")));
        session.tell(new SessionEvent.Connected(person(7, "Marina Costa"), "Office", 0));
        session.tell(new SessionEvent.RoomEntered(GENERAL, 2, true, true));
        session.tellReceived(session.message(1, 2, person(7, "Marina Costa"), 0, "by id 7"));
        assertEquals(
                List.of(false, true),
                current().timeline().rows().stream().map(row -> row.author().self()).toList());
        assertEquals(0, current().unreadProperty().get());
    }

    @Test
    void keepsWhatIsShownWhenTheRoomGoesOnAfterAReconnect() {
        session.tellReceived(message(1, 1, "before"));
        int asked = session.historyAsked.size();
        session.tell(new SessionEvent.RoomEntered(GENERAL, 2, true, false));
        session.tellReceived(message(1, 2, "missed"));
        assertEquals(List.of("before", "missed"), texts(current()));
        assertEquals(Optional.empty(), model.notices().noticeProperty().get());
        assertEquals(asked, session.historyAsked.size());
    }

    @Test
    void loadsTheNewestPageWhenAReconnectLeftAHole() {
        session.tellReceived(message(1, 1, "before"));
        session.history.put(1L, List.of(message(1, 900, "new")));
        session.tell(new SessionEvent.RoomEntered(GENERAL, 901, true, false));
        assertEquals(List.of("new"), texts(current()));
    }

    @Test
    void sendsAndEmptiesTheComposer() {
        type("  hello\n\n");
        model.messages().send();
        assertEquals("  hello", session.posted.getFirst().text());
        assertEquals("", model.composer().textProperty().get());
        assertEquals(List.of("  hello"), texts(current()));
    }

    @Test
    void sendsAnAction() {
        type("/me waves");
        model.messages().send();
        assertEquals("waves", session.posted.getFirst().text());
        assertTrue(session.posted.getFirst().action());
    }

    @Test
    void keepsATextThatIsTooLong() {
        type("x".repeat(4097));
        model.messages().send();
        assertTrue(session.posted.isEmpty());
        assertEquals(4097, model.composer().textProperty().get().length());
        assertEquals(-1, model.composer().bytesLeftProperty().get());
    }

    @Test
    void sendsATextThatJustFits() {
        type("é".repeat(2048));
        assertEquals(0, model.composer().bytesLeftProperty().get());
        model.messages().send();
        assertEquals(1, session.posted.size());
    }

    @Test
    void showsWhatIsWrittenOfflineAsWaitingAndKeepsTheComposerOverALoss() {
        type("half a sen");
        session.tellLost();
        assertEquals("half a sen", model.composer().textProperty().get());
        model.messages().send();
        assertInstanceOf(Delivery.Waiting.class, current().timeline().rows().getLast().delivery());
        session.tellPost(session.posted.getFirst(), PostState.SENT);
        assertInstanceOf(Delivery.Sent.class, current().timeline().rows().getLast().delivery());
    }

    @Test
    void showsWhyAMessageFailedAndSendsItAgain() {
        type("hello");
        model.messages().send();
        session.tellFailed(session.posted.getFirst(), ErrorCode.MUTED);
        MessageRow failed = current().timeline().rows().getLast();
        assertEquals(new Delivery.Failed(ErrorCode.MUTED, "refused"), failed.delivery());
        model.messages().retry(failed);
        assertEquals(List.of(failed.id()), session.retried);
        assertEquals(1, session.posted.size());
        assertInstanceOf(Delivery.Waiting.class, current().timeline().rows().getLast().delivery());
        assertEquals(List.of("hello"), texts(current()));
    }

    @Test
    void discardsAFailedMessage() {
        type("hello");
        model.messages().send();
        session.tellFailed(session.posted.getFirst(), ErrorCode.MUTED);
        model.messages().discard(current().timeline().rows().getLast());
        assertTrue(current().timeline().rows().isEmpty());
    }

    @Test
    void keepsADraftForEachRoom() {
        session.tellEntered(LUNCH, 1);
        type("for general");
        model.showNeighbour(1);
        assertEquals("", model.composer().textProperty().get());
        type("for lunch");
        model.showNeighbour(1);
        assertEquals("for general", model.composer().textProperty().get());
    }

    @Test
    void keepsWhatIsBeingWrittenForTheNextStart() {
        type("half");
        assertEquals("half", session.drafts.get(1L));
        type("half a sen");
        assertEquals("half", session.drafts.get(1L));
        aSecondLater();
        assertEquals("half a sen", session.drafts.get(1L));
        type("half a sentence");
        model.close();
        assertEquals("half a sentence", session.drafts.get(1L));
    }

    @Test
    void forgetsTheDraftOfWhatWasSent() {
        type("hello");
        model.messages().send();
        assertEquals("", session.drafts.get(1L));
    }

    @Test
    void showsRoomsMessagesAndDraftsOfTheLastRunBeforeThereIsAConnection() {
        restart();
        assertInstanceOf(Link.Connecting.class, model.linkProperty().get());
        session.tell(
                new SessionEvent.PostRestored(
                        1,
                        MessageId.random(new java.util.Random(5)),
                        said("unsent"),
                        PostState.WAITING,
                        Optional.empty()));
        tellRestored("still writing", message(1, 1, "old"), message(1, 2, "newer"));
        assertEquals(List.of("old", "newer", "unsent"), texts(current()));
        assertEquals("still writing", model.composer().textProperty().get());
        assertInstanceOf(Delivery.Waiting.class, current().timeline().rows().getLast().delivery());
    }

    @Test
    void goesOnWithoutAPageWhenNothingWasMissed() {
        restart();
        tellRestored("", message(1, 1, "old"));
        int asked = session.historyAsked.size();
        session.tellConnected();
        session.tellEntered(GENERAL, 2);
        session.tellReceived(message(1, 2, "live"));
        assertEquals(List.of("old", "live"), texts(current()));
        assertEquals(asked, session.historyAsked.size());
    }

    @Test
    void goesOnWithoutAPageWhenWhatCameLastWasNoMessage() {
        restart();
        tellRestored(3, "", message(1, 1, "edited and pinned since"));
        int asked = session.historyAsked.size();
        session.tellConnected();
        session.tellEntered(GENERAL, 4);
        assertEquals(List.of("edited and pinned since"), texts(current()));
        assertEquals(asked, session.historyAsked.size());
    }

    @Test
    void replacesWhatWasKeptByTheNewestPageWhenSomethingMayBeMissing() {
        restart();
        tellRestored("", message(1, 1, "old"));
        session.history.put(1L, List.of(message(1, 1, "old"), message(1, 2, "missed")));
        session.tellConnected();
        session.tellEntered(GENERAL, 3);
        session.tellReceived(message(1, 3, "live"));
        assertEquals(List.of("old", "missed", "live"), texts(current()));
    }

    private void restart() {
        model.close();
        listening.clear();
        model = newModel();
    }

    private void tellRestored(String draft, RoomEvent... kept) {
        tellRestored(kept.length, draft, kept);
    }

    private void tellRestored(long lastSeq, String draft, RoomEvent... kept) {
        session.tell(
                new SessionEvent.RoomRestored(
                        GENERAL,
                        lastSeq,
                        List.of(kept).stream().map(ChatMessage::of).toList(),
                        false,
                        kept.length,
                        draft));
    }

    @Test
    void countsUnreadMessagesOfOthersInRoomsThatAreNotLookedAt() {
        session.tellEntered(LUNCH, 1);
        session.tellReceived(message(2, 1, "hi"));
        session.tellReceived(
                FakeSession.message(session.post(2, said("own")), 2, 2, SELF, 0, "own"));
        seeTheEnd();
        session.tellReceived(message(1, 1, "seen"));
        assertEquals(1, roomModel("lunch").unreadProperty().get());
        assertEquals(1, model.rooms().unreadProperty().get());
        model.show(roomModel("lunch"));
        assertEquals(1, model.rooms().unreadProperty().get());
        seeTheEnd();
        assertEquals(0, model.rooms().unreadProperty().get());
    }

    @Test
    void countsWhatComesWhileTheWindowHasNoFocus() {
        seeTheEnd();
        model.reading().setFocused(false);
        session.tellReceived(message(1, 1, "hi"));
        assertEquals(List.of(), session.read);
        assertEquals(1, current().unreadProperty().get());
        model.reading().setFocused(true);
        assertEquals(0, current().unreadProperty().get());
        assertEquals(List.of(new FakeSession.Read(1, 1)), session.read);
    }

    @Test
    void saysWhatIsWrongWithARoomsName() {
        assertEquals(Optional.of(Phrase.of("fault.room.empty")), model.roomCommands().join(" "));
        assertEquals(Optional.of(Phrase.of("fault.room.empty")), model.roomCommands().join("#"));
        assertEquals(Optional.of(Phrase.of("fault.room.start")), model.roomCommands().join("/x"));
        assertEquals(
                Optional.of(Phrase.of("fault.room.long")),
                model.roomCommands().join("x".repeat(65)));
        assertEquals(
                Optional.of(Phrase.of("fault.room.character")),
                model.roomCommands().join("a\u200bb"));
        assertEquals(
                Optional.of(Phrase.of("fault.room.other")),
                model.roomCommands().join("gen\u0435ral"));
        assertTrue(session.joined.isEmpty());
    }

    @Test
    void showsTheNeighbourWhenARoomIsLeft() {
        session.tellEntered(LUNCH, 1);
        model.roomCommands().leave(current());
        assertEquals(List.of(1L), session.left);
        session.tell(new SessionEvent.RoomLeft(1));
        assertEquals("lunch", current().nameProperty().get());
        session.tell(new SessionEvent.RoomLeft(2));
        assertEquals(Optional.empty(), model.rooms().currentProperty().get());
    }

    @Test
    void listsRoomsThatCanBeJoinedInOrderOfName() {
        session.tell(new SessionEvent.RoomChanged(room(5, "Zoo", 1)));
        session.tell(new SessionEvent.RoomChanged(room(6, "art", 1)));
        session.tell(new SessionEvent.RoomChanged(room(1, "general", 4)));
        assertEquals(
                List.of("art", "Zoo"),
                model.rooms().joinable().stream().map(info -> info.name().value()).toList());
        session.tellEntered(room(5, "Zoo", 1), 1);
        assertEquals(1, model.rooms().joinable().size());
    }

    @Test
    void tellsWhyTheSessionEnded() {
        session.tellEnded(SessionEvent.Failure.REPLACED);
        assertEquals(
                new Link.Over(Phrase.of("failure.REPLACED", "box:7667", "Marina Costa", "ended")),
                model.linkProperty().get());
        type("kept");
        model.messages().send();
        assertEquals("kept", model.composer().textProperty().get());
    }

    @Test
    void noticesARefusedRoom() {
        session.tell(new SessionEvent.RoomRefused("vault", ErrorCode.FORBIDDEN, "no"));
        assertEquals(
                Optional.of(Phrase.of("refusal.FORBIDDEN")),
                model.notices().noticeProperty().get());
        model.notices().dismiss();
        assertEquals(Optional.empty(), model.notices().noticeProperty().get());
    }

    private ChatViewModel newModel() {
        ChatViewModel made =
                new ChatViewModel(
                        session,
                        SELF.name(),
                        "box:7667",
                        new ChatViewModel.Surroundings(CLOCK, Runnable::run, later::add));
        listening.add(made);
        return made;
    }

    /// What the list of messages says when its end is in sight.
    private void seeTheEnd() {
        model.reading().setAtEnd(true);
    }

    private void aSecondLater() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
    }

    private RoomEvent message(long roomId, long seq, String text) {
        return session.message(roomId, seq, ANA, CLOCK.millis(), text);
    }

    private static EventBody.Message said(String text) {
        return new EventBody.Message(new MessageText(text), 0, false);
    }

    private void type(String text) {
        model.composer().textProperty().set(text);
    }

    private RoomModel current() {
        return model.rooms().currentProperty().get().orElseThrow();
    }

    private RoomModel roomModel(String name) {
        return model.rooms().findNamed(new RoomName(name)).orElseThrow();
    }

    private static List<String> texts(RoomModel room) {
        return room.timeline().rows().stream().map(MessageRow::text).toList();
    }
}
