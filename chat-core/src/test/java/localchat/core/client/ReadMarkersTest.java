package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import localchat.core.client.SessionEvent.ReadMarkerMoved;
import localchat.core.model.Availability;
import localchat.core.model.ErrorCode;
import localchat.core.model.Id128;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.ServerAddress;
import localchat.core.model.UserName;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.ReadMarker;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadMarkersTest {
    private static final Admission.History HISTORY =
            new Admission.History(new Id128(1, 1), new Id128(2, 2));

    private final Bench bench = new Bench();
    private final Dialogue dialogue =
            new Dialogue(
                    bench.parts, new ServerAddress("127.0.0.1", 1), java.util.Optional.empty());
    private final ReadMarkers markers = dialogue.markers();

    @BeforeEach
    void enterARoomOfTwentyEvents() throws Exception {
        connect();
        dialogue.rooms()
                .onEntered(
                        RoomEntered.newBuilder()
                                .setRoom(FakeServer.room(1, "general", 20))
                                .setNextSeq(21)
                                .setOutcome(ResumeOutcome.ENTERED_LIVE)
                                .build());
        bench.takeSent();
        bench.told.clear();
    }

    private void connect() throws Exception {
        Person self = new Person(7, new UserName("Ana"), Role.MEMBER, Availability.ONLINE);
        bench.connect();
        dialogue.onConnected(
                new Admission(
                        HISTORY,
                        self,
                        "fake",
                        0,
                        Limits.getDefaultInstance(),
                        List.of(),
                        List.of()));
    }

    private List<Long> takeMarked() {
        return bench.takeSent().stream()
                .filter(ClientFrame::hasMarkRead)
                .map(frame -> frame.getMarkRead().getSeq())
                .toList();
    }

    private void answer(ClientFrame request, long seq) throws Exception {
        dialogue.onFrame(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setReadMarker(marker(seq))
                        .build());
    }

    private static ReadMarker.Builder marker(long seq) {
        return ReadMarker.newBuilder().setRoomId(1).setSeq(seq).setUnread(3).setMentions(1);
    }

    private void hear(long seq) throws Exception {
        dialogue.onFrame(ServerFrame.newBuilder().setReadMarker(marker(seq)).build());
    }

    @Test
    void goesOutAtOnceAndThenOnceASecondWithTheLastOne() {
        markers.markRead(1, 2);
        assertEquals(List.of(2L), takeMarked());
        markers.markRead(1, 4);
        markers.markRead(1, 3);
        markers.markRead(1, 5);
        bench.advance(Duration.ofMillis(999));
        assertEquals(List.of(), takeMarked());
        bench.advance(Duration.ofMillis(1));
        assertEquals(List.of(5L), takeMarked());
        bench.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), takeMarked());
        markers.markRead(1, 6);
        assertEquals(List.of(6L), takeMarked());
    }

    @Test
    void goesForwardOnly() throws Exception {
        hear(9);
        markers.markRead(1, 9);
        markers.markRead(1, 8);
        assertEquals(List.of(), takeMarked());
        markers.markRead(1, 10);
        assertEquals(List.of(10L), takeMarked());
    }

    @Test
    void goesNoFurtherThanTheNewestEvent() {
        markers.markRead(1, Long.MAX_VALUE);
        assertEquals(List.of(20L), takeMarked());
    }

    @Test
    void passesOverARoomItIsNotIn() {
        markers.markRead(2, 1);
        assertEquals(List.of(), takeMarked());
    }

    @Test
    void tellsWhatTheServerAnswers() throws Exception {
        markers.markRead(1, 5);
        answer(bench.takeSent().getFirst(), 5);
        assertEquals(List.of(new ReadMarkerMoved(1, 5, 3, 1)), bench.told);
    }

    @Test
    void tellsWhatAnotherDeviceHasReadUnlessItIsOlder() throws Exception {
        hear(9);
        hear(8);
        hear(9);
        assertEquals(
                List.of(new ReadMarkerMoved(1, 9, 3, 1), new ReadMarkerMoved(1, 9, 3, 1)),
                bench.told);
    }

    @Test
    void doesNotTellWhatIsBehindWhatTheUserHasReadSince() throws Exception {
        markers.markRead(1, 5);
        ClientFrame first = bench.takeSent().getFirst();
        markers.markRead(1, 8);
        answer(first, 5);
        assertEquals(List.of(), bench.told);
        bench.advance(Duration.ofSeconds(1));
        assertEquals(List.of(8L), takeMarked());
    }

    @Test
    void tellsTheServerAfterALossWhatItMayNotHaveHeard() throws Exception {
        markers.markRead(1, 5);
        takeMarked();
        bench.parts.uplink().detach();
        dialogue.onLost();
        markers.markRead(1, 7);
        assertEquals(List.of(new ReadMarkerMoved(1, 7, 0, 0)), bench.told);
        connect();
        ClientFrame resume = bench.takeSent().getFirst();
        dialogue.onFrame(
                ServerFrame.newBuilder()
                        .setRequestId(resume.getRequestId())
                        .setRoomEntered(
                                RoomEntered.newBuilder()
                                        .setRoom(FakeServer.room(1, "general", 20))
                                        .setNextSeq(21)
                                        .setOutcome(ResumeOutcome.CONTINUED))
                        .build());
        bench.advance(Duration.ofSeconds(1));
        assertEquals(List.of(7L), takeMarked());
    }

    @Test
    void triesAgainWhenTheServerIsBusyAndGivesUpWhenItRefuses() throws Exception {
        markers.markRead(1, 5);
        refuse(bench.takeSent().getFirst(), ErrorCode.BUSY, 500);
        bench.advance(Duration.ofMillis(1_499));
        assertEquals(List.of(), takeMarked());
        bench.advance(Duration.ofMillis(1));
        ClientFrame again = bench.takeSent().getFirst();
        assertEquals(5, again.getMarkRead().getSeq());
        refuse(again, ErrorCode.INVALID, 0);
        bench.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), takeMarked());
        markers.markRead(1, 5);
        assertEquals(List.of(5L), takeMarked());
    }

    private void refuse(ClientFrame request, ErrorCode code, int retryAfterMillis)
            throws Exception {
        dialogue.onFrame(
                ServerFrame.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setError(
                                Error.newBuilder()
                                        .setCode(WireEncoding.errorCode(code))
                                        .setRetryable(code.retryable())
                                        .setRetryAfterMs(retryAfterMillis))
                        .build());
    }
}
