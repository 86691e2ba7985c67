package localchat.server.session;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.identity.LoginProof;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.RoomKind;
import localchat.core.model.UserName;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Admission;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
import localchat.server.account.Account;
import localchat.server.account.Arrival;
import localchat.server.account.Decision;
import localchat.server.account.LoginCodes;
import localchat.server.counters.Counter;
import localchat.server.room.Room;
import localchat.server.session.SessionState.AwaitingLogin;
import localchat.server.session.SessionState.LoggedIn;
import localchat.server.session.SessionState.Proving;

/// Hello → Challenge → Login → Welcome. PROTOCOL.md, "Login". Runs on the loop thread.
final class LoginExchange {
    private LoginExchange() {}

    static void onHello(Session session, long requestId, Hello hello) {
        int highest = hello.getProtocolVersion();
        int lowest = hello.getProtocolVersionMin() == 0 ? highest : hello.getProtocolVersionMin();
        if (Integer.compareUnsigned(lowest, ProtocolLimits.VERSION) > 0
                || Integer.compareUnsigned(highest, ProtocolLimits.VERSION) < 0
                || hello.getRequiredFeaturesCount() > 0) {
            session.refuseLogin(
                    requestId,
                    ErrorCode.UPGRADE_REQUIRED,
                    "this server speaks protocol version "
                            + ProtocolLimits.VERSION
                            + " without further features");
            return;
        }
        if (isTooLong(hello.getClientName())) {
            session.refuseLogin(requestId, ErrorCode.INVALID, "client_name is too long");
            return;
        }
        SessionConfig config = session.services().config();
        byte[] random = new byte[ProtocolLimits.NONCE_BYTES];
        session.services().random().nextBytes(random);
        ByteString nonce = ByteString.copyFrom(random);
        Challenge challenge =
                Challenge.newBuilder()
                        .setProtocolVersion(ProtocolLimits.VERSION)
                        .setNonce(nonce)
                        .setServerKeyHash(ByteString.copyFrom(config.serverKeyHash().bytes()))
                        .setServerName(config.serverName())
                        .setAdmission(
                                session.services().admissions().inviteNeeded()
                                        ? Admission.ADMISSION_INVITE
                                        : Admission.ADMISSION_OPEN)
                        .build();
        session.state(new AwaitingLogin(nonce, hello.getClientName()));
        session.send(requestId, ServerFrame.newBuilder().setChallenge(challenge));
    }

    static void onLogin(Session session, AwaitingLogin awaiting, long requestId, Login login) {
        Optional<String> fault = UserName.fault(login.getUserName());
        if (fault.isPresent()) {
            session.refuseLogin(requestId, ErrorCode.NAME_INVALID, fault.get());
            return;
        }
        if (isTooLong(login.getDeviceName())) {
            session.refuseLogin(requestId, ErrorCode.INVALID, "device_name is too long");
            return;
        }
        if (hasTooLongCode(login)) {
            session.refuseLogin(
                    requestId,
                    ErrorCode.CODE_INVALID,
                    "a code has at most " + ProtocolLimits.CODE_BYTES_MAX + " bytes");
            return;
        }
        byte[] key = login.getDevicePublicKey().toByteArray();
        byte[] signature = login.getSignature().toByteArray();
        if (key.length != LoginProof.PUBLIC_KEY_BYTES
                || signature.length != LoginProof.SIGNATURE_BYTES) {
            session.refuseLogin(
                    requestId,
                    ErrorCode.BAD_SIGNATURE,
                    "device_public_key must have 32 bytes and signature 64");
            return;
        }
        Digest32 device = LoginProof.deviceId(key);
        Proving proving = new Proving(requestId, login, device, awaiting.clientName());
        session.state(proving);
        SessionConfig config = session.services().config();
        if (!config.proofRequired()) {
            onProof(session, proving, true);
            return;
        }
        byte[] signed =
                LoginProof.signedBytes(
                        config.serverKeyHash(), awaiting.nonce().toByteArray(), device);
        boolean taken =
                session.services()
                        .proofCheck()
                        .check(key, signed, signature, good -> onProof(session, proving, good));
        if (!taken) {
            session.refuseLogin(
                    requestId, ErrorCode.BUSY, "too many logins at once, try again in a moment");
        }
    }

