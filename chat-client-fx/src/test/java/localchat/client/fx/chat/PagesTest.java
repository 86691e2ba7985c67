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
import java.util.stream.LongStream;
import localchat.client.fx.FakeSession;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.SessionEvent;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Pages of history that come late, in another order, or not at all.
final class PagesTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
    private static final Person ANA = person(2, "Ana");
    private static final RoomInfo GENERAL = room(1, "general", 1);

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
    void leavesOutAnOlderPageThatComesAfterAJumpElsewhere() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.holdsHistory = true;
        model.reading().loadOlder();
        session.holdsHistory = false;
        model.reading().jumpToMessage(50);
        session.answerHistory();
        List<Long> seqs = current().timeline().rows().stream().map(MessageRow::seq).toList();
        assertEquals(
                LongStream.rangeClosed(seqs.getFirst(), seqs.getLast()).boxed().toList(), seqs);
    }

    @Test
    void leavesOutANewerPageThatComesAfterAJumpElsewhere() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        model.reading().jumpToMessage(250);
        session.holdsHistory = true;
        model.reading().loadNewer();
        session.holdsHistory = false;
        model.reading().jumpToMessage(50);
        session.answerHistory();
        List<Long> seqs = current().timeline().rows().stream().map(MessageRow::seq).toList();
        assertEquals(
                LongStream.rangeClosed(seqs.getFirst(), seqs.getLast()).boxed().toList(), seqs);
    }

    @Test
    void asksForOnePageAtATimeAlsoAfterAnotherOneCame() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.holdsHistory = true;
        model.reading().loadOlder();
        model.reading().jumpToMessage(50);
        session.answerOneHistory();
        assertTrue(current().loadingOlderProperty().get(), "one is still on its way");
        int asked = session.historyAsked.size();
        model.reading().loadOlder();
        assertEquals(asked, session.historyAsked.size());
    }

    @Test
    void asksForTheNewestPageUntilItComes() {
        history(1, 500);
        session.failsHistory = true;
        session.tellEntered(GENERAL, 501);
        aSecondLater();
        assertEquals(2, session.historyAsked.size());
        session.failsHistory = false;
        aSecondLater();
        assertEquals(500, current().timeline().lastSeq().orElseThrow());
        aSecondLater();
        assertEquals(3, session.historyAsked.size());
    }

    @Test
    void asksNoMoreWhenTheConnectionIsLost() {
        session.failsHistory = true;
        session.tellEntered(GENERAL, 501);
        session.tellLost();
        aSecondLater();
        assertEquals(1, session.historyAsked.size());
    }

    @Test
    void tellsAPageThatDidNotComeFromAnEmptyOne() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.failsHistory = true;
        model.reading().jumpToMessage(3);
        assertEquals(
                Optional.of(Phrase.of("notice.notLoaded")), model.notices().noticeProperty().get());
        model.notices().dismiss();
        model.reading().jumpToDay(LocalDate.of(2026, 11, 19), ZoneOffset.UTC);
        assertEquals(
                Optional.of(Phrase.of("notice.notLoaded")), model.notices().noticeProperty().get());
    }

    @Test
    void marksNothingReadWhileTheUnreadCannotBeFetched() {
        history(1, 500);
        session.tell(new SessionEvent.ReadMarkerMoved(1, 100, 400, 0));
        session.holdsHistory = true;
        session.tellEntered(GENERAL, 501);
        session.failsHistory = true;
        session.answerHistory();
        seeTheEnd();
        assertEquals(List.of(), session.read);
        assertEquals(400, current().unreadProperty().get());
        session.failsHistory = false;
        session.holdsHistory = false;
        aSecondLater();
        assertEquals(Optional.of(new Jump.ToUnread(101)), jump());
        assertEquals(List.of(), session.read);
    }

    @Test
    void asksOnceForAPageThatBringsNothing() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.history.clear();
        int asked = session.historyAsked.size();
        model.reading().loadOlder();
        model.reading().loadOlder();
        assertEquals(asked + 1, session.historyAsked.size());
    }

    @Test
    void saysThatOlderMessagesAreOnTheirWay() {
        history(1, 500);
        session.tellEntered(GENERAL, 501);
        session.holdsHistory = true;
        model.reading().loadOlder();
        assertTrue(current().loadingOlderProperty().get());
        session.answerHistory();
        assertFalse(current().loadingOlderProperty().get());
        assertEquals(200, current().timeline().rows().size());
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
