package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.model.CloseReason;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All ids that the store has reserved are given away, and the next ones are not on disk yet.
class OutOfIdsTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final DeviceKey CYS_KEY = DeviceKey.generate();

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    private ServerFrame ask(String request) {
        return server.ask(ana, Samples.frame(request));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "join_room { name: 'attic' }",
                "create_room { name: 'attic' kind: ROOM_PUBLIC }",
                "create_room { name: 'attic' kind: ROOM_PRIVATE }",
                "open_direct { user_id: 2 }"
            })
    void makesNoRoomUntilThereIsAnIdForIt(String request) {
        server.login("Bo", BOS_KEY);
        server.log.outOfIds(true);
        Error refused = ask(request).getError();
        assertEquals(ErrorCode.BUSY, refused.getCode());
        assertTrue(refused.getRetryable());
        assertEquals(500, refused.getRetryAfterMs());
        server.log.outOfIds(false);
        assertTrue(ask(request).hasRoomEntered());
    }

    @Test
    void letsPeopleIntoTheRoomsThatThereAre() {
        server.login("Bo", BOS_KEY);
        long attic = ask("join_room { name: 'attic' }").getRoomEntered().getRoom().getRoomId();
        long direct = ask("open_direct { user_id: 2 }").getRoomEntered().getRoom().getRoomId();
        server.log.outOfIds(true);
        assertEquals(
                attic, ask("join_room { name: 'attic' }").getRoomEntered().getRoom().getRoomId());
        assertEquals(
                direct, ask("open_direct { user_id: 2 }").getRoomEntered().getRoom().getRoomId());
    }

    @Test
    void refusesWhomItDoesNotKnowAndWelcomesWhomItKnows() {
        TurnPeer bo = server.login("Bo", BOS_KEY);
        bo.hangUp();
        server.settle();
        server.log.outOfIds(true);
        TurnPeer cy = server.connect();
        ServerFrame refused = login(cy, "Cy", CYS_KEY);
        assertEquals(ErrorCode.BUSY, refused.getError().getCode());
        assertTrue(refused.getError().getRetryable());
        server.settle();
        assertEquals(Optional.of(CloseReason.LOGIN_REFUSED), cy.closeReason());
        assertTrue(login(server.connect(), "Bo", BOS_KEY).hasWelcome());
        server.log.outOfIds(false);
        assertTrue(login(server.connect(), "Cy", CYS_KEY).hasWelcome());
    }

    private ServerFrame login(TurnPeer peer, String name, DeviceKey key) {
        return server.ask(
                peer,
                ClientFrame.newBuilder().setLogin(Samples.login(server.hello(peer), name, key)));
    }
}
