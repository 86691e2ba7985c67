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
import java.util.Random;
import java.util.stream.LongStream;
import javafx.collections.ListChangeListener;
import localchat.client.fx.FakeSession;
import localchat.client.fx.chat.MessageRow.Placement;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.Person;
import localchat.core.model.RoomEvent;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final long NOON = Instant.parse("2026-11-20T15:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final Person ANA = FakeSession.person(2, "Ana");

    private final Timeline timeline = new Timeline(SELF.userId(), ZoneId.of("America/Sao_Paulo"));

    @Test
    void ordersBySeqWhateverTheOrderOfArrival() {
        receive(3, 1, 2, 5, 4);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs());
    }

    @Test
    void showsEachMessageOnce() {
        receive(1, 2, 2, 1, 3);
        timeline.receiveAll(List.of(event(2), event(3), event(4)));
        assertEquals(List.of(1L, 2L, 3L, 4L), seqs());
    }

    @Test
    void putsAnOlderPageBeforeWhatIsThere() {
        receive(4, 5);
        timeline.receiveAll(List.of(event(1), event(2), event(3)));
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
        timeline.addPending(pending(101, "first"));
        timeline.addPending(pending(102, "second"));
        receive(1, 2);
        assertEquals(List.of("1", "2", "first", "second"), texts());
    }

    @Test
    void turnsAWaitingMessageIntoTheStoredOneInPlace() {
        receive(1);
        timeline.addPending(pending(101, "mine"));
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
        timeline.addPending(pending(101, "mine"));
        timeline.changed(id(101), new Delivery.Stored(1), NOON + 5);
        assertEquals(NOON + 5, timeline.rows().getFirst().timeMillis());
        timeline.receive(FakeSession.message(id(101), 1, 1, SELF, NOON + 5, "mine"));
        assertEquals(List.of("mine"), texts());
    }

    @Test
    void dropsTheWaitingOneWhenHistoryAlreadyShowsIt() {
        timeline.addPending(pending(101, "mine"));
        timeline.receiveAll(
                List.of(event(1), FakeSession.message(id(101), 1, 2, SELF, NOON, "mine")));
        timeline.changed(id(101), new Delivery.Stored(2), NOON);
        assertEquals(List.of("1", "mine"), texts());
    }

    @Test
    void movesAStoredMessageBeforeThoseStillWaiting() {
        timeline.addPending(pending(101, "first"));
        timeline.addPending(pending(102, "second"));
        timeline.changed(id(101), new Delivery.Failed(ErrorCode.MUTED, ""), 0);
        timeline.receive(FakeSession.message(id(102), 1, 1, SELF, NOON, "second"));
        assertEquals(List.of("second", "first"), texts());
    }

    @Test
    void forgetsWhatCameFromTheServerAndKeepsWhatWaits() {
        receive(1, 2);
        timeline.addPending(pending(101, "mine"));
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
        assertEquals(new Placement(true, true), timeline.rows().getLast().placement());
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
            Timeline straight = new Timeline(SELF.userId(), ZoneId.of("UTC"));
            events.forEach(straight::receive);
            Timeline shuffled = new Timeline(SELF.userId(), ZoneId.of("UTC"));
            List<RoomEvent> page = events.subList(5, 15);
            Collections.shuffle(events.subList(15, 30), random);
            for (int i = 15; i < 30; i++) {
                if (i == 15 + random.nextInt(10)) {
                    shuffled.receiveAll(page);
                }
                shuffled.receive(events.get(i));
            }
            shuffled.receiveAll(page);
            shuffled.receiveAll(events.subList(0, 7));
            assertEquals(straight.rows(), shuffled.rows(), "seed " + seed);
        }
    }

    private RoomEvent mixed(long seq) {
        return FakeSession.message(
                id(seq), 1, seq, seq % 3 == 0 ? SELF : ANA, NOON + seq * 3 * MINUTE, "" + seq);
    }

    private void receive(long... seqs) {
        for (long seq : seqs) {
            timeline.receive(event(seq));
        }
    }

    private static RoomEvent event(long seq) {
        return FakeSession.message(id(seq), 1, seq, ANA, NOON + seq, String.valueOf(seq));
    }

    private static MessageRow pending(long number, String text) {
        Author author = new Author(SELF.userId(), SELF.name().value(), true);
        Placement alone = new Placement(true, true);
        return new MessageRow(id(number), author, text, false, NOON, new Delivery.Waiting(), alone);
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
