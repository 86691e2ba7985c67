package localchat.server.session;

import com.google.protobuf.ByteString;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import localchat.core.identity.LoginProof;
import localchat.core.model.Availability;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageText;
import localchat.core.model.Person;
import localchat.core.model.Role;
import localchat.core.model.RoomKind;
import localchat.core.model.RoomName;
import localchat.core.model.UserName;
import localchat.core.protocol.ProtocolLimits;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Admission;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;
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
                        .setAdmission(Admission.ADMISSION_OPEN)
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
        UserName name = new UserName(proving.login().getUserName());
        People people = session.services().people();
        Optional<Session> namesake = people.online(name);
        Optional<Session> older = people.online(proving.device());
        if (namesake.isPresent() && !namesake.equals(older)) {
            session.refuseLogin(
                    proving.requestId(),
                    ErrorCode.NAME_TAKEN,
                    "somebody with this name is here already");
            return;
        }
        if (people.isFull() && !people.knows(name)) {
            session.refuseLogin(
                    proving.requestId(),
                    ErrorCode.BUSY,
                    "this server knows " + People.KEPT_MAX + " people already");
            return;
        }
        if (!people.knows(name) && !session.services().directory().hasUserId()) {
            session.refuseLogin(
                    proving.requestId(),
                    ErrorCode.BUSY,
                    "the server cannot take anybody new yet, try again in a moment");
            return;
        }
        older.ifPresent(Session::onReplaced);
        welcome(session, proving, name);
    }

    private static void welcome(Session session, Proving proving, UserName name) {
        SessionServices services = session.services();
        SessionConfig config = services.config();
        People.Account account = services.people().account(name);
        Person person = new Person(account.userId(), name, Role.MEMBER, Availability.ONLINE);
        RateLimit requestLimit =
                new RateLimit(
                        SessionConfig.REQUESTS_PER_SECOND,
                        SessionConfig.REQUESTS_BURST,
                        services.clockNanos().getAsLong());
        services.people().enter(session, name, proving.device());
        session.state(
                new LoggedIn(
                        new Member(person, proving.device(), account.postLimit(), requestLimit)));
        session.connection().loggedIn();
        services.counters().add(Counter.LOGINS);
        services.log()
                .login(
                        person,
                        session.connection().remote(),
                        proving.device(),
                        proving.clientName());
        Welcome.Builder welcome =
                Welcome.newBuilder()
                        .setServerId(ByteString.copyFrom(config.serverId().bytes()))
                        .setEpoch(ByteString.copyFrom(services.messageLog().epoch().bytes()))
                        .setUser(WireEncoding.person(person))
                        .setDeviceId(ByteString.copyFrom(proving.device().bytes()))
                        .setLimits(limits(config))
                        .setServerTimeMs(services.epochMillis().getAsLong())
                        .setServerName(config.serverName())
                        .setRole(WireEncoding.role(person.role()));
        services.rooms().ofMember(person.userId()).stream()
                .filter(room -> room.state().kind() == RoomKind.PRIVATE || room.headSeq() > 0)
                .sorted(Comparator.comparingLong(Room::lastEventMillis).reversed())
                .limit(SessionConfig.ROOMS_PER_SESSION_MAX)
                .forEach(room -> welcome.addRooms(WireEncoding.room(room.info(person.userId()))));
        session.send(proving.requestId(), ServerFrame.newBuilder().setWelcome(welcome));
    }

    private static Limits limits(SessionConfig config) {
        return Limits.newBuilder()
                .setFrameBytesMax(ProtocolLimits.FRAME_BYTES_MAX)
                .setTextBytesMax(MessageText.BYTES_MAX)
                .setUserNameBytesMax(UserName.BYTES_MAX)
                .setRoomNameBytesMax(RoomName.BYTES_MAX)
                .setPostsPerSecond(config.postsPerSecond())
                .setPostsBurst(config.postsBurst())
                .setRoomsPerSessionMax(SessionConfig.ROOMS_PER_SESSION_MAX)
                .setHistoryPageMessagesMax(SessionConfig.HISTORY_PAGE_MESSAGES_MAX)
                .setPeoplePageMax(SessionConfig.PEOPLE_PAGE_MAX)
                .setResumeEventsMax(SessionConfig.RESUME_EVENTS_MAX)
                .setPingAfterMs(config.pingAfterMillis())
                .setDeadAfterMs(config.deadAfterMillis())
                .setRequestInFlightMax(SessionConfig.REQUESTS_IN_FLIGHT_MAX)
                .setPostsInFlightMax(SessionConfig.POSTS_IN_FLIGHT_MAX)
                .setRequestsPerSecond(SessionConfig.REQUESTS_PER_SECOND)
                .setRequestsBurst(SessionConfig.REQUESTS_BURST)
                .build();
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
