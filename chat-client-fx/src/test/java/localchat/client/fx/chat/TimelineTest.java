package localchat.client.fx.chat;

import static localchat.client.fx.FakeSession.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import javafx.collections.ListChangeListener;
import localchat.client.fx.FakeSession;
import localchat.client.fx.chat.MessageRow.Content;
import localchat.client.fx.chat.MessageRow.Placement;
import localchat.client.fx.chat.MessageRow.Quote;
import localchat.client.fx.i18n.Phrase;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.ChatMessage;
import localchat.core.model.Emoji;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import localchat.core.model.RoomTopic;
import localchat.core.model.TombstoneCause;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final long NOON = Instant.parse("2026-11-20T15:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Person ANA = FakeSession.person(2, "Ana");
    private static final Emoji THUMB = new Emoji("👍");
    private static final Self ME = new Self(SELF.userId(), SELF.name());

    private final Timeline timeline = new Timeline(ME, ZoneId.of("America/Sao_Paulo"));

    @Test
    void ordersBySeqWhateverTheOrderOfArrival() {
        receive(3, 1, 2, 5, 4);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs());
    }

    @Test
    void showsEachMessageOnce() {
        receive(1, 2, 2, 1, 3);
        page(4, event(2), event(3), event(4));
        assertEquals(List.of(1L, 2L, 3L, 4L), seqs());
    }

    @Test
    void putsAnOlderPageBeforeWhatIsThere() {
        receive(4, 5);
        page(5, event(1), event(2), event(3));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs());
        assertEquals(1, timeline.firstSeq().orElseThrow());
    }

    @Test
    void leavesOutWhatIsNoMessage() {
        RoomEvent unknown =
                new RoomEvent(1, 9, NOON, 2, ANA.name(), id(9), new EventBody.Unknown());
        timeline.receive(unknown);
        assertTrue(timeline.rows().isEmpty());
    }

    @Test
    void keepsOwnWaitingMessagesLastAndInOrder() {
        pending(101, "first");
        pending(102, "second");
        receive(1, 2);
        assertEquals(List.of("1", "2", "first", "second"), texts());
    }

    @Test
    void turnsAWaitingMessageIntoTheStoredOneInPlace() {
        receive(1);
        pending(101, "mine");
        List<Boolean> replaced = new ArrayList<>();
        timeline.rows()
                .addListener(
                        (ListChangeListener<MessageRow>)
                                change -> {
                                    while (change.next()) {
                                        replaced.add(change.wasReplaced());
                                    }
                                });
        timeline.receive(FakeSession.message(id(101), 1, 2, SELF, NOON, "mine"));
        assertEquals(List.of(true), replaced, "one change, so that nothing flickers");
        assertEquals(List.of("1", "mine"), texts());
        assertEquals(new Delivery.Stored(2), timeline.rows().getLast().delivery());
    }

    @Test
    void storesOnTheAnswerAloneAndKnowsTheEventThatFollows() {
        pending(101, "mine");
        timeline.changed(id(101), new Delivery.Stored(1), NOON + 5);
        assertEquals(NOON + 5, timeline.rows().getFirst().timeMillis());
        timeline.receive(FakeSession.message(id(101), 1, 1, SELF, NOON + 5, "mine"));
        assertEquals(List.of("mine"), texts());
    }

    @Test
    void dropsTheWaitingOneWhenHistoryAlreadyShowsIt() {
        pending(101, "mine");
        page(2, event(1), FakeSession.message(id(101), 1, 2, SELF, NOON, "mine"));
        timeline.changed(id(101), new Delivery.Stored(2), NOON);
        assertEquals(List.of("1", "mine"), texts());
    }

    @Test
    void movesAStoredMessageBeforeThoseStillWaiting() {
        pending(101, "first");
        pending(102, "second");
        timeline.changed(id(101), new Delivery.Failed(ErrorCode.MUTED, ""), 0);
        timeline.receive(FakeSession.message(id(102), 1, 1, SELF, NOON, "second"));
        assertEquals(List.of("second", "first"), texts());
    }

    @Test
    void forgetsWhatCameFromTheServerAndKeepsWhatWaits() {
        receive(1, 2);
        pending(101, "mine");
        timeline.dropStored();
        assertEquals(List.of("mine"), texts());
        receive(1);
        assertEquals(List.of("1", "mine"), texts());
    }

    @Test
    void groupsMessagesOfOneAuthorWithoutALongPause() {
        timeline.receive(FakeSession.message(id(1), 1, 1, ANA, NOON, "a"));
        timeline.receive(FakeSession.message(id(2), 1, 2, ANA, NOON + 5 * MINUTE, "b"));
        timeline.receive(FakeSession.message(id(3), 1, 3, ANA, NOON + 10 * MINUTE + 1, "c"));
        timeline.receive(FakeSession.message(id(4), 1, 4, SELF, NOON + 10 * MINUTE + 2, "d"));
        assertEquals(List.of(true, false, true, true), groups());
    }

    @Test
    void startsADayAtTheZonesMidnight() {
        long midnight = Instant.parse("2026-11-21T03:00:00Z").toEpochMilli();
        timeline.receive(FakeSession.message(id(1), 1, 1, ANA, midnight - 1, "a"));
        timeline.receive(FakeSession.message(id(2), 1, 2, ANA, midnight, "b"));
        assertEquals(new Placement(true, false, true), timeline.rows().getLast().placement());
    }

    @Test
    void regroupsWhatFollowsWhenSomethingComesBetween() {
        timeline.receive(FakeSession.message(id(1), 1, 1, ANA, NOON, "a"));
        timeline.receive(FakeSession.message(id(3), 1, 3, ANA, NOON, "c"));
        assertFalse(timeline.rows().getLast().placement().startsGroup());
        timeline.receive(FakeSession.message(id(2), 1, 2, SELF, NOON, "b"));
        assertTrue(timeline.rows().getLast().placement().startsGroup());
    }

    @Test
    void endsInTheSameRowsWhateverTheOrderOfArrival() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<RoomEvent> events =
                    new ArrayList<>(LongStream.rangeClosed(1, 30).mapToObj(this::mixed).toList());
            Timeline straight = new Timeline(ME, ZoneId.of("UTC"));
            events.forEach(straight::receive);
            Timeline shuffled = new Timeline(ME, ZoneId.of("UTC"));
            List<RoomEvent> page = events.subList(5, 15);
            List<RoomEvent> oldest = events.subList(0, 7);
            Collections.shuffle(events.subList(15, 30), random);
            for (int i = 15; i < 30; i++) {
                if (i == 15 + random.nextInt(10)) {
                    take(shuffled, 30, page);
                }
                shuffled.receive(events.get(i));
            }
            take(shuffled, 30, page);
            take(shuffled, 30, oldest);
            assertEquals(straight.rows(), shuffled.rows(), "seed " + seed);
        }
    }

    @Test
    void foldsWhatHappensToAMessageIntoItsRow() {
        receive(1, 2);
        change(3, ANA, new EventBody.Edit(1, new MessageText("better")));
        change(4, SELF, new EventBody.Reaction(1, THUMB, false));
        change(5, ANA, new EventBody.Pin(1, false));
        Content.Said said = timeline.rows().getFirst().said().orElseThrow();
        assertEquals("better", said.text());
        assertEquals(NOON + 3, said.editedMillis());
        assertTrue(said.pinned());
        assertEquals(
                List.of(new MessageRow.Reaction(THUMB, 1, true, List.of(1L))), said.reactions());
        assertEquals(2, timeline.rows().size());
    }

    @Test
    void putsATombstoneInThePlaceOfADeletedMessage() {
        receive(1, 2);
        change(3, ANA, new EventBody.Delete(1));
        assertEquals(
                new Content.Gone(TombstoneCause.DELETED, false),
                timeline.rows().getFirst().content());
        assertEquals(List.of(1L, 2L), seqs());
    }

    @Test
    void countsNothingTwiceThatAPageAlreadyTells() {
        Emoji emoji = THUMB;
        ChatMessage folded =
                ChatMessage.of(event(1))
                        .after(changed(2, ANA, new EventBody.Reaction(1, emoji, false)))
                        .after(changed(3, ANA, new EventBody.Edit(1, new MessageText("new"))));
        timeline.take(
                new HistoryMessages(1, List.of(folded), 3, false, false),
                new HistoryAnchor.Newest());
        MessageRow before = timeline.rows().getFirst();
        timeline.receive(event(1));
        change(2, ANA, new EventBody.Reaction(1, emoji, false));
        change(3, ANA, new EventBody.Edit(1, new MessageText("new")));
        assertEquals(List.of(before), timeline.rows());
    }

    @Test
    void bringsAPageUpToDateThatIsOlderThanWhatCameLive() {
        change(5, ANA, new EventBody.Edit(1, new MessageText("newest")));
        change(6, SELF, new EventBody.Reaction(2, THUMB, false));
        page(4, event(1), event(2));
        assertEquals(List.of("newest", "2"), texts());
        assertEquals(1, timeline.rows().getLast().said().orElseThrow().reactions().size());
    }

    @Test
    void ignoresAnOlderPageAboutWhatIsKnownBetter() {
        receive(1);
        change(2, ANA, new EventBody.Edit(1, new MessageText("edited")));
        page(1, event(1));
        assertEquals(List.of("edited"), texts());
    }

    @Test
    void showsWhatHappensToTheRoomAsALine() {
        receive(1);
        change(2, ANA, new EventBody.Topic(new RoomTopic("cables")));
        assertEquals(
                new Content.Note(Phrase.of("note.topic", "Ana", new RoomTopic("cables"))),
                timeline.rows().getLast().content());
        change(2, ANA, new EventBody.Topic(new RoomTopic("cables")));
        assertEquals(2, timeline.rows().size());
    }

    @Test
    void quotesWhatAMessageRepliesToAndKeepsTheQuoteTrue() {
        receive(1);
        change(2, SELF, new EventBody.Message(new MessageText("yes"), 1, false));
        assertEquals(new Quote(1, Quote.State.KNOWN, "Ana", "1"), quote(1));
        change(3, ANA, new EventBody.Edit(1, new MessageText("one\ntwo")));
        assertEquals(new Quote(1, Quote.State.KNOWN, "Ana", "one two"), quote(1));
        change(4, ANA, new EventBody.Delete(1));
        assertEquals(Quote.State.GONE, quote(1).state());
    }

    @Test
    void asksOnceForAQuotedMessageThatIsNotHere() {
        change(9, SELF, new EventBody.Message(new MessageText("yes"), 1, false));
        assertEquals(Quote.State.UNKNOWN, quote(0).state());
        assertEquals(java.util.Set.of(1L), timeline.takeUnknownTargets());
        assertEquals(java.util.Set.of(), timeline.takeUnknownTargets());
        timeline.learn(ChatMessage.of(event(1)), 9);
        assertEquals(new Quote(1, Quote.State.KNOWN, "Ana", "1"), quote(0));
    }

    @Test
    void cutsALongQuoteAfterItsLimit() {
        assertEquals("x".repeat(160), Quote.known(1, "Ana", "x".repeat(160)).text());
        assertEquals("x".repeat(160) + "…", Quote.known(1, "Ana", "x".repeat(161)).text());
    }

    @Test
    void showsAnOwnChangeBeforeTheServerStoredItAndTakesItBackWhenRefused() {
        receive(1);
        timeline.change(id(50), new EventBody.Reaction(1, THUMB, false), NOON);
        Content.Said said = timeline.rows().getFirst().said().orElseThrow();
        assertTrue(said.changing());
        assertTrue(said.reactions().getFirst().own());
        timeline.changeOver(id(50));
        assertEquals(List.of(), timeline.rows().getFirst().said().orElseThrow().reactions());
        assertFalse(timeline.rows().getFirst().said().orElseThrow().changing());
    }

    @Test
    void countsAnOwnReactionOnceWhenItsEventComes() {
        receive(1);
        timeline.change(id(50), new EventBody.Reaction(1, THUMB, false), NOON);
        timeline.changeStored(id(50), 2);
        assertTrue(timeline.rows().getFirst().said().orElseThrow().changing());
        EventBody body = new EventBody.Reaction(1, THUMB, false);
        timeline.receive(new RoomEvent(1, 2, NOON, 1, SELF.name(), id(50), body));
        Content.Said said = timeline.rows().getFirst().said().orElseThrow();
        assertEquals(1, said.reactions().getFirst().count());
        assertFalse(said.changing());
    }

    @Test
    void drawsTheUnreadLineAboveTheFirstMessageOfOthersAfterTheMarker() {
        receive(1, 2);
        timeline.receive(FakeSession.message(id(3), 1, 3, SELF, NOON, "own"));
        receive(4, 5);
        page(5, event(1));
        timeline.take(
                new HistoryMessages(1, List.of(), 5, false, false), new HistoryAnchor.Before(1));
        timeline.setUnreadAfter(2);
        assertEquals(OptionalInt.of(3), timeline.unreadIndex());
        assertEquals(List.of(false, false, false, true, false), unreadLines());
        timeline.clearUnread();
        assertEquals(List.of(false, false, false, false, false), unreadLines());
    }

    @Test
    void drawsNoUnreadLineWhereOlderUnreadMessagesAreMissing() {
        receive(5, 6);
        timeline.setUnreadAfter(2);
        assertEquals(OptionalInt.empty(), timeline.unreadIndex());
        page(6, event(2), event(3), event(4));
        assertEquals(List.of(false, true, false, false, false), unreadLines());
    }

    @Test
    void leavesOutWhatComesLiveWhileItShowsThePast() {
        receive(90, 91);
        take(new HistoryAnchor.Around(11), false, event(10), event(11));
        assertEquals(List.of(10L, 11L), seqs());
        assertTrue(timeline.moreAfterProperty().get());
        receive(92);
        assertEquals(List.of(10L, 11L), seqs());
        take(new HistoryAnchor.After(11), true, event(90), event(91), event(92));
        assertFalse(timeline.moreAfterProperty().get());
        receive(93);
        assertEquals(List.of(10L, 11L, 90L, 91L, 92L, 93L), seqs());
    }

    @Test
    void knowsNoNewestOwnMessageWhileItShowsThePast() {
        timeline.receive(FakeSession.message(id(10), 1, 10, SELF, NOON, "then"));
        assertEquals("then", timeline.lastOwn().orElseThrow().text());
        take(
                new HistoryAnchor.Around(6),
                false,
                FakeSession.message(id(5), 1, 5, SELF, NOON, "long ago"));
        assertTrue(timeline.lastOwn().isEmpty());
    }

    @Test
    void goesOnAskingWhenSomethingCameLiveAfterTheLastPage() {
        receive(90);
        take(new HistoryAnchor.Around(11), false, event(10), event(11));
        receive(95);
        timeline.take(
                new HistoryMessages(1, List.of(ChatMessage.of(event(90))), 94, false, false),
                new HistoryAnchor.After(11));
        assertTrue(timeline.moreAfterProperty().get());
    }

    @Test
    void replacesWhatMayHaveAHoleByTheNewestPage() {
        receive(1, 2);
        timeline.doubt();
        receive(60);
        take(new HistoryAnchor.Newest(), true, event(50), event(60));
        assertEquals(List.of(50L, 60L), seqs());
    }

    @Test
    void knowsItselfByNameUntilTheServerSaidTheId() {
        Timeline cached = new Timeline(new Self(0, SELF.name()), ZoneId.of("UTC"));
        cached.restore(
                List.of(
                        ChatMessage.of(event(1)),
                        ChatMessage.of(FakeSession.message(id(2), 1, 2, SELF, NOON, "own"))),
                true);
        assertEquals(
                List.of(false, true),
                cached.rows().stream().map(row -> row.author().self()).toList());
        cached.setSelf(new Self(ANA.userId(), ANA.name()));
        assertEquals(
                List.of(true, false),
                cached.rows().stream().map(row -> row.author().self()).toList());
    }

    @Test
    void forgetsTheOldestRowsPastItsLimit() {
        for (long seq = 1; seq <= Timeline.ROWS_MAX; seq++) {
            timeline.receive(event(seq));
        }
        assertEquals(Timeline.ROWS_MAX, timeline.rows().size());
        timeline.receive(event(Timeline.ROWS_MAX + 1));
        assertEquals(Timeline.ROWS_MAX + 1 - Timeline.ROWS_TRIMMED, timeline.rows().size());
        assertTrue(timeline.hasMoreBefore());
    }

    private void change(long seq, Person sender, EventBody body) {
        timeline.receive(changed(seq, sender, body));
    }

    private static RoomEvent changed(long seq, Person sender, EventBody body) {
        return new RoomEvent(1, seq, NOON + seq, sender.userId(), sender.name(), id(seq), body);
    }

    private void take(HistoryAnchor anchor, boolean toEnd, RoomEvent... events) {
        timeline.take(
                new HistoryMessages(
                        1,
                        List.of(events).stream().map(ChatMessage::of).toList(),
                        events[events.length - 1].seq(),
                        true,
                        !toEnd),
                anchor);
    }

    private Quote quote(int index) {
        return timeline.rows().get(index).said().flatMap(Content.Said::quote).orElseThrow();
    }

    private List<Boolean> unreadLines() {
        return timeline.rows().stream().map(row -> row.placement().startsUnread()).toList();
    }

    private RoomEvent mixed(long seq) {
        return FakeSession.message(
                id(seq), 1, seq, seq % 3 == 0 ? SELF : ANA, NOON + seq * 3 * MINUTE, "" + seq);
    }

    /// A page of older messages.
    private void page(long trueAsOf, RoomEvent... events) {
        take(timeline, trueAsOf, List.of(events));
    }

    private static void take(Timeline into, long trueAsOf, List<RoomEvent> events) {
        into.take(
                new HistoryMessages(
                        1, events.stream().map(ChatMessage::of).toList(), trueAsOf, true, false),
                new HistoryAnchor.Before(31));
    }

    private void receive(long... seqs) {
        for (long seq : seqs) {
            timeline.receive(event(seq));
        }
    }

    private static RoomEvent event(long seq) {
        return FakeSession.message(id(seq), 1, seq, ANA, NOON + seq, String.valueOf(seq));
    }

    private void pending(long number, String text) {
        timeline.addPending(
                id(number),
                new EventBody.Message(new MessageText(text), 0, false),
                NOON,
                new Delivery.Waiting());
    }

    private static MessageId id(long number) {
        return new MessageId(new Id128(0, number));
    }

    private List<Long> seqs() {
        return timeline.rows().stream().map(MessageRow::seq).toList();
    }

    private List<String> texts() {
        return timeline.rows().stream().map(MessageRow::text).toList();
    }

    private List<Boolean> groups() {
        return timeline.rows().stream().map(row -> row.placement().startsGroup()).toList();
    }
}
