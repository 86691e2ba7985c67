package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static localchat.client.fx.FakeSession.person;
import static localchat.client.fx.FakeSession.room;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.SessionEvent;
import localchat.core.model.EventBody;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where rooms open and what counts as read.
final class ReadingTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final RoomInfo GENERAL = room(1, "general", 1);

    private static final RoomName LUNCH = new RoomName("lunch");

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
    void connect() {
        listening.add(model);
        session.tellConnected();
    }

    @Test
    void opensAtTheFirstUnreadMessageWithTheLineAboveIt() {
        history(1, 20);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 15, 5, 0));
        session.tellEntered(GENERAL, 21);
        assertEquals(Optional.of(new Jump.ToUnread(16)), jump());
        assertEquals(OptionalInt.of(15), current().timeline().unreadIndex());
        assertEquals(5, current().unreadProperty().get());
    }

    @Test
    void opensAtTheEndWhenEverythingWasRead() {
        history(1, 20);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 20, 0, 0));
        session.tellEntered(GENERAL, 21);
        assertEquals(Optional.of(new Jump.ToEnd()), jump());
        assertEquals(OptionalInt.empty(), current().timeline().unreadIndex());
    }

    @Test
    void fetchesTheFirstUnreadMessageWhenItIsOlderThanTheNewestPage() {
        history(1, 500);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 100, 400, 0));
        session.tellEntered(GENERAL, 501);
        assertTrue(session.historyAsked.contains(new HistoryAnchor.Around(101)));
        assertEquals(Optional.of(new Jump.ToUnread(101)), jump());
        assertEquals(400, current().unreadProperty().get());
        assertTrue(current().timeline().moreAfterProperty().get());
        seeTheEnd();
        assertEquals(List.of(), session.read, "the end of what is here is not the newest");
    }

    @Test
    void marksReadWhenTheNewestMessageIsInSightAndNotBefore() {
        history(1, 20);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 15, 5, 0));
        session.tellEntered(GENERAL, 21);
        assertEquals(List.of(), session.read);
        seeTheEnd();
        assertEquals(List.of(new FakeSession.Read(1, 20)), session.read);
        assertEquals(0, current().unreadProperty().get());
        assertEquals(OptionalInt.of(15), current().timeline().unreadIndex(), "the line stays");
    }

    @Test
    void marksNothingReadWithoutTheFocus() {
        history(1, 3);
        model.reading().setFocused(false);
        session.tellEntered(GENERAL, 4);
        seeTheEnd();
        assertEquals(List.of(), session.read);
        model.reading().setFocused(true);
        assertEquals(List.of(new FakeSession.Read(1, 3)), session.read);
    }

    @Test
    void tellsTheServerOfABurstOnce() {
        history(1, 1);
        session.tellEntered(GENERAL, 2);
        seeTheEnd();
        for (int seq = 2; seq <= 50; seq++) {
            session.tellReceived(message(seq));
        }
        assertEquals(0, current().unreadProperty().get());
        assertEquals(List.of(new FakeSession.Read(1, 1)), session.read);
        aSecondLater();
        assertEquals(
                List.of(new FakeSession.Read(1, 1), new FakeSession.Read(1, 50)), session.read);
    }

    @Test
    void tellsTheServerOfTheLastSecondWhenTheWindowCloses() {
        history(1, 1);
        session.tellEntered(GENERAL, 2);
        seeTheEnd();
        session.tellReceived(message(2));
        model.close();
        assertEquals(new FakeSession.Read(1, 2), session.read.getLast());
    }

    @Test
    void drawsTheLineWhereTheUnseenBeginsAndKeepsItUntilOneWrites() {
        history(1, 3);
        session.tellEntered(GENERAL, 4);
        seeTheEnd();
        model.reading().setAtEnd(false);
        session.tellReceived(message(4));
        session.tellReceived(message(5));
        assertEquals(OptionalInt.of(3), current().timeline().unreadIndex());
        assertEquals(2, current().unreadProperty().get());
        seeTheEnd();
        assertEquals(OptionalInt.of(3), current().timeline().unreadIndex());
        model.composer().textProperty().set("answer");
        model.messages().send();
        assertEquals(OptionalInt.empty(), current().timeline().unreadIndex());
    }

    @Test
    void takesTheLineAwayWhenTheRoomIsLeftForAnother() {
        history(1, 3);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 1, 2, 0));
        session.tellEntered(GENERAL, 4);
        session.tellEntered(room(2, "lunch", 1), 1);
        seeTheEnd();
        RoomModel general = current();
        model.showNeighbour(1);
        assertEquals(OptionalInt.empty(), general.timeline().unreadIndex());
    }

    @Test
    void drawsTheLineAboveWhatWasMissedWhileTheConnectionWasLost() {
        history(1, 3);
        session.tellEntered(GENERAL, 4);
        seeTheEnd();
        aSecondLater();
        session.tellLost();
        session.tellConnected();
        RoomInfo head = new RoomInfo(1, new RoomName("general"), RoomKind.PUBLIC, "", 5, 1);
        session.tell(new SessionEvent.RoomEntered(head, 4, true, false));
        current().jumped();
        session.tellReceived(message(4));
        assertEquals(1, session.read.size(), "not yet caught up");
        session.tellReceived(message(5));
        assertEquals(Optional.of(new Jump.ToUnread(4)), jump());
        seeTheEnd();
        assertEquals(new FakeSession.Read(1, 5), session.read.getLast());
    }

    @Test
    void opensAboveWhatWasMissedWhenTheServerSkippedIt() {
        history(1, 20);
        session.tellEntered(GENERAL, 21);
        seeTheEnd();
        aSecondLater();
        loseAndReenter(3_000);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 20, 2_980, 0));
        assertEquals(2_980, current().unreadProperty().get());
        session.answerHistory();
        session.answerHistory();
        assertEquals(Optional.of(new Jump.ToUnread(21)), jump());
        assertEquals(2_980, current().unreadProperty().get());
        assertEquals(List.of(new FakeSession.Read(1, 20)), session.read);
    }

    @Test
    void marksNothingReadThatTheServerSkippedAndSaysNothingOf() {
        history(1, 20);
        session.tellEntered(GENERAL, 21);
        seeTheEnd();
        aSecondLater();
        loseAndReenter(3_000);
        session.answerHistory();
        session.answerHistory();
        assertEquals(Optional.of(new Jump.ToUnread(21)), jump());
        assertEquals(List.of(new FakeSession.Read(1, 20)), session.read);
    }

    @Test
    void countsOnceWhatComesAfterTheServersCount() {
        session.holdsHistory = true;
        session.tellEntered(GENERAL, 1);
        session.tellEntered(new RoomInfo(2, LUNCH, RoomKind.PUBLIC, "", 8, 1), 1);
        session.tell(new SessionEvent.ReadMarkerMoved(2, 5, 3, 0));
        RoomModel lunch = model.rooms().find(2).orElseThrow();
        for (int seq = 1; seq <= 8; seq++) {
            session.tellReceived(session.message(2, seq, ANA, 0, "l" + seq));
        }
        assertEquals(3, lunch.unreadProperty().get());
        session.tellReceived(session.message(2, 9, ANA, 0, "new"));
        assertEquals(4, lunch.unreadProperty().get());
    }

    @Test
    void countsMentionsAndForgetsDeletedMessages() {
        history(1, 1);
        session.tellEntered(GENERAL, 2);
        model.reading().setFocused(false);
        EventBody mention =
                new EventBody.Message(new MessageText("@Marina"), 0, false, List.of(1L));
        session.tellReceived(session.event(1, 2, ANA, 0, mention));
        session.tellReceived(message(3));
        assertEquals(2, current().unreadProperty().get());
        assertEquals(1, current().mentionsProperty().get());
        session.tellReceived(session.event(1, 4, ANA, 0, new EventBody.Delete(2)));
        assertEquals(0, current().mentionsProperty().get());
    }

    @Test
    void followsTheMarkerOfAnotherDevice() {
        history(1, 9);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 2, 7, 0));
        session.tellEntered(GENERAL, 10);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 6, 3, 0));
        assertEquals(3, current().unreadProperty().get());
        session.tell(new SessionEvent.ReadMarkerMoved(1, 4, 5, 0));
        assertEquals(3, current().unreadProperty().get(), "a marker never goes back");
    }

    @Test
    void jumpsToAMessageThatIsNotHereAndBackToTheNewest() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        model.reading().jumpToMessage(50);
        assertEquals(Optional.of(new Jump.ToMessage(50)), jump());
        assertTrue(current().timeline().moreAfterProperty().get());
        model.reading().loadNewer();
        assertEquals(new HistoryAnchor.After(99), session.historyAsked.getLast());
        model.reading().jumpToLatest();
        assertEquals(Optional.of(new Jump.ToEnd()), jump());
        assertFalse(current().timeline().moreAfterProperty().get());
        assertEquals(500, current().timeline().lastSeq().orElseThrow());
    }

    @Test
    void isAtTheNewestAgainInARoomThatWasLeftInThePast() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.tellEntered(room(2, "lunch", 1), 1);
        seeTheEnd();
        model.reading().jumpToMessage(50);
        model.showNeighbour(1);
        model.showNeighbour(1);
        assertFalse(current().timeline().moreAfterProperty().get());
        assertEquals(500, current().timeline().lastSeq().orElseThrow());
        assertEquals(Optional.of(new Jump.ToEnd()), jump());
    }

    @Test
    void opensAtTheNewsInARoomThatWasLeftInThePast() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.tellEntered(room(2, "lunch", 1), 1);
        seeTheEnd();
        model.reading().jumpToMessage(50);
        model.showNeighbour(1);
        for (int seq = 501; seq <= 505; seq++) {
            RoomEvent event = message(seq);
            session.history.get(1L).add(event);
            session.tellReceived(event);
        }
        model.showNeighbour(1);
        assertEquals(Optional.of(new Jump.ToUnread(501)), jump());
        assertFalse(current().timeline().moreAfterProperty().get());
    }

    @Test
    void leadsOnToTheEndPageByPage() {
        history(1, 400);
        session.tellEntered(GENERAL, 401);
        model.reading().jumpToMessage(50);
        for (int i = 0; i < 4; i++) {
            model.reading().loadNewer();
        }
        assertFalse(current().timeline().moreAfterProperty().get());
        assertEquals(
                LongStream.rangeClosed(1, 400).boxed().toList(),
                current().timeline().rows().stream().map(MessageRow::seq).toList());
    }

    @Test
    void jumpsToTheFirstMessageOfADay() {
        List<RoomEvent> log = new ArrayList<>();
        for (int hour = 1; hour <= 60; hour++) {
            Instant time = Instant.parse("2026-11-18T00:00:00Z").plusSeconds(hour * 3600L);
            log.add(session.message(1, hour, ANA, time.toEpochMilli(), "h" + hour));
        }
        session.history.put(1L, log);
        session.tellEntered(GENERAL, 61);
        model.reading().jumpToDay(LocalDate.of(2026, 11, 19), ZoneOffset.UTC);
        assertEquals(Optional.of(new Jump.ToDay(24)), jump());
        model.reading().jumpToDay(LocalDate.of(2026, 12, 1), ZoneOffset.UTC);
        assertEquals(
                Optional.of(Phrase.of("notice.noDay")), model.notices().noticeProperty().get());
    }

    @Test
    void saysWhenAQuotedMessageIsNotThereAnyMore() {
        history(5, 9);
        session.tellEntered(GENERAL, 10);
        model.reading().jumpToMessage(3);
        assertEquals(
                Optional.of(Phrase.of("notice.noMessage")), model.notices().noticeProperty().get());
    }

    private void history(int from, int to) {
        List<RoomEvent> log = new ArrayList<>();
        for (int seq = from; seq <= to; seq++) {
            log.add(message(seq));
        }
        session.history.put(1L, log);
    }

    private RoomEvent message(long seq) {
        return session.message(1, seq, ANA, CLOCK.millis() + seq, "m" + seq);
    }

    /// The connection comes back after so much was said that the server leaves it out.
    private void loseAndReenter(int headSeq) {
        history(1, headSeq);
        session.holdsHistory = true;
        session.tellLost();
        session.tellConnected();
        RoomInfo now = new RoomInfo(1, new RoomName("general"), RoomKind.PUBLIC, "", headSeq, 1);
        session.tell(new SessionEvent.RoomEntered(now, headSeq + 1, true, false));
    }

    private void seeTheEnd() {
        model.reading().setAtEnd(true);
    }

    private void aSecondLater() {
        List<Runnable> now = List.copyOf(later);
        later.clear();
        now.forEach(Runnable::run);
    }

    private RoomModel current() {
        return model.rooms().currentProperty().get().orElseThrow();
    }

    private Optional<Jump> jump() {
        return current().jumpProperty().get();
    }
}
