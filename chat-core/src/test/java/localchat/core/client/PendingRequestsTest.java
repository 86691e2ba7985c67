package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import localchat.core.protocol.MalformedFrameException;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Done;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.ListRooms;
import localchat.core.protocol.wire.RoomPage;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.ServerFrame.KindCase;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private final Bench bench = new Bench();
    private final PendingRequests requests = bench.parts.requests();
    private final List<String> outcomes = new ArrayList<>();

    private void ask(String name) {
        requests.ask(
                ClientFrame.newBuilder().setListRooms(ListRooms.newBuilder().setPageToken(name)),
                KindCase.ROOM_PAGE,
                _ -> outcomes.add(name + " answered"),
                refused -> outcomes.add(name + " " + refused.code() + " " + refused.lost()));
    }

    private static ServerFrame page(ClientFrame request) {
        return ServerFrame.newBuilder()
                .setRequestId(request.getRequestId())
                .setRoomPage(RoomPage.getDefaultInstance())
                .build();
    }

    @Test
    void bringTheAnswerToWhoAskedOnce() throws Exception {
        bench.connect();
        ask("a");
        ask("b");
        List<ClientFrame> sent = bench.takeSent();
        assertTrue(requests.onAnswer(page(sent.get(1))));
        assertTrue(requests.onAnswer(page(sent.get(0))));
        assertFalse(requests.onAnswer(page(sent.get(0))));
        assertEquals(List.of("b answered", "a answered"), outcomes);
    }

    @Test
    void passRefusalsOn() throws Exception {
        bench.connect();
        ask("a");
        requests.onAnswer(
                ServerFrame.newBuilder()
                        .setRequestId(bench.takeSent().get(0).getRequestId())
                        .setError(
                                localchat.core.protocol.wire.Error.newBuilder()
                                        .setCode(localchat.core.protocol.wire.ErrorCode.FORBIDDEN))
                        .build());
        assertEquals(List.of("a FORBIDDEN false"), outcomes);
    }

    @Test
    void takeAnAnswerOfAnotherKindForNone() throws Exception {
        bench.connect();
        ask("a");
        requests.onAnswer(
                ServerFrame.newBuilder()
                        .setRequestId(bench.takeSent().get(0).getRequestId())
                        .setDone(Done.getDefaultInstance())
                        .build());
        assertEquals(List.of("a UNSUPPORTED false"), outcomes);
    }

    @Test
    void refuseWhomAMalformedAnswerLeavesWithoutOne() {
        bench.connect();
        requests.ask(
                ClientFrame.newBuilder().setListRooms(ListRooms.getDefaultInstance()),
                KindCase.ROOM_PAGE,
                _ -> {
                    throw new MalformedFrameException("no such room");
                },
                refused -> outcomes.add(refused.code() + " " + refused.lost()));
        ServerFrame answer = page(bench.takeSent().getFirst());
        assertThrows(MalformedFrameException.class, () -> requests.onAnswer(answer));
        assertEquals(List.of("NOT_NOW true"), outcomes);
    }

    @Test
    void areRefusedWhenNotConnectedAndWhenTheConnectionGoes() {
        ask("early");
        bench.connect();
        requests.limitTo(inFlight(1));
        ask("sent");
        ask("waiting");
        bench.parts.uplink().detach();
        requests.onLost();
        assertEquals(
                List.of("early NOT_NOW true", "sent NOT_NOW true", "waiting NOT_NOW true"),
                outcomes);
    }

    @Test
    void keepToTheServersLimitAndTheirOrder() throws Exception {
        bench.connect();
        requests.limitTo(inFlight(2));
        ask("a");
        ask("b");
        ask("c");
        List<ClientFrame> sent = bench.takeSent();
        assertEquals(2, sent.size());
        requests.onAnswer(page(sent.get(0)));
        assertEquals("c", bench.takeSent().get(0).getListRooms().getPageToken());
    }

    @Test
    void keepToTheServersPace() throws Exception {
        bench.connect();
        requests.limitTo(Limits.newBuilder().setRequestsPerSecond(10).setRequestsBurst(3).build());
        for (int i = 0; i < 5; i++) {
            ask("r" + i);
        }
        assertEquals(2, bench.takeSent().size());
        bench.advance(Duration.ofMillis(100));
        assertEquals(0, bench.takeSent().size());
        bench.advance(Duration.ofMillis(10));
        assertEquals("r2", bench.takeSent().get(0).getListRooms().getPageToken());
        bench.advance(Duration.ofSeconds(1));
        assertEquals(2, bench.takeSent().size());
        assertEquals(List.of(), outcomes);
    }

    @Test
    void haveTheWholeAllowanceAgainOnANewConnection() {
        bench.connect();
        Limits limits = Limits.newBuilder().setRequestsPerSecond(1).setRequestsBurst(3).build();
        requests.limitTo(limits);
        ask("a");
        ask("b");
        requests.limitTo(limits);
        ask("c");
        assertEquals(3, bench.takeSent().size());
    }

    private static Limits inFlight(int max) {
        return Limits.newBuilder().setRequestInFlightMax(max).build();
    }

    @Test
    void areRefusedWhenTooManyWait() {
        bench.connect();
        for (int i = 0; i < PendingRequests.IN_FLIGHT_MAX + PendingRequests.WAITING_MAX; i++) {
            ask("fits");
        }
        assertEquals(List.of(), outcomes);
        ask("last");
        assertEquals(List.of("last BUSY false"), outcomes);
    }

    @Test
    void areGivenUpWhenNoAnswerComes() throws Exception {
        bench.connect();
        requests.limitTo(inFlight(1));
        ask("a");
        ask("b");
        List<ClientFrame> sent = bench.takeSent();
        bench.advance(Duration.ofSeconds(30));
        assertEquals(List.of("a BUSY false"), outcomes);
        assertFalse(requests.onAnswer(page(sent.get(0))), "too late");
        assertEquals("b", bench.takeSent().get(0).getListRooms().getPageToken());
    }
}
