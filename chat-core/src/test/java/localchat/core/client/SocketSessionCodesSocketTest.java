package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import localchat.core.client.SessionEvent.BlockedChanged;
import localchat.core.client.SessionEvent.Connected;
import localchat.core.client.SessionEvent.Ended;
import localchat.core.client.SessionEvent.Failure;
import localchat.core.client.SessionEvent.SelfChanged;
import localchat.core.model.CloseReason;
import localchat.core.model.Role;
import localchat.core.model.UserName;
import localchat.core.protocol.wire.Blocked;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Done;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.ErrorCode;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Presence;
import localchat.core.protocol.wire.PresenceChange;
import localchat.core.protocol.wire.PresenceKind;
import localchat.core.protocol.wire.ServerFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Logins with codes and how they are refused, and who the user is afterwards.
@Timeout(60)
class SocketSessionCodesSocketTest {
    private static final String CODE = "7KQ2M-9XW4T-BC3ZD-H8RPN";

    private FakeServer server;

    @BeforeEach
    void begin() throws Exception {
        server = new FakeServer();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private SessionUnderTest session(Admittance code) {
        return session(code, true);
    }

    private SessionUnderTest session(Admittance code, boolean reconnect) {
        SessionConfig config =
                SessionUnderTest.config(server.address(), Duration.ofSeconds(10), reconnect)
                        .withAdmittance(code)
                        .withDeviceName("desk");
        return new SessionUnderTest(config, SessionUnderTest.QUICK, new SystemClock()).start();
    }

    private static List<String> codes(Login login) {
        return List.of(
                login.getInviteCode(),
                login.getDeviceCode(),
                login.getRecoveryCode(),
                login.getAdminCode());
    }

    @Test
    void sendsEachCodeInItsOwnPlaceAndNoneAgainAfterTheLogin() throws Exception {
        List<Admittance> kinds =
                List.of(
                        new Admittance.Invite(CODE),
                        new Admittance.DeviceCode(CODE),
                        new Admittance.RecoveryCode(CODE),
                        new Admittance.AdminCode(CODE));
        for (int i = 0; i < kinds.size(); i++) {
            try (SessionUnderTest under = session(kinds.get(i))) {
                FakeServer.Peer peer = server.accept();
                Login login = peer.logIn();
                for (int place = 0; place < kinds.size(); place++) {
                    assertEquals(place == i ? CODE : "", codes(login).get(place));
                }
                assertEquals("desk", login.getDeviceName());
                under.await(Connected.class);
                peer.hangUp();
                FakeServer.Peer again = server.accept();
                assertEquals(List.of("", "", "", ""), codes(again.logIn()));
                under.await(Connected.class);
                again.close();
            }
        }
    }

    @Test
    void sendsNoCodeWhenItHasNone() throws Exception {
        try (SessionUnderTest under = session(Admittance.none());
                FakeServer.Peer peer = server.accept()) {
            assertEquals(List.of("", "", "", ""), codes(peer.logIn()));
            under.await(Connected.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NAME_TAKEN, NAME_TAKEN",
        "INVITE_REQUIRED, INVITE_REQUIRED",
        "CODE_INVALID, CODE_INVALID",
        "DEVICE_UNKNOWN, DEVICE_REVOKED",
        "DEVICE_BANNED, BANNED",
        "RATE_LIMITED, TRY_LATER",
        "BAD_SIGNATURE, LOGIN_REFUSED"
    })
    void namesTheCauseOfARefusedLogin(ErrorCode code, Failure failure) throws Exception {
        try (SessionUnderTest under = session(new Admittance.Invite(CODE));
                FakeServer.Peer peer = server.accept()) {
            refuseLogin(peer, code, 40_000);
            Ended ended = under.awaitEnd(failure);
            boolean tellsWait =
                    Set.of(ErrorCode.NAME_TAKEN, ErrorCode.DEVICE_BANNED, ErrorCode.RATE_LIMITED)
                            .contains(code);
            assertEquals(tellsWait ? 40_000 : 0, ended.retryAfterMillis());
            assertTrue(!ended.text().contains("7KQ2M"), ended.text());
        }
    }

    private static void refuseLogin(FakeServer.Peer peer, ErrorCode code, int retryAfterMillis)
            throws Exception {
        peer.challenge();
        ClientFrame login = peer.read(KindCase.LOGIN);
        Error.Builder error =
                Error.newBuilder()
                        .setCode(code)
                        .setText("no: " + code)
                        .setRetryAfterMs(retryAfterMillis);
        peer.send(ServerFrame.newBuilder().setRequestId(login.getRequestId()).setError(error));
        peer.goodbye(CloseReason.LOGIN_REFUSED, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE_REQUIRED", "CODE_INVALID", "DEVICE_UNKNOWN"})
    void comesNotBackAfterARefusalThatNeedsAPerson(ErrorCode code) throws Exception {
        try (SessionUnderTest under = session(Admittance.none())) {
            server.acceptInto(0).hangUp();
            try (FakeServer.Peer again = server.accept()) {
                refuseLogin(again, code, 0);
                under.await(Ended.class);
            }
        }
    }

    private static ServerFrame.Builder presence(Person.Builder person, PresenceKind kind) {
        return ServerFrame.newBuilder()
                .setPresence(
                        Presence.newBuilder()
                                .setRoomId(FakeServer.GENERAL_ID)
                                .setOnline(1)
                                .addChanges(
                                        PresenceChange.newBuilder()
                                                .setPerson(person)
                                                .setKind(kind)
                                                .setFormerName("Ana")));
    }

    private static Person.Builder self(String name) {
        return Person.newBuilder().setUserId(FakeServer.SELF_ID).setName(name);
    }

    @Test
    void tellsOnceThatTheUserHasAnotherNameAndLogsInWithItAgain() throws Exception {
        try (SessionUnderTest under = session(Admittance.none())) {
            FakeServer.Peer peer = server.acceptInto(0);
            under.await(SessionEvent.RoomEntered.class);
            peer.send(presence(self("Anna"), PresenceKind.RENAMED));
            assertEquals("Anna", under.next(SelfChanged.class).self().name().value());
            var change = under.next(SessionEvent.PresenceChanged.class).changes().getFirst();
            assertEquals("Ana", change.formerName().orElseThrow().value());
            peer.send(presence(self("Anna"), PresenceKind.RENAMED));
            under.next(SessionEvent.PresenceChanged.class);
            peer.hangUp();
            try (FakeServer.Peer again = server.accept()) {
                assertEquals("Anna", again.logIn().getUserName());
                under.await(Connected.class);
            }
        }
    }

    @Test
    void tellsThatTheUserHasAnotherRole() throws Exception {
        try (SessionUnderTest under = session(Admittance.none());
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(SessionEvent.RoomEntered.class);
            Person.Builder other = Person.newBuilder().setUserId(99).setName("Bo");
            peer.send(
                    presence(
                            other.setRole(localchat.core.protocol.wire.Role.ROLE_ADMIN),
                            PresenceKind.ROLE_CHANGED));
            under.next(SessionEvent.PresenceChanged.class);
            peer.send(
                    presence(
                            self("Ana").setRole(localchat.core.protocol.wire.Role.ROLE_MODERATOR),
                            PresenceKind.ROLE_CHANGED));
            assertEquals(Role.MODERATOR, under.next(SelfChanged.class).self().role());
        }
    }

    @Test
    void takesTheNewNameOnceTheServerHas() throws Exception {
        try (SessionUnderTest under = session(Admittance.none());
                FakeServer.Peer peer = server.acceptInto(0)) {
            under.await(SessionEvent.RoomEntered.class);
            var done = under.session.account().changeName(new UserName("Anna"));
            ClientFrame request = peer.read(KindCase.CHANGE_NAME);
            assertEquals("Anna", request.getChangeName().getName());
            peer.send(
                    ServerFrame.newBuilder()
                            .setRequestId(request.getRequestId())
                            .setDone(Done.getDefaultInstance()));
            assertEquals("Anna", under.next(SelfChanged.class).self().name().value());
            assertTrue(done.get(10, java.util.concurrent.TimeUnit.SECONDS));
        }
    }

    @Test
    void tellsWhomTheUserHasBlocked() throws Exception {
        try (SessionUnderTest under = session(Admittance.none());
                FakeServer.Peer peer = server.accept().withBlocked(9L, 12L)) {
            peer.logIn();
            under.next(Connected.class);
            assertEquals(Set.of(9L, 12L), under.next(BlockedChanged.class).userIds());
            peer.send(ServerFrame.newBuilder().setBlocked(Blocked.newBuilder().addUserIds(9)));
            assertEquals(Set.of(9L), under.next(BlockedChanged.class).userIds());
            peer.send(ServerFrame.newBuilder().setBlocked(Blocked.newBuilder().addUserIds(9)));
            peer.send(ServerFrame.newBuilder().setBlocked(Blocked.getDefaultInstance()));
            assertEquals(Set.of(), under.next(BlockedChanged.class).userIds());
        }
    }

    @Test
    void comesNotBackByItselfWhenNotAskedTo() throws Exception {
        try (SessionUnderTest under = session(new Admittance.DeviceCode(CODE), false)) {
            server.accept().hangUp();
            under.awaitEnd(Failure.NOT_A_CHAT_SERVER);
        }
    }
}
