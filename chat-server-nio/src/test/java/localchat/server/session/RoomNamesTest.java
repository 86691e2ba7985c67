package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Names of public rooms while renames wait to be stored: a name is promised to one room and leads
/// to no other.
class RoomNamesTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", ANAS_KEY);
    private final TurnPeer bo = server.login("Bo", BOS_KEY);
    private long attic;
    private long cellar;
    private int ids;

    @BeforeEach
    void enter() {
        attic = entered(join(ana, "attic"));
        cellar = entered(join(bo, "cellar"));
        assertEquals(attic, entered(join(bo, "attic")));
    }

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    private ServerFrame join(TurnPeer peer, String name) {
        return server.ask(peer, Samples.frame("join_room { name: '" + name + "' }"));
    }

    private static long entered(ServerFrame answer) {
        assertTrue(answer.hasRoomEntered(), answer::toString);
        return answer.getRoomEntered().getRoom().getRoomId();
    }

    /// What answers the rename at once; nothing when it waits to be stored.
    private List<ErrorCode> rename(TurnPeer peer, long room, String name) {
        peer.hear();
        peer.say(
                Samples.frame(
                        "post { room_id: %d client_msg_id: '%016d' flight: %d rename { name: '%s' } }"
                                .formatted(room, ids, ids++, name)));
        server.settle();
        return errors(peer);
    }

    private static List<ErrorCode> errors(TurnPeer peer) {
        return peer.hear().stream()
                .filter(ServerFrame::hasError)
                .map(frame -> frame.getError().getCode())
                .toList();
    }

    @Test
    void aNamePromisedToARoomLeadsToNoOther() {
        server.log.holdDecisions();
        assertEquals(List.of(), rename(ana, attic, "loft"));
        assertEquals(List.of(ErrorCode.ROOM_NAME_TAKEN), rename(bo, cellar, "Loft"));
        assertEquals(ErrorCode.ROOM_NAME_TAKEN, join(bo, "loft").getError().getCode());
        server.log.decideAll();
        server.settle();
        assertEquals(attic, entered(join(bo, "loft")));
        assertTrue(entered(join(bo, "attic")) != attic, "the old name is free");
    }

    @Test
    void aNamePromisedToARoomIsPromisedToItAgain() {
        server.log.holdDecisions();
        assertEquals(List.of(), rename(ana, attic, "loft"));
        assertEquals(List.of(), rename(ana, attic, "LOFT"));
        server.log.decideAll();
        server.settle();
        assertEquals(List.of(), errors(ana));
        ServerFrame room = join(bo, "loft");
        assertEquals(attic, entered(room));
        assertEquals("LOFT", room.getRoomEntered().getRoom().getName());
    }

    /// Bo does not own the attic: the first of the two renames is refused.
    @Test
    void aNamePromisedTwiceIsFreeOnlyWhenBothAreDecided() {
        server.log.holdDecisions();
        assertEquals(List.of(), rename(bo, attic, "loft"));
        assertEquals(List.of(), rename(ana, attic, "loft"));
        server.log.decide();
        server.settle();
        assertEquals(List.of(ErrorCode.FORBIDDEN), errors(bo));
        assertEquals(List.of(ErrorCode.ROOM_NAME_TAKEN), rename(bo, cellar, "loft"));
        assertEquals(ErrorCode.ROOM_NAME_TAKEN, join(bo, "loft").getError().getCode());
        server.log.decideAll();
        server.settle();
        assertEquals(attic, entered(join(bo, "loft")));
    }

    /// Nobody is led to believe that acts of moderation stand in a room of his own.
    @Test
    void noPublicRoomIsCalledLikeTheAuditRoom() {
        assertEquals(ErrorCode.ROOM_NAME_TAKEN, join(bo, "Audit").getError().getCode());
        assertEquals(List.of(ErrorCode.ROOM_NAME_TAKEN), rename(ana, attic, "audit"));
        assertEquals(List.of(), rename(ana, attic, "audits"));
    }

    @Test
    void aNameWhoseRenameWasRefusedIsFree() {
        assertEquals(List.of(ErrorCode.FORBIDDEN), rename(bo, attic, "loft"));
        assertEquals(List.of(), rename(bo, cellar, "loft"));
        assertEquals(cellar, entered(join(ana, "loft")));
    }
}
