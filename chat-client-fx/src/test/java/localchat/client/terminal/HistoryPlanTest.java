package localchat.client.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import localchat.core.client.HistoryAnchor;
import localchat.core.client.HistoryMessages;
import localchat.core.model.ChatMessage;
import org.junit.jupiter.api.Test;

class HistoryPlanTest {
    @Test
    void asksForNothingWhenNothingIsWanted() {
        HistoryPlan plan = new HistoryPlan(0, 0, 50);
        assertEquals(Optional.empty(), plan.next());
        assertEquals(50, plan.printedTo());
    }

    @Test
    void asksForNothingInARoomWithoutMessages() {
        HistoryPlan plan = new HistoryPlan(10, 0, 0);
        assertEquals(Optional.empty(), plan.next());
        assertEquals(0, plan.printedTo());
    }

    @Test
    void asksOnceWhenOnePageIsEnough() {
        HistoryPlan plan = new HistoryPlan(3, 0, 10);
        Server server = new Server(seqs(1, 10), 500);
        assertEquals(seqs(8, 10), server.feed(plan));
        assertEquals(1, server.pages);
    }

    @Test
    void bringsTheNewestMessagesInOrderHoweverSmallThePagesAre() {
        for (int page = 1; page <= 12; page++) {
            for (int wanted = 0; wanted <= 14; wanted++) {
                HistoryPlan plan = new HistoryPlan(wanted, 0, 12);
                List<Long> expected = wanted == 0 ? List.of() : seqs(Math.max(1, 13 - wanted), 12);
                assertEquals(
                        expected, new Server(seqs(1, 12), page).feed(plan), wanted + " by " + page);
                assertEquals(12, plan.printedTo());
            }
        }
    }

    @Test
    void countsMessagesAndNotTheOtherEventsAmongThem() {
        List<Long> messages = List.of(2L, 3L, 7L, 20L, 21L, 30L);
        HistoryPlan plan = new HistoryPlan(4, 0, 40);
        Server server = new Server(messages, 2);
        server.head = 40;
        assertEquals(List.of(7L, 20L, 21L, 30L), server.feed(plan));
        assertEquals(40, plan.printedTo());
    }

    @Test
    void endsAtTheNewestEventWithoutAskingForMessagesBehindTheLast() {
        HistoryPlan plan = new HistoryPlan(100, 0, 40);
        Server server = new Server(List.of(2L, 30L), 500);
        server.head = 40;
        assertEquals(List.of(2L, 30L), server.feed(plan));
        assertEquals(1, server.pages);
        assertEquals(40, plan.printedTo());
    }

    @Test
    void bringsNothingThatIsKnownAlready() {
        for (int page = 1; page <= 12; page++) {
            for (int wanted = 1; wanted <= 14; wanted++) {
                HistoryPlan plan = new HistoryPlan(wanted, 5, 12);
                long first = Math.max(6, 13 - wanted);
                assertEquals(seqs(first, 12), new Server(seqs(1, 12), page).feed(plan));
                assertEquals(first - 6, plan.skipped(), wanted + " by " + page);
            }
        }
    }

    @Test
    void bringsNothingThatIsKnownAlreadyWhenAPageReachesBehindIt() {
        for (int page = 1; page <= 5; page++) {
            HistoryPlan plan = new HistoryPlan(4, 5, 12);
            Server server = new Server(List.of(2L, 3L, 6L, 9L), page);
            server.head = 12;
            assertEquals(List.of(6L, 9L), server.feed(plan));
            assertEquals(0, plan.skipped());
        }
    }

    @Test
    void bringsAllOfWhatWasMissedWhenAllIsWanted() {
        HistoryPlan plan = new HistoryPlan(Long.MAX_VALUE, 5, 1_000);
        assertEquals(seqs(6, 1_000), new Server(seqs(1, 1_000), 100).feed(plan));
        assertEquals(0, plan.skipped());
    }

    @Test
    void isStuckWhenThePageKnowsLessThanWasTold() {
        HistoryPlan plan = new HistoryPlan(2, 0, 10);
        assertEquals(Optional.of(before(11, 2)), plan.next());
        assertEquals(List.of(3L, 4L), accept(plan, List.of(3L, 4L), 4));
        assertEquals(4, plan.printedTo());
        assertEquals(Optional.of(after(4)), plan.next());
        assertEquals(List.of(), accept(plan, List.of(), 4));
        assertTrue(plan.isStuck());
        plan.giveUp();
        assertEquals(Optional.empty(), plan.next());
        assertEquals(10, plan.printedTo());
    }

