package localchat.server.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.model.TombstoneCause;
import localchat.server.oracle.StoreContent.Stored;
import localchat.server.oracle.Violation.Rule;
import org.junit.jupiter.api.Test;

/// For each rule a breach that must be found, and the nearest thing that is none.
final class OracleTest {
    private static final Id128 EPOCH = new Id128(7, 7);
    private static final MessageId A = id(1);
    private static final MessageId B = id(2);
    private static final long HELLO = hash("hello");
    private static final long TEA = hash("tea?");

    private final Journal ana = new Journal("ana");
    private final Journal bo = new Journal("bo");
    private final StoreContent store = new StoreContent(EPOCH);

    private static MessageId id(long low) {
        return new MessageId(new Id128(0, low));
    }

    private static long hash(String text) {
        return BodyHash.of(new EventBody.Message(new MessageText(text), 0, false));
    }

    private void stored(long roomId, long seq, MessageId id, long hash) {
        store.add(roomId, new Stored(seq, id, hash));
    }

    private Set<Rule> broken() {
        return Oracle.judge(List.of(ana, bo), store).stream()
                .map(Violation::rule)
                .collect(Collectors.toSet());
    }

    @Test
    void findsAcknowledgedPostThatIsNotStored() {
        ana.sent(A, 1, HELLO);
        ana.acknowledged(A, 1, 1);
        assertEquals(Set.of(Rule.V1, Rule.V6), broken());
    }

    @Test
    void findsAcknowledgedPostThatIsStoredElsewhere() {
        ana.sent(A, 1, HELLO);
        ana.acknowledged(A, 1, 2);
        stored(1, 1, A, HELLO);
        stored(1, 2, B, TEA);
        assertEquals(Set.of(Rule.V1), broken());
    }

