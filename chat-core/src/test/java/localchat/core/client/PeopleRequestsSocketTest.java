package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Role;
import localchat.core.protocol.wire.Blocked;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Code;
import localchat.core.protocol.wire.Device;
import localchat.core.protocol.wire.DevicePage;
import localchat.core.protocol.wire.Done;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Invite;
import localchat.core.protocol.wire.InvitePage;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a session asks about people, and what it makes of the answers.
@Timeout(60)
class PeopleRequestsSocketTest {
    private static final byte[] DEVICE = FakeServer.filled(32, 0x44);

    private FakeServer server;
    private SessionUnderTest under;
    private FakeServer.Peer peer;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
        under = new SessionUnderTest(server.address()).start();
        peer = server.acceptInto(0);
        under.await(SessionEvent.RoomEntered.class);
    }

    @AfterEach
    void end() throws Exception {
        under.close();
        peer.close();
        server.close();
        assertTrue(under.faults.isEmpty(), under.faults::toString);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static RequestException refusal(CompletableFuture<?> future) {
        ExecutionException thrown =
                assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(RequestException.class, thrown.getCause());
    }

    private static ServerFrame.Builder answerTo(ClientFrame request) {
        return ServerFrame.newBuilder().setRequestId(request.getRequestId());
    }

    private static Arguments wish(
            Function<ChatSession, CompletableFuture<Boolean>> wish, String frame) {
        return Arguments.of(wish, frame);
    }

    static Stream<Arguments> wishes() {
        Digest32 device = new Digest32(DEVICE);
        return Stream.of(
                wish(
                        session -> session.account().revokeDevice(device),
                        "revoke_device { device_id: \"" + "D".repeat(32) + "\" }"),
                wish(
                        session -> session.account().signOutOthers(),
                        "revoke_device { all_others: true }"),
                wish(
                        session -> session.moderation().kick(9, Moderation.EVERYWHERE, "spam"),
                        "kick { user_id: 9 reason: \"spam\" }"),
                wish(
                        session -> session.moderation().kick(9, FakeServer.GENERAL_ID, ""),
                        "kick { user_id: 9 room_id: 1 }"),
                wish(
                        session ->
                                session.moderation()
                                        .mute(
                                                9,
                                                FakeServer.GENERAL_ID,
                                                Duration.ofMinutes(10),
                                                "x"),
                        "mute { user_id: 9 room_id: 1 duration_seconds: 600 reason: \"x\" }"),
                wish(
                        session -> session.moderation().unmute(9, Moderation.EVERYWHERE),
                        "mute { user_id: 9 }"),
                wish(
                        session -> session.moderation().ban(9, Duration.ofDays(7), "spam"),
                        "ban { user_id: 9 reason: \"spam\" duration_seconds: 604800 }"),
                wish(
                        session -> session.moderation().ban(9, Duration.ofDays(100_000), ""),
                        "ban { user_id: 9 duration_seconds: 2147483647 }"),
                wish(session -> session.moderation().unban(9), "unban { user_id: 9 }"),
                wish(
                        session -> session.moderation().setRole(9, Role.MODERATOR),
                        "set_role { user_id: 9 role: ROLE_MODERATOR }"),
                wish(
                        session -> session.moderation().releaseName("Bo"),
                        "release_name { name: \"Bo\" }"),
                wish(
                        session -> session.moderation().revokeInvite("i1"),
                        "revoke_invite { invite_id: \"i1\" }"));
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void saysWhatIsWishedAndTellsWhenItIsDone(
            Function<ChatSession, CompletableFuture<Boolean>> wish, String expected)
            throws Exception {
        CompletableFuture<Boolean> done = wish.apply(under.session);
        ClientFrame request = peer.read();
        assertEquals(
                TextFormat.parse(expected, ClientFrame.class),
                request.toBuilder().clearRequestId().build());
        peer.send(answerTo(request).setDone(Done.getDefaultInstance()));
        assertTrue(get(done));
    }

    @Test
    void blocksAndUnblocks() throws Exception {
        CompletableFuture<Boolean> blocked = under.session.account().block(9);
        ClientFrame block = peer.read(KindCase.BLOCK_PERSON);
        assertEquals(9, block.getBlockPerson().getUserId());
        peer.send(answerTo(block).setBlocked(Blocked.newBuilder().addUserIds(9)));
        assertTrue(get(blocked));
        assertEquals(java.util.Set.of(9L), under.next(SessionEvent.BlockedChanged.class).userIds());
        CompletableFuture<Boolean> unblocked = under.session.account().unblock(9);
        ClientFrame unblock = peer.read(KindCase.BLOCK_PERSON);
        assertTrue(unblock.getBlockPerson().getUnblock());
        peer.send(answerTo(unblock).setBlocked(Blocked.getDefaultInstance()));
        assertTrue(get(unblocked));
    }

    @Test
    void bringsTheCodesThatTheServerMakes() throws Exception {
        List<CompletableFuture<SecretCode>> codes =
                List.of(
                        under.session.account().deviceCode(),
                        under.session.account().recoveryCode(),
                        under.session.moderation().createInvite(5, Duration.ofHours(1)));
        List<KindCase> kinds =
                List.of(
                        KindCase.CREATE_DEVICE_CODE,
                        KindCase.CREATE_RECOVERY_CODE,
                        KindCase.CREATE_INVITE);
        for (int i = 0; i < kinds.size(); i++) {
            ClientFrame request = peer.read(kinds.get(i));
            if (request.hasCreateInvite()) {
                assertEquals(5, request.getCreateInvite().getUses());
                assertEquals(3_600, request.getCreateInvite().getValidSeconds());
            }
            Code.Builder code =
                    Code.newBuilder()
                            .setCode("CODE" + i)
                            .setExpiresMs(1_000 + i)
                            .setLink("l")
                            .setInviteId("i");
            peer.send(answerTo(request).setCode(code));
            assertEquals(new SecretCode("CODE" + i, 1_000 + i, "l", "i"), get(codes.get(i)));
        }
    }

    @Test
    void listsDevicesOfOneselfAndOfOthers() throws Exception {
        CompletableFuture<List<DeviceInfo>> own = under.session.account().devices();
        ClientFrame request = peer.read(KindCase.LIST_DEVICES);
        assertEquals(0, request.getListDevices().getUserId());
        Device.Builder device =
                Device.newBuilder()
                        .setDeviceId(ByteString.copyFrom(DEVICE))
                        .setDeviceName("desk")
                        .setClientName("chat-term 1.0")
                        .setFirstSeenMs(1)
                        .setLastSeenMs(2)
                        .setOnline(true)
                        .setCurrent(true);
        peer.send(answerTo(request).setDevicePage(DevicePage.newBuilder().addDevices(device)));
        assertEquals(
                List.of(
                        new DeviceInfo(
                                new Digest32(DEVICE), "desk", "chat-term 1.0", 1, 2, true, true)),
                get(own));
        var _ = under.session.moderation().devicesOf(9);
        assertEquals(9, peer.read(KindCase.LIST_DEVICES).getListDevices().getUserId());
    }

    @Test
    void listsInvitesPageAfterPage() throws Exception {
        CompletableFuture<List<InviteInfo>> invites = under.session.moderation().invites();
        ClientFrame first = peer.read(KindCase.LIST_INVITES);
        assertEquals("", first.getListInvites().getPageToken());
        Invite.Builder newer =
                Invite.newBuilder().setInviteId("i2").setUsesLeft(3).setCreatedByUserId(7);
        peer.send(
                answerTo(first)
                        .setInvitePage(
                                InvitePage.newBuilder().addInvites(newer).setNextPageToken("p2")));
        ClientFrame second = peer.read(KindCase.LIST_INVITES);
        assertEquals("p2", second.getListInvites().getPageToken());
        Invite.Builder older =
                Invite.newBuilder()
                        .setInviteId("i1")
                        .setExpiresMs(9)
                        .setRevoked(true)
                        .setAnyNumber(true);
        peer.send(answerTo(second).setInvitePage(InvitePage.newBuilder().addInvites(older)));
        assertEquals(
                List.of(
                        new InviteInfo("i2", false, 3, 0, 7, false),
                        new InviteInfo("i1", true, 0, 9, 0, true)),
                get(invites));
    }

    @Test
    void tellsWhyARequestWasRefusedAndHowLongToWait() throws Exception {
        CompletableFuture<Boolean> kicked = under.session.moderation().kick(9, 0, "");
        ClientFrame kick = peer.read(KindCase.KICK);
        peer.refuse(kick.getRequestId(), ErrorCode.FORBIDDEN);
        assertEquals(ErrorCode.FORBIDDEN, refusal(kicked).code());

        CompletableFuture<SecretCode> code = under.session.account().deviceCode();
        ClientFrame create = peer.read(KindCase.CREATE_DEVICE_CODE);
        peer.send(
                answerTo(create)
                        .setError(
                                Error.newBuilder()
                                        .setCode(
                                                localchat.core.protocol.wire.ErrorCode.RATE_LIMITED)
                                        .setRetryAfterMs(5_000)));
        assertEquals(5_000, refusal(code).retryAfterMillis());
    }

    @Test
    void refusesWhatTheProtocolCannotSay() {
        Moderation moderation = under.session.moderation();
        String longest = "é".repeat(128);
        var _ = moderation.kick(9, 0, longest);
        assertThrows(IllegalArgumentException.class, () -> moderation.kick(9, 0, longest + "x"));
        assertThrows(
                IllegalArgumentException.class, () -> moderation.ban(9, Duration.ZERO, "\ud800"));
        assertThrows(
                IllegalArgumentException.class,
                () -> moderation.mute(9, 0, Duration.ofMillis(999), ""));
        var _ = moderation.mute(9, 0, Duration.ofSeconds(1), "");
        assertThrows(
                IllegalArgumentException.class,
                () -> moderation.ban(9, Duration.ofSeconds(-1), ""));
        assertThrows(
                IllegalArgumentException.class, () -> moderation.createInvite(-1, Duration.ZERO));
    }

    @Test
    void listsEveryoneOnTheServer() throws Exception {
        CompletableFuture<PeopleList> people = under.session.listPeople(0, 10);
        ClientFrame list = peer.read(KindCase.LIST_PEOPLE);
        assertEquals(0, list.getListPeople().getRoomId());
        peer.send(
                answerTo(list)
                        .setPeoplePage(
                                localchat.core.protocol.wire.PeoplePage.newBuilder().setTotal(0)));
        assertEquals(0, get(people).people().size());
    }
}