    private static HistoryPlan.Request before(long seq, int limit) {
        return new HistoryPlan.Request(new HistoryAnchor.Before(seq), limit);
    }

    @Test
    void joinsWhatArrivesMeanwhileWithoutAGapOrADouble() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            int size = random.nextInt(40);
            int wanted = 1 + random.nextInt(50);
            Server server = new Server(new ArrayList<>(seqs(1, size)), 1 + random.nextInt(8));
            HistoryPlan plan = new HistoryPlan(wanted, 0, size);
            server.growing = Optional.of(random);
            List<Long> out = server.feed(plan);
            long first = Math.max(1, size + 1 - wanted);
            assertEquals(seqs(first, plan.printedTo()), out, "seed " + seed);
            assertTrue(plan.printedTo() >= server.noted, "seed " + seed);
        }
    }

    @Test
    void readsOnWhenAMessageArrivesWhileAnEmptyPageIsOnItsWay() {
        HistoryPlan plan = new HistoryPlan(100, 0, 11);
        assertEquals(Optional.of(after(0)), plan.next());
        assertEquals(seqs(1, 10), accept(plan, seqs(1, 10), 0));
        assertEquals(Optional.of(after(10)), plan.next());
        plan.noteLive(12);
        assertEquals(List.of(), accept(plan, List.of(), 11));
        assertEquals(Optional.of(after(11)), plan.next());
        assertEquals(List.of(12L), accept(plan, List.of(12L), 12));
        assertEquals(Optional.empty(), plan.next());
    }

    private static HistoryPlan.Request after(long seq) {
        return new HistoryPlan.Request(new HistoryAnchor.After(seq), HistoryPlan.PAGE_MESSAGES);
    }

    private static List<Long> accept(HistoryPlan plan, List<Long> page, long trueAsOf) {
        return plan.accept(page(page, trueAsOf, false, false)).stream()
                .map(ChatMessage::seq)
                .toList();
    }

    private static HistoryMessages page(
            List<Long> seqs, long trueAsOf, boolean moreBefore, boolean moreAfter) {
        List<ChatMessage> messages =
                seqs.stream().map(FakeSession::message).map(ChatMessage::of).toList();
        return new HistoryMessages(FakeSession.ROOM_ID, messages, trueAsOf, moreBefore, moreAfter);
    }

    private static List<Long> seqs(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /// Answers pages from a list of messages.
    private static final class Server {
        private final List<Long> messages;
        private final int pageMax;
        private Optional<Random> growing = Optional.empty();
        private long head;
        private int pages;
        private long noted;

        Server(List<Long> messages, int pageMax) {
            this.messages = messages;
            this.pageMax = pageMax;
        }

        List<Long> feed(HistoryPlan plan) {
            List<Long> out = new ArrayList<>();
            for (Optional<HistoryPlan.Request> request = plan.next();
                    request.isPresent();
                    request = plan.next()) {
                HistoryMessages page = answer(request.get());
                assertTrue(++pages < 200, "comes to an end");
                grow(plan);
                plan.accept(page).forEach(message -> out.add(message.seq()));
            }
            return out;
        }

        /// New messages arrive after the page was made and before it is read.
        private void grow(HistoryPlan plan) {
            if (growing.isPresent() && pages < 20 && growing.get().nextBoolean()) {
                noted = messages.isEmpty() ? 1 : messages.getLast() + 1;
                messages.add(noted);
                plan.noteLive(noted);
            }
        }

        private HistoryMessages answer(HistoryPlan.Request request) {
            int limit = Math.min(request.limit(), pageMax);
            List<Long> found =
                    switch (request.anchor()) {
                        case HistoryAnchor.Before(long seq) -> {
                            List<Long> older = messages.stream().filter(m -> m < seq).toList();
                            yield older.subList(Math.max(0, older.size() - limit), older.size());
                        }
                        case HistoryAnchor.After(long seq) ->
                                messages.stream().filter(m -> m > seq).limit(limit).toList();
                        case HistoryAnchor.Newest(),
                                HistoryAnchor.Around _,
                                HistoryAnchor.FromTime _ ->
                                throw new AssertionError();
                    };
            boolean moreBefore = !found.isEmpty() && !found.getFirst().equals(messages.getFirst());
            boolean moreAfter = !found.isEmpty() && !found.getLast().equals(messages.getLast());
            return page(found, newest(), moreBefore, moreAfter);
        }

        private long newest() {
            return Math.max(head, messages.isEmpty() ? 0 : messages.getLast());
        }
    }
}
