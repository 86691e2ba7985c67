package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import localchat.core.client.PendingRequests.Refused;
import localchat.core.client.SessionEvent.PostChanged;
import localchat.core.model.ErrorCode;
import localchat.core.model.EventBody;
import localchat.core.model.Id128;
import localchat.core.model.MessageId;
import localchat.core.model.MessageText;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostFlowTest {
    private final Bench bench = new Bench();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private boolean gateOpen = true;
    private boolean putOff;
    private final PostFlow flow =
            new PostFlow(
                    bench.parts,
                    outbox,
                    new PostFlow.Gate() {
                        @Override
                        public boolean isOpen() {
                            return gateOpen;
                        }

                        @Override
                        public boolean isPutOff(long roomId) {
                            return roomId == 3 && putOff;
                        }

                        @Override
                        public Optional<Long> enteredWireId(long roomId) {
                            return roomId == 1 || (roomId == 3 && !putOff)
                                    ? Optional.of(1_000L + roomId)
                                    : Optional.empty();
                        }
                    });

    private void connect(Limits limits) {
        bench.connect();
        flow.onConnected(limits);
        flow.pump();
    }

    private void connect() {
        connect(Limits.getDefaultInstance());
    }

    private void lose() {
        bench.parts.uplink().detach();
        flow.onLost();
    }

    private void post(int... numbers) {
        for (int number : numbers) {
            flow.post(entry(number, "line " + number));
            flow.flush();
        }
    }

    private static Outbox.Entry entry(int number, String text) {
        return new Outbox.Entry(
                FakeServer.id(number), 1, new EventBody.Message(new MessageText(text), 0, false));
    }

    /// Numbers of the posts sent since the last call, each with its flight: `3/2` is post 3 in
    /// flight 2.
    private List<String> takeSent() {
        return bench.takeSent().stream().map(PostFlowTest::name).toList();
    }

    private static String name(ClientFrame frame) {
        return number(frame) + "/" + frame.getPost().getFlight();
    }

    private static int number(ClientFrame frame) {
        return frame.getPost().getClientMsgId().byteAt(0);
    }

    private void refuse(ClientFrame post, ErrorCode code, long retryAfterMillis) {
        flow.onRefused(
                FakeServer.id(number(post)),
                post.getRequestId(),
                new Refused(code, code.name(), code.retryable(), retryAfterMillis, false));
    }

    private void store(int number) {
        flow.onStored(FakeServer.id(number), number, 0);
    }

    private List<String> takeTold() {
        List<String> names =
                bench.told.stream()
                        .filter(PostChanged.class::isInstance)
                        .map(PostChanged.class::cast)
                        .map(change -> change.id().bytes()[0] + " " + change.state())
                        .toList();
        bench.told.clear();
        return names;
    }

    @Test
    void sendsInTheOrderOfTheCallsWithTheServersIdOfTheRoom() {
        connect();
        post(1, 2);
        assertEquals(List.of("1 WAITING", "1 SENT", "2 WAITING", "2 SENT"), takeTold());
        assertEquals(1_001, bench.sent.get(0).getPost().getRoomId());
        assertEquals(List.of("1/1", "2/1"), takeSent());
    }

    @Test
    void waitsForAConnectionAndForTheRooms() {
        post(1);
        gateOpen = false;
        connect();
        assertEquals(List.of(), takeSent());
        gateOpen = true;
        flow.pump();
        assertEquals(List.of("1/1"), takeSent());
    }

    private void postTo(long roomId, int number) {
        Outbox.Entry entry = entry(number, "line " + number);
        flow.post(new Outbox.Entry(entry.id(), roomId, entry.body()));
        flow.flush();
    }

    @Test
    void holdsOnlyThePostsOfARoomThatIsPutOffAndKeepsTheirOrder() {
        putOff = true;
        connect();
        postTo(3, 1);
        postTo(1, 2);
        postTo(3, 3);
        assertEquals(List.of("2/1"), takeSent());
        putOff = false;
        flow.onPutOffEnded();
        postTo(3, 4);
        assertEquals(List.of("1/1", "3/1", "4/1"), takeSent());
    }

    @Test
    void forgetsNoPostOfARoomThatIsPutOffWhenTheConnectionIsLost() {
        putOff = true;
        connect();
        postTo(3, 1);
        postTo(1, 2);
        postTo(3, 3);
        flow.discard(FakeServer.id(3));
        takeSent();
        lose();
        putOff = false;
        connect();
        assertEquals(List.of("2/1", "1/1"), takeSent());
    }

    @Test
    void triesAPostAgainThatTheOutboxDidNotTake() {
        EventBody long4k = new EventBody.Message(new MessageText("x".repeat(4_096)), 0, false);
        int fitting = Outbox.CHARACTERS_MAX / 4_096;
        for (int i = 0; i < fitting; i++) {
            outbox.add(new Outbox.Entry(new MessageId(new Id128(1, i)), 1, long4k));
        }
        flow.post(new Outbox.Entry(FakeServer.id(1), 1, long4k));
        assertEquals(List.of("1 FAILED"), takeTold());
        flow.retry(FakeServer.id(1));
        assertEquals(List.of("1 FAILED"), takeTold());
        outbox.remove(new MessageId(new Id128(1, 0)));
        flow.retry(FakeServer.id(1));
        flow.flush();
        assertEquals(List.of("1 WAITING"), takeTold());
        flow.retry(FakeServer.id(1));
        assertEquals(List.of(), takeTold());
    }

    @Test
    void beginsWithWhatTheOutboxHasFromBefore() {
        outbox.add(entry(1, "from yesterday"));
        PostFlow later =
                new PostFlow(
                        bench.connect().parts,
                        outbox,
                        new PostFlow.Gate() {
                            @Override
                            public boolean isOpen() {
                                return true;
                            }

                            @Override
                            public boolean isPutOff(long roomId) {
                                return false;
                            }

                            @Override
                            public Optional<Long> enteredWireId(long roomId) {
                                return Optional.of(roomId);
                            }
                        });
        later.pump();
        assertEquals(List.of("1/1"), takeSent());
    }

    @Test
    void sendsAgainFromTheFirstRefusedPostInTheNextFlight() {
        connect();
        post(1, 2, 3, 4);
        List<ClientFrame> sent = bench.takeSent();
        store(1);
        takeTold();
        refuse(sent.get(1), ErrorCode.BUSY, 0);
        assertEquals(List.of("2 WAITING", "3 WAITING", "4 WAITING"), takeTold());
        refuse(sent.get(2), ErrorCode.FLIGHT_REFUSED, 0);
        refuse(sent.get(3), ErrorCode.FLIGHT_REFUSED, 0);
        assertEquals(List.of(), takeTold());
        post(5);
        assertEquals(List.of(), takeSent());
        bench.advance(Duration.ofMillis(100));
        assertEquals(List.of("2/2", "3/2", "4/2", "5/2"), takeSent());
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        connect();
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.BUSY, 5_000);
        bench.advance(Duration.ofMillis(4_999));
        assertEquals(List.of(), takeSent());
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of("1/2"), takeSent());
    }

    /// The worked example of PROTOCOL.md, section 8.
    @Test
    void waitsForTheAnswersToEarlierPosts() {
        connect();
        post(1, 2, 3, 4);
        List<ClientFrame> sent = bench.takeSent();
        store(1);
        refuse(sent.get(2), ErrorCode.RATE_LIMITED, 40);
        refuse(sent.get(3), ErrorCode.FLIGHT_REFUSED, 0);
        bench.advance(Duration.ofMillis(200));
        assertEquals(List.of(), takeSent());
        post(5);
        store(2);
        assertEquals(List.of("3/2", "4/2", "5/2"), takeSent());
    }

    @Test
    void putsAnEarlierPostThatIsRefusedTooInFront() {
        connect();
        post(1, 2, 3);
        List<ClientFrame> sent = bench.takeSent();
        refuse(sent.get(2), ErrorCode.BUSY, 0);
        refuse(sent.get(0), ErrorCode.STORAGE_FAILED, 0);
        bench.advance(Duration.ofSeconds(1));
        assertEquals(List.of("1/2", "2/2", "3/2"), takeSent());
    }

    @Test
    void ignoresTheRefusalOfAnEarlierSending() {
        connect();
        post(1, 2);
        List<ClientFrame> sent = bench.takeSent();
        refuse(sent.get(0), ErrorCode.BUSY, 0);
        bench.advance(Duration.ofMillis(100));
        assertEquals(List.of("1/2", "2/2"), takeSent());
        takeTold();
        refuse(sent.get(1), ErrorCode.FLIGHT_REFUSED, 0);
        assertEquals(List.of(), takeTold());
        store(1);
        bench.advance(Duration.ofSeconds(60));
        assertEquals(List.of(), takeSent());
    }

    @Test
    void takesARefusalThatNamesNoRequestForOneOfTheLatestSending() {
        connect();
        post(1);
        takeSent();
        flow.onRefused(FakeServer.id(1), 0, new Refused(ErrorCode.BUSY, "", true, 0, false));
        bench.advance(Duration.ofMillis(100));
        assertEquals(List.of("1/2"), takeSent());
    }

    @Test
    void beginsEachConnectionWithTheFirstFlight() {
        connect();
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.BUSY, 60_000);
        lose();
        connect();
        assertEquals(List.of("1/1"), takeSent());
    }

    @Test
    void slowsDownWhenThePersonsAllowanceIsUsedUpElsewhere() {
        connect(Limits.newBuilder().setPostsPerSecond(10).setPostsBurst(100).build());
        post(1, 2, 3);
        refuse(bench.takeSent().get(0), ErrorCode.RATE_LIMITED, 150);
        bench.advance(Duration.ofMillis(150));
        assertEquals(List.of("1/2"), takeSent());
        bench.advance(Duration.ofMillis(110));
        assertEquals(List.of("2/2"), takeSent());
    }

    @Test
    void growsItsPauseWithEachRefusalInARow() {
        connect();
        post(1);
        long before = 0;
        for (int i = 0; i < 6; i++) {
            refuse(bench.takeSent().get(0), ErrorCode.BUSY, 0);
            long pause = 0;
            while (bench.sent.isEmpty()) {
                bench.advance(Duration.ofMillis(10));
                pause += 10;
            }
            assertTrue(pause > before, "longer each time");
            before = pause;
        }
        assertTrue(before <= 10_000, "but at most ten seconds");
    }

    @Test
    void tellsAPersonThatTheServersDiskIsFull() {
        connect();
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.STORAGE_FULL, 0);
        assertTrue(
                bench.told.contains(
                        new SessionEvent.ErrorReported(ErrorCode.STORAGE_FULL, "STORAGE_FULL")));
    }

    @Test
    void failsWhatIsRefusedForGoodAndGoesOn() {
        connect();
        post(1, 2);
        takeTold();
        refuse(bench.takeSent().get(0), ErrorCode.TEXT_TOO_LONG, 0);
        assertEquals(List.of("1 FAILED"), takeTold());
        post(3);
        assertEquals(List.of("3/1"), takeSent());
        assertEquals(3, outbox.kept().size());
        assertEquals(
                ErrorCode.TEXT_TOO_LONG,
                outbox.find(FakeServer.id(1)).orElseThrow().refusal().orElseThrow().code());
    }

    @Test
    void postsAFailedOneAgainBehindTheOthers() {
        connect(Limits.newBuilder().setPostsInFlightMax(1).build());
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.TEXT_TOO_LONG, 0);
        post(2, 3);
        bench.told.clear();
        flow.retry(FakeServer.id(1));
        flow.retry(FakeServer.id(1));
        flow.flush();
        store(2);
        store(3);
        assertEquals(List.of("1 WAITING", "2 STORED", "3 SENT", "3 STORED", "1 SENT"), takeTold());
        assertEquals(List.of("2/1", "3/1", "1/1"), takeSent());
        store(1);
        assertEquals(List.of(), outbox.kept());
    }

    @Test
    void postsAFailedOneAgainWhenItIsFedAgain() {
        connect();
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.TEXT_TOO_LONG, 0);
        post(1);
        assertEquals(List.of("1/1"), takeSent());
    }

    @Test
    void saysThatItCannotTryAgainWhatIsNotKept() {
        flow.retry(FakeServer.id(1));
        assertEquals(
                ErrorCode.NOT_FOUND,
                assertInstanceOf(SessionEvent.ErrorReported.class, bench.told.get(0)).code());
    }

    @Test
    void doesNotTryAgainWhatHasNotFailed() {
        connect();
        post(1);
        flow.retry(FakeServer.id(1));
        flow.flush();
        assertEquals(List.of("1/1"), takeSent());
    }

    @Test
    void discardsAFailedOne() {
        connect();
        post(1);
        refuse(bench.takeSent().get(0), ErrorCode.TEXT_TOO_LONG, 0);
        flow.discard(FakeServer.id(1));
        assertEquals(List.of(), outbox.kept());
    }

    @Test
    void tellsAndSendsNothingBeforeItIsKept() {
        connect();
        flow.post(entry(1, "x"));
        flow.post(entry(2, "y"));
        flow.pump();
        assertEquals(List.of(), takeTold());
        assertEquals(List.of(), takeSent());
        flow.flush();
        assertEquals(List.of("1 WAITING", "2 WAITING", "1 SENT", "2 SENT"), takeTold());
    }

    @Test
    void keepsBackWhatIsForAnotherServer() {
        post(1);
        flow.post(entry(2, "not yet kept"));
        takeTold();
        flow.onOtherServer();
        assertEquals(List.of("2 WAITING", "1 FAILED", "2 FAILED"), takeTold());
        connect();
        assertEquals(List.of(), takeSent());
    }

    @Test
    void sendsUnacknowledgedPostsAgainBeforeNewerOnesAfterALoss() {
        connect();
        post(1, 2, 3);
        takeSent();
        store(2);
        lose();
        post(4);
        connect();
        assertEquals(List.of("1/1", "3/1", "4/1"), takeSent());
    }

    @Test
    void takesAnAcknowledgementWhileAPostWaitsToBeSentAgain() {
        connect();
        post(1, 2);
        takeSent();
        lose();
        takeTold();
        store(1);
        store(1);
        assertEquals(List.of("1 STORED"), takeTold());
        connect();
        assertEquals(List.of("2/1"), takeSent());
        assertEquals(1, outbox.kept().size());
    }

    @Test
    void postsTheSameIdOnce() {
        connect();
        post(1, 1);
        assertEquals(List.of("1/1"), takeSent());
        bench.told.clear();
        flow.post(entry(1, "another text"));
        assertEquals(
                ErrorCode.CONFLICT,
                assertInstanceOf(SessionEvent.ErrorReported.class, bench.told.get(0)).code());
        assertEquals(List.of(), takeSent());
    }

    @Test
    void discardsWhatWaitsButNotWhatIsOnItsWay() {
        post(1);
        flow.discard(FakeServer.id(1));
        connect();
        assertEquals(List.of(), takeSent());
        post(2);
        flow.discard(FakeServer.id(2));
        takeTold();
        store(2);
        assertEquals(List.of("2 STORED"), takeTold());
    }

    @Test
    void failsAPostToARoomThatIsNotEntered() {
        connect();
        flow.post(
                new Outbox.Entry(
                        FakeServer.id(1),
                        2,
                        new EventBody.Message(new MessageText("x"), 0, false)));
        flow.flush();
        assertEquals(List.of("1 WAITING", "1 FAILED"), takeTold());
    }

    @Test
    void failsAPostThatTheOutboxHasNoRoomFor() {
        MessageText text = new MessageText("x");
        for (int i = 0; i < Outbox.POSTS_MAX; i++) {
            outbox.add(
                    new Outbox.Entry(
                            MessageId.random(new Random(i)),
                            1,
                            new EventBody.Message(text, 0, false)));
        }
        post(1);
        PostChanged failed = assertInstanceOf(PostChanged.class, bench.told.get(0));
        assertEquals(PostState.FAILED, failed.state());
        assertEquals(ErrorCode.BUSY, failed.refusal().orElseThrow().code());
    }

    @Test
    void keepsToTheServersPace() {
        connect(Limits.newBuilder().setPostsPerSecond(10).setPostsBurst(4).build());
        post(1, 2, 3, 4, 5);
        assertEquals(List.of("1/1", "2/1", "3/1"), takeSent());
        bench.advance(Duration.ofMillis(100));
        assertEquals(List.of(), takeSent());
        bench.advance(Duration.ofMillis(10));
        assertEquals(List.of("4/1"), takeSent());
        bench.advance(Duration.ofMillis(110));
        assertEquals(List.of("5/1"), takeSent());
    }

    @Test
    void keepsToTheServersWindow() {
        connect(Limits.newBuilder().setPostsInFlightMax(2).build());
        post(1, 2, 3);
        assertEquals(List.of("1/1", "2/1"), takeSent());
        store(1);
        assertEquals(List.of("3/1"), takeSent());
    }

    /// A server that refuses, loses and stores at random never sees a post overtake another.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void storesEachOnceAndInOrderWhateverHappens(long seed) {
        Random random = new Random(seed);
        ReferenceServer server = new ReferenceServer();
        connect();
        int posted = 0;
        while (server.stored.size() < 100) {
            if (posted < 100 && random.nextInt(3) == 0) {
                posted++;
                post(posted);
            }
            server.receive(bench.takeSent());
            switch (random.nextInt(12)) {
                case 0 -> {
                    lose();
                    server.restart();
                    connect();
                }
                case 1, 2 -> server.refuseNext(random);
                default -> server.storeNext();
            }
            server.answer(random);
            bench.advance(Duration.ofMillis(random.nextInt(300)));
        }
        assertEquals(IntStream.rangeClosed(1, 100).boxed().toList(), server.stored);
    }

    /// Flights, duplicates and refusals by the rules of PROTOCOL.md, section 8.
    private final class ReferenceServer {
        final List<Integer> stored = new ArrayList<>();
        private final List<ClientFrame> deciding = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();
        private int brokenFlight;

        void receive(List<ClientFrame> posts) {
            deciding.addAll(posts);
        }

        void storeNext() {
            if (deciding.isEmpty()) {
                return;
            }
            ClientFrame post = deciding.removeFirst();
            if (post.getPost().getFlight() <= brokenFlight) {
                answers.add(() -> refuse(post, ErrorCode.FLIGHT_REFUSED, 0));
                return;
            }
            if (!stored.contains(number(post))) {
                stored.add(number(post));
            }
            answers.add(() -> store(number(post)));
        }

        /// Refuses one that need not be the first: those before it are still being decided.
        void refuseNext(Random random) {
            if (deciding.isEmpty()) {
                return;
            }
            ClientFrame post = deciding.remove(random.nextInt(deciding.size()));
            int flight = post.getPost().getFlight();
            List<ClientFrame> earlier =
                    deciding.stream()
                            .filter(other -> other.getRequestId() < post.getRequestId())
                            .toList();
            deciding.removeAll(earlier);
            // Those before it are decided by themselves: stored, unless their flight was broken
            // before.
            for (ClientFrame other : earlier) {
                deciding.addFirst(other);
                storeNext();
            }
            brokenFlight = Math.max(brokenFlight, flight);
            answers.add(() -> refuse(post, ErrorCode.BUSY, random.nextInt(200)));
        }

        void answer(Random random) {
            while (!answers.isEmpty() && random.nextInt(3) > 0) {
                answers.remove(random.nextInt(Math.min(answers.size(), 2))).run();
            }
        }

        void restart() {
            deciding.clear();
            answers.clear();
            brokenFlight = 0;
        }
    }
}