    private static void onProof(Session session, Proving proving, boolean good) {
        if (!session.state().equals(proving) || !session.connection().isOpen()) {
            return;
        }
        if (!good) {
            session.refuseLogin(
                    proving.requestId(),
                    ErrorCode.BAD_SIGNATURE,
                    "the signature does not prove the device's key for this challenge");
            return;
        }
        SessionServices services = session.services();
        Decision decision =
                services.admissions()
                        .admit(
                                arrival(session, proving),
                                services.epochMillis().getAsLong(),
                                services.clockNanos().getAsLong());
        switch (decision) {
            case Decision.Refused(ErrorCode code, String text, int retryAfterMillis) ->
                    session.refuseLogin(proving.requestId(), code, text, retryAfterMillis);
            case Decision.Admitted admitted -> admit(session, proving, admitted);
        }
    }

    private static Arrival arrival(Session session, Proving proving) {
        Login login = proving.login();
        return new Arrival(
                new UserName(login.getUserName()),
                proving.device(),
                login.getDeviceName(),
                proving.clientName(),
                session.source(),
                LoginCodes.of(
                        login.getInviteCode(),
                        login.getDeviceCode(),
                        login.getRecoveryCode(),
                        login.getAdminCode()));
    }

    private static void admit(Session session, Proving proving, Decision.Admitted admitted) {
        SessionServices services = session.services();
        Account account = admitted.account();
        People people = services.people();
        Optional<Session> older = people.session(account.userId(), proving.device());
        boolean hasNamesake = older.isEmpty() && !people.sessions(account.userId()).isEmpty();
        if (hasNamesake && !services.config().proofRequired()) {
            session.refuseLogin(
                    proving.requestId(),
                    ErrorCode.NAME_TAKEN,
                    "somebody with this name is here already");
            return;
        }
        older.ifPresent(replaced -> replaced.close(CloseReason.REPLACED));
        if (admitted.renamed()) {
            people.onRenamed(account);
            services.rooms().onRenamed(account.userId());
        }
        Member member = enter(session, proving, account);
        if (admitted.becameAdmin()) {
            people.onRole(account);
            services.audit().record(member, Administration.act(account));
            services.audit().onRole(member, account);
        }
        welcome(session, proving, member);
    }

    private static Member enter(Session session, Proving proving, Account account) {
        SessionServices services = session.services();
        RateLimit postLimit = services.people().enter(session, account);
        RateLimit requestLimit =
                new RateLimit(
                        SessionConfig.REQUESTS_PER_SECOND,
                        SessionConfig.REQUESTS_BURST,
                        services.clockNanos().getAsLong());
        Person person = services.people().find(account.userId()).orElseThrow();
        Member member =
                new Member(person, proving.device(), session.source(), postLimit, requestLimit);
        session.state(new LoggedIn(member));
        services.people().onAvailability(account.userId());
        session.connection().loggedIn();
        services.counters().add(Counter.LOGINS);
        services.log()
                .login(
                        person,
                        session.connection().remote(),
                        proving.device(),
                        proving.clientName());
        return member;
    }

    private static void welcome(Session session, Proving proving, Member member) {
        SessionServices services = session.services();
        SessionConfig config = services.config();
        Person person = member.person();
        Welcome.Builder welcome =
                Welcome.newBuilder()
                        .setServerId(ByteString.copyFrom(config.serverId().bytes()))
                        .setEpoch(ByteString.copyFrom(services.messageLog().epoch().bytes()))
                        .setUser(WireEncoding.person(person))
                        .setDeviceId(ByteString.copyFrom(proving.device().bytes()))
                        .setLimits(AnnouncedLimits.of(config))
                        .setServerTimeMs(services.epochMillis().getAsLong())
                        .setServerName(config.serverName())
                        .setRole(WireEncoding.role(person.role()))
                        .addAllBlockedUserIds(
                                services.register().restraints().blockedBy(person.userId()));
        services.rooms().ofMember(person.userId()).stream()
                .filter(room -> room.state().kind() != RoomKind.DIRECT || room.headSeq() > 0)
                .sorted(Comparator.comparingLong(Room::lastEventMillis).reversed())
                .limit(SessionConfig.ROOMS_PER_SESSION_MAX)
                .forEach(room -> welcome.addRooms(WireEncoding.room(room.info(person.userId()))));
        session.send(proving.requestId(), ServerFrame.newBuilder().setWelcome(welcome));
    }

    private static boolean hasTooLongCode(Login login) {
        return Stream.of(
                        login.getInviteCode(),
                        login.getDeviceCode(),
                        login.getRecoveryCode(),
                        login.getAdminCode())
                .anyMatch(code -> MessageText.utf8Length(code) > ProtocolLimits.CODE_BYTES_MAX);
    }

    private static boolean isTooLong(String label) {
        return MessageText.utf8Length(label) > ProtocolLimits.LABEL_BYTES_MAX;
    }
}
