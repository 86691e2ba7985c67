package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.HistoryMessage;
import localchat.core.protocol.wire.HistoryPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What has become of things between the request for a page and the moment when it was read.
class HistoryAnswersTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final long BO = 2;
    private static final String HISTORY = "fetch_history { room_id: %d }";
    private static final String EVENTS = "fetch_events { room_id: %d from_seq: 1 }";

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private int ids;

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    private static long entered(ServerFrame answer) {
        assertTrue(answer.hasRoomEntered(), answer::toString);
        return answer.getRoomEntered().getRoom().getRoomId();
    }

    private long joinBoth(String name) {
        String join = "join_room { name: '" + name + "' }";
        server.ask(ana, Samples.frame(join));
        return entered(server.ask(bo, Samples.frame(join)));
    }

    /// A private room of Ana's with Bo in it.
    private long den() {
        long den =
                entered(
                        server.ask(
                                ana,
                                Samples.frame(
                                        "create_room { name: 'den' kind: ROOM_PRIVATE"
                                                + " past_visible: true member_user_ids: 2 }")));
        assertEquals(den, entered(server.ask(bo, Samples.resume(den))));
        return den;
    }

    private void post(long room, String body) {
        ana.say(
                Samples.frame(
                        "post { room_id: %d client_msg_id: '%016d' flight: 1 %s }"
                                .formatted(room, ids++, body)));
        server.settle();
    }

    private void say(long room, String text) {
        post(room, "message { text: '" + text + "' }");
    }

    private void ask(String request, long room, long requestId) {
        bo.say(Samples.frame(request.formatted(room)).setRequestId(requestId));
        server.settle();
    }

    /// The one answer to a request of Bo's.
    private ServerFrame answer(long requestId) {
        server.settle();
        List<ServerFrame> answers =
                bo.hear().stream().filter(frame -> frame.getRequestId() == requestId).toList();
        assertEquals(1, answers.size(), answers::toString);
        return answers.getFirst();
    }

    // Too much
    // --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {HISTORY, EVENTS})
    void answersBusyInsteadOfAPageWhileTooManyAnswersWait(String request) {
        long room = joinBoth("attic");
        for (int i = 0; i < 20; i++) {
            say(room, "x".repeat(4_000));
        }
        bo.hear();
        server.log.holdReadings();
        int requests = SessionConfig.REQUESTS_IN_FLIGHT_MAX;
        for (int i = 1; i <= requests; i++) {
            ask(request, room, i);
        }
        assertEquals(requests, server.log.readings());
        bo.takes(0);
        server.log.readAll();
        server.settle();
        assertEquals(Optional.empty(), bo.closeReason());
        bo.takes(Long.MAX_VALUE);
        server.settle();
        List<ServerFrame> answers =
                bo.hear().stream().filter(frame -> frame.getRequestId() > 0).toList();
        List<ServerFrame> refused = answers.stream().filter(ServerFrame::hasError).toList();
        assertEquals(requests, answers.size());
        assertTrue(
                answers.size() - refused.size() >= 4, "pages until a quarter of a megabyte waits");
        for (ServerFrame each : refused) {
            assertEquals(ErrorCode.BUSY, each.getError().getCode());
            assertTrue(each.getError().getRetryable());
        }
        ask(request, room, 1_000);
        assertFalse(answer(1_000).hasError(), "now that they are read there is one");
    }

    // Outside
    // ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {HISTORY, EVENTS})
    void givesNoPageToSomebodyWhoWasRemovedMeanwhile(String request) {
        long den = den();
        say(den, "not for you any more");
        server.log.holdReadings();
        ask(request, den, 7);
        post(den, "membership { user_id: " + BO + " change: REMOVED }");
        server.log.readAll();
        assertEquals(ErrorCode.NOT_IN_ROOM, answer(7).getError().getCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {HISTORY, EVENTS})
    void givesNoPageToSomebodyWhoLeftMeanwhile(String request) {
        long room = joinBoth("attic");
        say(room, "said");
        server.log.holdReadings();
        ask(request, room, 7);
        server.ask(bo, Samples.frame("leave_room { room_id: " + room + " }"));
        server.log.readAll();
        assertEquals(ErrorCode.NOT_IN_ROOM, answer(7).getError().getCode());
    }

    @Test
    void saysNothingMoreToSomebodyWhoIsGoneWhenThePageComes() {
        long room = joinBoth("attic");
        say(room, "said");
        server.log.holdReadings();
        ask(HISTORY, room, 7);
        bo.hangUp();
        server.settle();
        server.log.readAll();
        server.settle();
        assertTrue(bo.isGone());
    }

    // Ahead
    // -----------------------------------------------------------------------------------------------------

    private HistoryPage page(String request, long room) {
        long requestId = 5_000L + ids++;
        ask(request, room, requestId);
        ServerFrame answer = answer(requestId);
        assertTrue(answer.hasHistoryPage(), answer::toString);
        return answer.getHistoryPage();
    }

    private static List<Long> seqs(HistoryPage page) {
        return page.getMessagesList().stream().map(HistoryMessage::getSeq).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HISTORY,
                "fetch_history { room_id: %d after_seq: 0 }",
                "fetch_history { room_id: %d around_seq: 2 }",
                "fetch_history { room_id: %d before_seq: 1000 }",
                "fetch_history { room_id: %d from_time_ms: 0 }"
            })
    void aPageEndsAtTheHeadThatTheRoomHasHeardOf(String request) {
        long room = joinBoth("attic");
        say(room, "one");
        say(room, "two");
        server.log.holdDecisions();
        say(room, "stored, and the room does not know yet");
        HistoryPage before = page(request, room);
        assertEquals(List.of(1L, 2L), seqs(before));
        assertTrue(before.getMoreAfter(), "there is one more");
        server.log.decideAll();
        server.settle();
        HistoryPage after = page(request, room);
        assertEquals(List.of(1L, 2L, 3L), seqs(after));
        assertFalse(after.getMoreAfter());
    }

    @Test
    void eventsEndAtTheHeadThatTheRoomHasHeardOf() {
        long room = joinBoth("attic");
        say(room, "one");
        server.log.holdDecisions();
        say(room, "stored, and the room does not know yet");
        ask(EVENTS, room, 7);
        assertEquals(1, answer(7).getEventPage().getEventsCount());
        server.log.decideAll();
        server.settle();
        ask(EVENTS, room, 8);
        assertEquals(2, answer(8).getEventPage().getEventsCount());
    }

    /// Whoever is removed by an event that the room has not heard of yet gets nothing that was said
    /// after it.
    @Test
    void nobodyReadsWhatIsSaidBehindTheOwnRemoval() {
        long den = den();
        say(den, "one");
        server.log.holdDecisions();
        post(den, "membership { user_id: " + BO + " change: REMOVED }");
        say(den, "between us");
        List<String> texts = new ArrayList<>();
        page(HISTORY, den).getMessagesList().forEach(m -> texts.add(m.getMessage().getText()));
        assertEquals(List.of("one"), texts);
    }
}