    @Test
    void allowsPostAcknowledgedTwiceAndStoredOnce() {
        ana.sent(A, 1, HELLO);
        ana.acknowledged(A, 1, 1);
        ana.acknowledged(A, 1, 1);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsIdThatIsStoredTwice() {
        stored(1, 1, A, HELLO);
        stored(2, 1, A, HELLO);
        assertEquals(Set.of(Rule.V2), broken());
    }

    @Test
    void allowsSameTextUnderTwoIds() {
        stored(1, 1, A, HELLO);
        stored(1, 2, B, HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsHoleInTheStore() {
        stored(1, 1, A, HELLO);
        stored(1, 3, B, TEA);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void findsRoomThatDoesNotBeginWithOne() {
        stored(1, 2, A, HELLO);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void findsAnotherEventUnderTheSameSeq() {
        bo.received(1, 1, B, HELLO);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void findsAnotherBodyUnderTheSameSeq() {
        bo.received(1, 1, A, TEA);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void allowsTombstoneWhereTextWas() {
        ana.sent(A, 1, HELLO);
        bo.received(1, 1, A, HELLO);
        stored(1, 1, A, BodyHash.of(new EventBody.Tombstone(TombstoneCause.EXPIRED, 0)));
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsTombstoneOfAnotherId() {
        bo.received(1, 1, B, BodyHash.TOMBSTONE);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void findsPostsThatStandInAnotherOrderThanTheyWereSent() {
        ana.sent(A, 1, HELLO);
        ana.sent(B, 1, TEA);
        stored(1, 1, B, TEA);
        stored(1, 2, A, HELLO);
        assertEquals(Set.of(Rule.V4), broken());
    }

    @Test
    void allowsDependentPostBehindWhatWasSentAfterIt() {
        ana.sentDependent(A, 1, HELLO);
        ana.sent(B, 1, TEA);
        stored(1, 1, B, TEA);
        stored(1, 2, A, HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void allowsAnyOrderBetweenRoomsAndBetweenSenders() {
        ana.sent(A, 1, HELLO);
        ana.sent(B, 2, TEA);
        bo.sent(id(3), 2, HELLO);
        ana.sent(id(4), 2, HELLO);
        stored(1, 1, id(9), TEA);
        stored(1, 2, A, HELLO);
        stored(2, 1, B, TEA);
        stored(2, 2, id(4), HELLO);
        stored(2, 3, id(3), HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void countsTheFirstSendingOfAPostSentAgain() {
        ana.sent(A, 1, HELLO);
        ana.sent(B, 1, TEA);
        ana.sent(A, 1, HELLO);
        stored(1, 1, A, HELLO);
        stored(1, 2, B, TEA);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsUnacknowledgedPostThatIsStoredTwice() {
        ana.sent(A, 1, HELLO);
        stored(1, 1, A, HELLO);
        stored(1, 2, A, HELLO);
        assertEquals(Set.of(Rule.V2, Rule.V5), broken());
    }

    @Test
    void findsPostThatIsStoredWithAnotherBodyThanWasSent() {
        ana.sent(A, 1, HELLO);
        stored(1, 1, A, TEA);
        assertEquals(Set.of(Rule.V5), broken());
    }

    @Test
    void findsPostThatIsStoredInAnotherRoomThanItWasSentTo() {
        ana.sent(A, 1, HELLO);
        stored(2, 1, A, HELLO);
        assertEquals(Set.of(Rule.V5), broken());
    }

    @Test
    void allowsUnacknowledgedPostThatIsStoredOnceOrNotAtAll() {
        ana.sent(A, 1, HELLO);
        ana.sent(B, 1, TEA);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsReceivedEventThatIsNotStored() {
        bo.received(1, 2, B, TEA);
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(Rule.V6), broken());
    }

    @Test
    void allowsStoredEventThatNobodyReceived() {
        stored(1, 1, A, HELLO);
        assertEquals(Set.of(), broken());
    }

    @Test
    void holdsNothingFromAnEarlierEpochAgainstTheStore() {
        ana.epoch(new Id128(6, 6));
        ana.sent(A, 1, HELLO);
        ana.acknowledged(A, 1, 1);
        ana.received(1, 1, A, HELLO);
        ana.epoch(EPOCH);
        ana.received(1, 1, B, TEA);
        stored(1, 1, B, TEA);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsClientsThatDifferInAnEarlierEpoch() {
        ana.epoch(new Id128(6, 6));
        ana.received(1, 1, A, HELLO);
        bo.epoch(new Id128(6, 6));
        bo.received(1, 1, A, TEA);
        assertEquals(Set.of(Rule.V3), broken());
    }

    @Test
    void allowsClientsThatDifferInDifferentEpochs() {
        ana.epoch(new Id128(6, 6));
        ana.received(1, 1, A, HELLO);
        bo.epoch(new Id128(5, 5));
        bo.received(1, 1, B, TEA);
        assertEquals(Set.of(), broken());
    }

    @Test
    void findsWhatAClientHasNotReceived() {
        ana.received(1, 1, A, HELLO);
        stored(1, 1, A, HELLO);
        stored(1, 2, B, TEA);
        assertEquals(1, Oracle.judgeComplete(ana, store, 1, 1).size());
        assertEquals(2, Oracle.judgeComplete(bo, store, 1, 1).size());
        assertEquals(List.of(), Oracle.judgeComplete(bo, store, 2, 1));
    }

    @Test
    void asksOfAClientNothingBelowWhereItBegan() {
        ana.received(1, 2, B, TEA);
        stored(1, 1, A, HELLO);
        stored(1, 2, B, TEA);
        assertEquals(List.of(), Oracle.judgeComplete(ana, store, 1, 2));
    }

    @Test
    void countsAsMissingWhatWasReceivedInAnEarlierEpochAlone() {
        ana.epoch(new Id128(6, 6));
        ana.received(1, 1, A, HELLO);
        stored(1, 1, A, HELLO);
        assertEquals(1, Oracle.judgeComplete(ana, store, 1, 1).size());
    }

    @Test
    void namesTheRuleAndTheEvidence() {
        ana.sent(A, 1, HELLO);
        ana.acknowledged(A, 1, 1);
        AssertionError failure =
                assertThrows(
                        AssertionError.class, () -> Oracle.assertKept(List.of(ana, bo), store));
        String text = String.valueOf(failure.getMessage());
        assertTrue(
                Stream.of("V1", "ana", A.toString(), "room 1 seq 1").allMatch(text::contains),
                text);
    }
}
