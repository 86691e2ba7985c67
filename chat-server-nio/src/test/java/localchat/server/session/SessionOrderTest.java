package localchat.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import localchat.core.identity.DeviceKey;
import localchat.core.model.RoomName;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.Login;
import localchat.server.net.TurnPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames that are valid each and come in an order, at a time or a second time in which no client
/// should send them.
class SessionOrderTest {
    private static final DeviceKey ANAS_KEY = DeviceKey.generate();
    private static final DeviceKey BOS_KEY = DeviceKey.generate();
    private static final long REQUEST_ID = 77;

    private final TurnServer server = new TurnServer(new Random(1));

    @AfterEach
    void noFault() {
        assertEquals(List.of(), server.faults);
    }

    // Logging in
    // -------------------------------------------------------------------------------------------

    @Test
    void refusesALoginSentTogetherWithHello() {
        Challenge guessed = server.hello(server.connect());
        TurnPeer ana = server.connect();
        ana.say(together(Samples.of(KindCase.HELLO), loginFor(guessed)));
        server.settle();
        assertEquals("challenge BAD_SIGNATURE? LOGIN_REFUSED!", Reaction.of(ana, 0));
    }

    @Test
    void refusesALoginRecordedOnAnotherConnection() {
        TurnPeer first = server.connect();
        ClientFrame.Builder recorded = loginFor(server.hello(first));
        assertTrue(server.ask(first, recorded.clone()).hasWelcome());
        TurnPeer second = server.connect();
        server.hello(second);
        assertEquals("BAD_SIGNATURE? LOGIN_REFUSED!", reactionTo(second, recorded.clone()));
        assertEquals("pong", reactionTo(first, Samples.of(KindCase.PING)));
    }

    @Test
    void answersALoginRecordedOnTheSameConnectionNotNow() {
        TurnPeer ana = server.connect();
        ClientFrame.Builder recorded = loginFor(server.hello(ana));
        assertTrue(server.ask(ana, recorded.clone()).hasWelcome());
        assertEquals("NOT_NOW?", reactionTo(ana, recorded.clone()));
        assertEquals(1, server.people.online());
    }

    @Test
    void closesASecondHelloAndKeepsNobodyWhoseProofComesLater() {
        TurnPeer ana = server.connect();
        Challenge challenge = server.hello(ana);
        server.holdProofs();
        ana.say(loginFor(challenge));
        server.settle();
        assertEquals("WRONG_STATE!", reactionTo(ana, Samples.of(KindCase.HELLO)));
        server.checkProofs();
        server.settle();
        assertEquals(Reaction.NOTHING, Reaction.of(ana, 0));
        assertEquals(0, server.people.online());
    }

    @Test
    void closesARequestSentBeforeWelcomeWasRead() {
        TurnPeer ana = server.connect();
        ClientFrame.Builder login = loginFor(server.hello(ana));
        ana.say(together(login, Samples.of(KindCase.JOIN_ROOM)));
        server.settle();
        assertEquals("WRONG_STATE!", Reaction.of(ana, 0));
        assertEquals(0, server.people.online());
    }

    @Test
    void keepsNobodyWhoHungUpBeforeTheProofWasChecked() {
        TurnPeer ana = server.connect();
        Challenge challenge = server.hello(ana);
        server.holdProofs();
        ana.say(loginFor(challenge));
        ana.hangUp();
        server.settle();
        server.checkProofs();
        server.settle();
        assertEquals(0, server.people.online());
        assertEquals(0, server.connections.size());
    }

    @Test
    void welcomesOneOfTwoWhoseProofsOfOneNameAreCheckedTogether() {
        TurnPeer ana = server.connect();
        TurnPeer bo = server.connect();
        ClientFrame.Builder anas = loginFor(server.hello(ana));
        ClientFrame.Builder bos =
                ClientFrame.newBuilder().setLogin(Samples.login(server.hello(bo), "ANA", BOS_KEY));
        server.holdProofs();
        ana.say(anas);
        server.settle();
        bo.say(bos);
        server.settle();
        server.checkProofs();
        server.settle();
        assertEquals("welcome", Reaction.of(ana, 0));
        assertEquals("NAME_TAKEN? LOGIN_REFUSED!", Reaction.of(bo, 0));
    }

    @Test
    void theSecondOfTwoWhoseProofsOfOneDeviceAreCheckedTogetherReplacesTheFirst() {
        TurnPeer first = server.connect();
        TurnPeer second = server.connect();
        ClientFrame.Builder firsts = loginFor(server.hello(first));
        ClientFrame.Builder seconds = loginFor(server.hello(second));
        server.holdProofs();
        first.say(firsts);
        server.settle();
        second.say(seconds);
        server.settle();
        server.checkProofs();
        server.settle();
        assertEquals("welcome REPLACED!", Reaction.of(first, 0));
        assertEquals("welcome", Reaction.of(second, 0));
        assertEquals(1, server.people.online());
    }

