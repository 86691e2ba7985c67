package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import localchat.core.identity.DeviceKey;
import localchat.core.protocol.wire.PostStored;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.Test;

/// Whoever leaves a room hears all the same what became of the posts sent before: PROTOCOL.md,
/// "Posts".
final class UnheardPostsTest {
    private static final DeviceKey KEY = DeviceKey.generate();

    private final TurnServer server = new TurnServer(new Random(1));
    private final TurnPeer ana = server.login("Ana", KEY);

    private static ByteString id(int number) {
        return ByteString.copyFrom("%016d".formatted(number), StandardCharsets.US_ASCII);
    }

    private void say(String frame) {
        ana.say(Samples.frame(frame));
    }

    private void post(long roomId, int number) {
        say(hello(roomId, number));
    }

    private static String hello(long roomId, int number) {
        return "post { room_id: %d client_msg_id: '%016d' flight: 1 message { text: 'hello' } }"
                .formatted(roomId, number);
    }

    /// Both in one piece, so that the server finds them in one turn.
    private void sayAtOnce(String frame, String next) {
        byte[] first = TurnPeer.bytes(Samples.frame(frame).build());
        byte[] second = TurnPeer.bytes(Samples.frame(next).build());
        ana.say(ByteBuffer.allocate(first.length + second.length).put(first).put(second).array());
    }

    private void enterGeneral() {
        server.ask(ana, Samples.frame("join_room { name: 'general' }"));
    }

    private List<PostStored> stored() {
        server.settle();
        return ana.hear().stream()
                .filter(ServerFrame::hasPostStored)
                .map(ServerFrame::getPostStored)
                .toList();
    }

    @Test
    void acknowledgesPostOfOneWhoLeavesAPrivateRoomForGoodInTheSameBreath() {
        ServerFrame made =
                server.ask(ana, Samples.frame("create_room { name: 'den' kind: ROOM_PRIVATE }"));
        long room = made.getRoomEntered().getRoom().getRoomId();
        long self = server.session(ana).person().map(person -> person.userId()).orElseThrow();
        sayAtOnce(
                hello(room, 1),
                ("post { room_id: %d client_msg_id: '%016d' flight: 1"
                                + " membership { user_id: %d change: LEFT } }")
                        .formatted(room, 2, self));
        List<PostStored> stored = stored();
        assertEquals(
                List.of(id(1), id(2)), stored.stream().map(PostStored::getClientMsgId).toList());
        assertEquals(List.of(1L, 2L), stored.stream().map(PostStored::getSeq).toList());
    }

    @Test
    void acknowledgesPostWhoseEventStillWaitedWhenTheRoomWasLeft() {
        enterGeneral();
        ana.takes(0);
        post(1, 1);
        server.settle();
        say("leave_room { room_id: 1 }");
        server.settle();
        ana.takes(Long.MAX_VALUE);
        assertEquals(List.of(id(1)), stored().stream().map(PostStored::getClientMsgId).toList());
    }

    @Test
    void acknowledgesPostWhoseEventIsPassedOverByGoingLiveAgain() {
        enterGeneral();
        ana.takes(0);
        post(1, 1);
        server.settle();
        say("join_room { name: 'general' }");
        server.settle();
        ana.takes(Long.MAX_VALUE);
        assertEquals(List.of(id(1)), stored().stream().map(PostStored::getClientMsgId).toList());
    }

    @Test
    void saysNothingBesideTheEventToOneWhoHeardIt() {
        enterGeneral();
        post(1, 1);
        server.settle();
        assertTrue(ana.hear().stream().anyMatch(ServerFrame::hasEvent));
        say("leave_room { room_id: 1 }");
        assertEquals(List.of(), stored());
    }

    @Test
    void acknowledgesTheOldestAtOnceWhenMoreWaitThanAreRemembered() {
        enterGeneral();
        ana.takes(0);
        for (int i = 1; i <= UnheardPosts.POSTS_MAX; i++) {
            post(1, i);
            server.settle();
        }
        post(1, 0);
        server.settle();
        ana.takes(Long.MAX_VALUE);
        assertEquals(List.of(id(1)), stored().stream().map(PostStored::getClientMsgId).toList());
    }
}
