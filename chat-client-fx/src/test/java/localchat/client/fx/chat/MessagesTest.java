package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.person;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localchat.client.fx.FakeSession;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.PostState;
import localchat.core.client.SessionEvent;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.MembershipChange;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the person does with messages and rooms.
final class MessagesTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final Emoji THUMB = new Emoji("👍");

    private final List<Runnable> later = new ArrayList<>();
    private final List<ChatViewModel> listening = new ArrayList<>();
    private final FakeSession session =
            new FakeSession(event -> listening.forEach(model -> model.onSessionEvent(event)));
    private final ChatViewModel model =
            new ChatViewModel(
                    session,
                    SELF.name(),
                    "box:7667",
                    new ChatViewModel.Surroundings(CLOCK, Runnable::run, later::add));

    @BeforeEach
    void enterGeneral() {
        listening.add(model);
        session.people.put(1L, List.of(ANA, SELF));
        session.tellConnected();
        session.tellEntered(room(1, "general", 2), 1);
        session.tellReceived(session.message(1, 1, ANA, 0, "question"));
        session.tellReceived(session.message(1, 2, SELF, 0, "own"));
    }

    @Test
    void repliesAndIsPlainAgain() {
        model.messages().reply(row(0));
        assertEquals(
                new ComposerMode.Replying(1, "Ana", "question"),
                model.composer().modeProperty().get());
        type("answer");
        model.messages().send();
        assertEquals(
                new EventBody.Message(new MessageText("answer"), 1, false),
                session.posted.getLast().body());
        assertEquals(new ComposerMode.Plain(), model.composer().modeProperty().get());
        assertEquals("question", lastRow().said().orElseThrow().quote().orElseThrow().text());
    }

    @Test
    void keepsTheTextWhenAReplyIsGivenUp() {
        type("half");
        model.messages().reply(row(0));
        model.messages().cancelMode();
        assertEquals("half", model.composer().textProperty().get());
    }

    @Test
    void editsTheLastOwnMessageAndPutsTheDraftBack() {
        type("a draft");
        model.messages().editLast();
        assertEquals("own", model.composer().textProperty().get());
        type("own, better");
        assertEquals("a draft", session.drafts.get(1L), "an edit is no draft");
        model.messages().send();
        assertEquals(
                new EventBody.Edit(2, new MessageText("own, better")),
                session.posted.getLast().body());
        assertEquals("a draft", model.composer().textProperty().get());
        assertEquals("own, better", row(1).text());
        assertTrue(row(1).said().orElseThrow().changing());
        session.tellOwn(session.posted.getLast(), 3, 5);
        assertFalse(row(1).said().orElseThrow().changing());
        assertEquals(5, row(1).said().orElseThrow().editedMillis());
    }

    @Test
    void goesOnWithAnEditAfterAVisitToAnotherRoom() {
        session.tellEntered(room(3, "lunch", 1), 1);
        type("a draft");
        model.messages().editLast();
        type("own, better");
        model.showNeighbour(1);
        assertEquals(new ComposerMode.Plain(), model.composer().modeProperty().get());
        assertEquals("", model.composer().textProperty().get());
        model.showNeighbour(1);
        assertEquals(new ComposerMode.Editing(2, "own"), model.composer().modeProperty().get());
        assertEquals("own, better", model.composer().textProperty().get());
        assertEquals("a draft", session.drafts.get(1L), "an edit is no draft");
        model.messages().send();
        assertEquals("a draft", model.composer().textProperty().get());
    }

    @Test
    void goesOnWithAReplyAfterAVisitToAnotherRoom() {
        session.tellEntered(room(3, "lunch", 1), 1);
        model.messages().reply(row(0));
        type("answ");
        model.showNeighbour(1);
        model.showNeighbour(1);
        type("answer");
        model.messages().send();
        assertEquals(
                new EventBody.Message(new MessageText("answer"), 1, false),
                session.posted.getLast().body());
    }

    @Test
    void postsNothingWhenAnEditChangedNothing() {
        model.messages().editLast();
        model.messages().send();
        assertEquals(List.of(), session.posted);
        assertEquals("", model.composer().textProperty().get());
    }

    @Test
    void editsAndDeletesOnlyOwnMessages() {
        model.messages().edit(row(0));
        model.messages().delete(row(0));
        assertEquals(new ComposerMode.Plain(), model.composer().modeProperty().get());
        assertEquals(List.of(), session.posted);
        model.messages().delete(row(1));
        assertEquals(new EventBody.Delete(2), session.posted.getLast().body());
        assertInstanceOf(Content.Gone.class, row(1).content());
    }

    @Test
    void showsAgainWhatMayNotBeDeletedAndSaysWhy() {
        model.messages().delete(row(1));
        FakeSession.Posted post = session.posted.getLast();
        session.tellFailed(post, ErrorCode.READ_ONLY);
        assertEquals("own", row(1).text());
        assertEquals(List.of(post.id()), session.discarded);
        assertEquals(
                Optional.of(Phrase.of("notice.notChanged", Phrase.of("refusal.READ_ONLY"))),
                model.notices().noticeProperty().get());
    }

    @Test
    void reactsAndTakesTheReactionBack() {
        model.messages().react(row(0), THUMB);
        assertEquals(new EventBody.Reaction(1, THUMB, false), session.posted.getLast().body());
        session.tellOwn(session.posted.getLast(), 3, 0);
        model.messages().react(row(0), THUMB);
        assertEquals(new EventBody.Reaction(1, THUMB, true), session.posted.getLast().body());
        assertEquals(List.of(), row(0).said().orElseThrow().reactions());
    }

    @Test
    void speaksToThePeopleItMentions() {
        type("@ana look");
        model.messages().send();
        assertEquals(List.of(2L), ((EventBody.Message) session.posted.getLast().body()).mentions());
    }

    @Test
    void marksAMessageThatMentionsThePerson() {
        EventBody body = new EventBody.Message(new MessageText("you"), 0, false, List.of(1L));
        session.tellReceived(session.event(1, 3, ANA, 0, body));
        assertTrue(lastRow().said().orElseThrow().mentionsSelf());
        assertFalse(row(0).said().orElseThrow().mentionsSelf());
    }

    @Test
    void discardsAWaitingMessage() {
        session.tellLost();
        type("never mind");
        model.messages().send();
        assertTrue(lastRow().isUnsent());
        model.messages().discard(lastRow());
        assertEquals(1, session.discarded.size());
        assertEquals(2, current().timeline().rows().size());
    }

    @Test
    void fetchesTheWordsOfAQuotedMessageThatIsNotHere() {
        session.history.put(
                3L,
                List.of(
                        session.message(3, 1, ANA, 0, "long ago"),
                        session.message(3, 2, ANA, 0, "then")));
        session.tellEntered(room(3, "design", 1), 300);
        RoomModel design = model.rooms().find(3).orElseThrow();
        design.timeline().dropStored();
        EventBody reply = new EventBody.Message(new MessageText("yes"), 1, false);
        session.tellReceived(session.event(3, 300, ANA, 0, reply));
        assertEquals(
                "long ago",
                design.timeline()
                        .rows()
                        .getLast()
                        .said()
                        .orElseThrow()
                        .quote()
                        .orElseThrow()
                        .text());
    }

    @Test
    void opensDirectMessagesAndShowsThemOnceEntered() {
        model.roomCommands().openDirect(2);
        assertEquals(List.of(2L), session.directs);
        session.tellEntered(FakeSession.direct(40, ANA), 1);
        session.madeRoom.complete(FakeSession.direct(40, ANA));
        assertEquals(40, current().roomId());
        model.showNeighbour(1);
        model.roomCommands().openDirect(2);
        assertEquals(1, session.directs.size());
        assertEquals(40, current().roomId());
    }

    @Test
    void saysWhyARoomWasNotMade() {
        assertEquals(
                Optional.of(Phrase.of("fault.room.empty")),
                model.roomCommands().createPrivate(" ", List.of(2L), true));
        assertEquals(
                Optional.empty(), model.roomCommands().createPrivate("plans", List.of(2L), false));
        assertEquals(
                List.of(new FakeSession.Created("plans", false, List.of(2L))), session.created);
        session.madeRoom.completeExceptionally(
                new localchat.core.client.RequestException(ErrorCode.ROOM_NAME_TAKEN, "taken"));
        assertEquals(
                Optional.of(Phrase.of("refusal.ROOM_NAME_TAKEN")),
                model.notices().noticeProperty().get());
    }

    @Test
    void leavesAPrivateRoomForGoodAndAPublicOneForNow() {
        session.tellEntered(FakeSession.privateRoom(11, "small", 2), 1);
        model.roomCommands().leave(model.rooms().find(11).orElseThrow());
        assertEquals(
                new EventBody.Membership(1, SELF.name(), MembershipChange.LEFT),
                session.posted.getLast().body());
        model.roomCommands().leave(current());
        assertEquals(List.of(1L), session.left);
    }

    @Test
    void knowsWhatTheOwnerOfARoomMayDo() {
        session.tellEntered(FakeSession.privateRoom(11, "small", 2), 1);
        RoomModel small = model.rooms().find(11).orElseThrow();
        assertFalse(model.roomCommands().owns(small));
        session.tellReceived(
                session.event(
                        11,
                        1,
                        ANA,
                        0,
                        new EventBody.Membership(1, SELF.name(), MembershipChange.OWNER)));
        assertTrue(model.roomCommands().owns(small));
        assertFalse(model.roomCommands().owns(current()));
        model.roomCommands().setRetention(small, 30);
        assertEquals(new RoomSettings(30, 0, true), session.settings.get(11L));
    }

    @Test
    void sortsTheRoomsByKindAndFollowsANewName() {
        session.tellEntered(FakeSession.direct(40, ANA), 1);
        session.tellEntered(FakeSession.privateRoom(11, "small", 2), 1);
        session.tellEntered(room(3, "art", 1), 1);
        assertEquals(List.of("art", "general", "small", "Ana"), names());
        session.tellReceived(
                session.event(
                        3,
                        1,
                        ANA,
                        0,
                        new EventBody.Rename(new localchat.core.model.RoomName("zoo"))));
        assertEquals(List.of("general", "zoo", "small", "Ana"), names());
    }

    @Test
    void saysFromOneMinuteOnThatTheClockIsOff() {
        model.notices().clockIsOff(60_000);
        assertEquals(Optional.empty(), model.notices().clockProperty().get());
        model.notices().clockIsOff(-60_001);
        assertEquals(
                Optional.of(Phrase.of("notice.clock.one", 1L)),
                model.notices().clockProperty().get());
        model.notices().clockIsOff(7 * 60_000);
        assertEquals(
                Optional.of(Phrase.of("notice.clock.many", 7L)),
                model.notices().clockProperty().get());
        model.notices().dismissClock();
        assertEquals(Optional.empty(), model.notices().clockProperty().get());
    }

    @Test
    void givesUpARestoredChangeThatFailed() {
        session.tell(
                new SessionEvent.PostRestored(
                        1,
                        localchat.core.model.MessageId.random(new java.util.Random(1)),
                        new EventBody.Edit(2, new MessageText("no")),
                        PostState.FAILED,
                        Optional.of(new SessionEvent.Refusal(ErrorCode.FORBIDDEN, ""))));
        assertEquals(1, session.discarded.size());
        assertEquals("own", row(1).text());
    }

    private List<String> names() {
        return model.rooms().joined().stream().map(room -> room.nameProperty().get()).toList();
    }

    private void type(String text) {
        model.composer().textProperty().set(text);
    }

    private RoomModel current() {
        return model.rooms().currentProperty().get().orElseThrow();
    }

    private MessageRow row(int index) {
        return current().timeline().rows().get(index);
    }

    private MessageRow lastRow() {
        return current().timeline().rows().getLast();
    }
}