    // Versions
    // ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"", "reactions", "\0"})
    void refusesWhoRequiresAFeature(String feature) {
        Hello.Builder hello = Samples.of(KindCase.HELLO).getHello().toBuilder();
        assertEquals(
                "UPGRADE_REQUIRED? UPGRADE_REQUIRED_CLOSE!",
                reactionTo(
                        server.connect(),
                        ClientFrame.newBuilder().setHello(hello.addRequiredFeatures(feature))));
    }

    /// `highest lowest`, unsigned, as a client says them.
    @ParameterizedTest
    @ValueSource(strings = {"0 0", "0 1", "1 2", "2 2", "2 0", "4294967295 0", "1 4294967295"})
    void refusesWhoSpeaksNoVersionOfTheServer(String versions) {
        assertEquals(
                "UPGRADE_REQUIRED? UPGRADE_REQUIRED_CLOSE!",
                reactionTo(server.connect(), helloOf(versions)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 0", "1 1", "2 1", "4294967295 1"})
    void challengesWhoSpeaksTheServersVersionToo(String versions) {
        assertEquals("challenge", reactionTo(server.connect(), helloOf(versions)));
    }

    /// `availability` of a later version, and below 0, in a request and in one that is not offered.
    @ParameterizedTest
    @ValueSource(ints = {4, 999, -1, Integer.MIN_VALUE})
    void refusesAnUnknownConstantAndGoesOn(int number) {
        TurnPeer ana = member();
        ClientFrame.Builder presence = ClientFrame.newBuilder();
        presence.getSetPresenceBuilder().setAvailabilityValue(number);
        assertEquals("INVALID?", reactionTo(ana, presence));
        ClientFrame.Builder role = ClientFrame.newBuilder();
        role.getSetRoleBuilder().setRoleValue(number);
        assertEquals("FORBIDDEN?", reactionTo(ana, role));
        assertEquals("pong", reactionTo(ana, Samples.of(KindCase.PING)));
    }

    @Test
    void takesAPostSentAgainWithAFieldOfALaterVersionForTheSame() {
        TurnPeer ana = member();
        assertEquals("event", reactionTo(ana, Samples.of(KindCase.POST)));
        RequestField message =
                RequestField.all().stream()
                        .filter(field -> field.toString().equals("post.message"))
                        .findFirst()
                        .orElseThrow();
        ByteString later = RequestField.lengthDelimited(1_000, ByteString.copyFromUtf8("later"));
        ClientFrame again = Samples.of(KindCase.POST).setRequestId(REQUEST_ID).build();
        ana.say(TurnPeer.prefixed(message.sampleWith(again, later)));
        server.settle();
        assertEquals("post_stored", Reaction.of(ana, REQUEST_ID));
    }

    // Posts sent again
    // -------------------------------------------------------------------------------------------

    @Test
    void storesAPostSentTwiceInOneTurnOnce() {
        TurnPeer ana = member();
        ana.say(together(Samples.of(KindCase.POST), Samples.of(KindCase.POST)));
        server.settle();
        assertEquals("post_stored event", Reaction.of(ana, 0));
        assertEquals(1, server.rooms.byName(RoomName.GENERAL).orElseThrow().headSeq());
    }

    @Test
    void answersConflictForAnotherBodyOrRoomOrActionInOneTurnToo() {
        TurnPeer ana = member();
        server.ask(ana, Samples.frame("join_room { name: 'kitchen' }"));
        ClientFrame.Builder otherRoom = Samples.of(KindCase.POST);
        otherRoom.getPostBuilder().setRoomId(2);
        ClientFrame.Builder otherText = Samples.of(KindCase.POST);
        otherText.getPostBuilder().getMessageBuilder().setText("hello!");
        ClientFrame.Builder otherAction = Samples.of(KindCase.POST);
        otherAction.getPostBuilder().getMessageBuilder().setAction(true);
        ClientFrame.Builder otherReply = Samples.of(KindCase.POST);
        otherReply.getPostBuilder().getMessageBuilder().setReplyToSeq(1);
        ana.say(together(Samples.of(KindCase.POST), otherRoom, otherText, otherAction, otherReply));
        server.settle();
        assertEquals("CONFLICT? CONFLICT? CONFLICT? CONFLICT? event", Reaction.of(ana, 0));
        assertEquals("post_stored", reactionTo(ana, Samples.of(KindCase.POST)));
    }

    @Test
    void knowsAPostAgainInANewConnectionOfTheSameDevice() {
        TurnPeer ana = member();
        assertEquals("event", reactionTo(ana, Samples.of(KindCase.POST)));
        ana.hangUp();
        TurnPeer again = member();
        ClientFrame.Builder otherFlight = Samples.of(KindCase.POST);
        otherFlight.getPostBuilder().setFlight(9);
        assertEquals("post_stored", reactionTo(again, otherFlight));
    }

    /// The whole of a recorded conversation is replayed: its proof is void, so nothing of it
    /// counts.
    @Test
    void replayOfAConversationDoesNothing() {
        TurnPeer ana = server.connect();
        ClientFrame.Builder login = loginFor(server.hello(ana));
        server.ask(ana, login.clone());
        server.ask(ana, Samples.of(KindCase.JOIN_ROOM));
        ana.hangUp();
        TurnPeer replayer = server.connect();
        for (ClientFrame.Builder frame :
                List.of(
                        Samples.of(KindCase.HELLO),
                        login.clone(),
                        Samples.of(KindCase.JOIN_ROOM),
                        Samples.of(KindCase.POST))) {
            replayer.say(frame);
            server.settle();
        }
        assertEquals("challenge BAD_SIGNATURE? LOGIN_REFUSED!", Reaction.of(replayer, 0));
        assertEquals(0, server.rooms.byName(RoomName.GENERAL).orElseThrow().headSeq());
    }

    // Coming and going
    // -------------------------------------------------------------------------------------------

    @Test
    void takesPostsAgainAfterLeavingAndJoining() {
        TurnPeer ana = member();
        assertEquals("room_left", reactionTo(ana, Samples.of(KindCase.LEAVE_ROOM)));
        assertEquals("NOT_IN_ROOM?", reactionTo(ana, Samples.of(KindCase.LEAVE_ROOM)));
        assertEquals("NOT_IN_ROOM?", reactionTo(ana, Samples.of(KindCase.POST)));
        assertEquals("room_entered", reactionTo(ana, Samples.of(KindCase.JOIN_ROOM)));
        assertEquals("event", reactionTo(ana, Samples.of(KindCase.POST)));
    }

    @Test
    void leavesOnceWhatWasEnteredTwice() {
        TurnPeer ana = member();
        assertEquals("room_entered", reactionTo(ana, Samples.of(KindCase.JOIN_ROOM)));
        assertEquals("room_entered", reactionTo(ana, Samples.of(KindCase.RESUME)));
        assertEquals("event", reactionTo(ana, Samples.of(KindCase.POST)));
        assertEquals("room_left", reactionTo(ana, Samples.of(KindCase.LEAVE_ROOM)));
        assertEquals(0, server.rooms.byName(RoomName.GENERAL).orElseThrow().online());
    }

    @Test
    void tellsAnAuthorWhoLeftInTheSameTurnThatThePostIsStored() {
        TurnPeer ana = member();
        ana.say(together(Samples.of(KindCase.POST), Samples.of(KindCase.LEAVE_ROOM)));
        server.settle();
        assertEquals("room_left post_stored", Reaction.of(ana, 0));
    }

    @Test
    void storesThePostOfAnAuthorWhoIsGoneBeforeItIsDecided() {
        TurnPeer bo = server.login("Bo", BOS_KEY);
        server.ask(bo, Samples.of(KindCase.JOIN_ROOM));
        TurnPeer ana = member();
        ana.say(together(Samples.of(KindCase.POST), ClientFrame.newBuilder()));
        server.settle();
        assertEquals("event", Reaction.of(bo, 0));
        assertEquals(1, server.rooms.byName(RoomName.GENERAL).orElseThrow().online());
    }

    private TurnPeer member() {
        TurnPeer ana = server.login("Ana", ANAS_KEY);
        assertTrue(server.ask(ana, Samples.of(KindCase.JOIN_ROOM)).hasRoomEntered());
        return ana;
    }

    private static ClientFrame.Builder loginFor(Challenge challenge) {
        Login.Builder login = Samples.login(challenge, "Ana", ANAS_KEY);
        assertNotEquals(0, login.getSignature().size());
        return ClientFrame.newBuilder().setLogin(login);
    }

    private static ClientFrame.Builder helloOf(String versions) {
        String[] both = versions.split(" ", -1);
        ClientFrame.Builder frame = Samples.of(KindCase.HELLO);
        frame.getHelloBuilder()
                .setProtocolVersion(Integer.parseUnsignedInt(both[0]))
                .setProtocolVersionMin(Integer.parseUnsignedInt(both[1]));
        return frame;
    }

    private String reactionTo(TurnPeer peer, ClientFrame.Builder frame) {
        peer.hear();
        peer.say(frame.setRequestId(REQUEST_ID));
        server.settle();
        return Reaction.of(peer, REQUEST_ID);
    }

    /// Frames in one piece.
    private static byte[] together(ClientFrame.Builder... frames) {
        List<byte[]> all = Stream.of(frames).map(frame -> TurnPeer.bytes(frame.build())).toList();
        ByteBuffer piece = ByteBuffer.allocate(all.stream().mapToInt(bytes -> bytes.length).sum());
        all.forEach(piece::put);
        return piece.array();
    }
}
