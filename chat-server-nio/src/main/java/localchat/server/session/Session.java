package localchat.server.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.nio.ByteBuffer;
import java.util.Optional;
import localchat.core.model.Availability;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.Person;
import localchat.core.model.PresenceKind;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Done;
import localchat.core.protocol.wire.Error;
import localchat.core.protocol.wire.Goodbye;
import localchat.core.protocol.wire.Ping;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.RoomLeft;
import localchat.core.protocol.wire.ServerFrame;
import localchat.server.account.Source;
import localchat.server.counters.Counter;
import localchat.server.net.Connection;
import localchat.server.net.ConnectionListener;
import localchat.server.room.Cursor;
import localchat.server.room.PostAuthor;
import localchat.server.room.PostOutcome;
import localchat.server.room.Room;
import localchat.server.session.SessionState.AwaitingHello;
import localchat.server.session.SessionState.AwaitingLogin;
import localchat.server.session.SessionState.Ended;
import localchat.server.session.SessionState.LoggedIn;
import localchat.server.session.SessionState.Proving;

/// One peer's conversation with the server, from Hello to the end of its connection. Belongs to the
/// loop thread.
public final class Session implements ConnectionListener, PostAuthor {
    /// What nobody here knows is not kept: as unknown fields 64 KiB of groups became 15 MB.
    private static final Parser<ClientFrame> FRAMES =
            DiscardUnknownFieldsParser.wrap(ClientFrame.parser());

    private static final EncodedFrame PING =
            EncodedFrame.of(
                    ServerFrame.newBuilder().setPing(Ping.newBuilder().setToken(1)).build());

    /// The longest that Goodbye of a stopping server asks clients to wait, in milliseconds. They
    /// add jitter.
    private static final int GOING_AWAY_RETRY_MILLIS = 1_000;

    /// The same of a server that is full, in milliseconds.
    private static final int FULL_RETRY_MILLIS = 5_000;

    private final SessionServices services;
    private final Connection connection;
    private SessionState state = new AwaitingHello();

    public Session(SessionServices services, Connection connection) {
        this.services = services;
        this.connection = connection;
    }

    SessionServices services() {
        return services;
    }

    Connection connection() {
        return connection;
    }

    SessionState state() {
        return state;
    }

    void state(SessionState next) {
        state = next;
    }

    /// Who it is, once logged in.
    Optional<Person> person() {
        return state instanceof LoggedIn loggedIn
                ? Optional.of(loggedIn.member().person())
                : Optional.empty();
    }

    /// Whose device it is, once logged in.
    Optional<Digest32> device() {
        return state instanceof LoggedIn(Member member)
                ? Optional.of(member.device())
                : Optional.empty();
    }

    /// Whether the device is in use.
    Availability availability() {
        return state instanceof LoggedIn(Member member)
                ? member.availability()
                : Availability.OFFLINE;
    }

    /// Where the peer comes from.
    Source source() {
        return Source.of(connection.remote());
    }

    // Frames in
    // -----------------------------------------------------------------------------------------

    @Override
    public void onFrame(ByteBuffer bytes) {
        ClientFrame frame;
        try {
            frame = FRAMES.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            connection.close(CloseReason.FRAME_MALFORMED);
            return;
        }
        long requestId = frame.getRequestId();
        try {
            dispatch(frame);
        } catch (RequestRefused refused) {
            send(requestId, error(refused.code(), refused.text(), refused.retryAfterMillis()));
        }
    }

    /// What each kind of frame needs is checked here, once; what it does stands in [#answer].
    private void dispatch(ClientFrame frame) throws RequestRefused {
        switch (state) {
            case AwaitingHello awaiting -> {
                if (frame.getKindCase() != KindCase.HELLO) {
                    connection.close(CloseReason.WRONG_STATE);
                    return;
                }
                LoginExchange.onHello(this, frame.getRequestId(), frame.getHello());
            }
            case AwaitingLogin awaiting -> {
                switch (frame.getKindCase()) {
                    case LOGIN ->
                            LoginExchange.onLogin(
                                    this, awaiting, frame.getRequestId(), frame.getLogin());
                    case PING -> pong(frame);
                    case PONG -> {}
                    default -> connection.close(CloseReason.WRONG_STATE);
                }
            }
            case Proving proving -> {
                switch (frame.getKindCase()) {
                    case PING -> pong(frame);
                    case PONG -> {}
                    default -> connection.close(CloseReason.WRONG_STATE);
                }
            }
            case LoggedIn(Member member) -> answer(member, frame);
            case Ended ended -> {}
        }
    }

    /// The one switch over what a logged-in client may ask. Who must be in the room is said by
    /// [Member#cursor].
    private void answer(Member member, ClientFrame frame) throws RequestRefused {
        long requestId = frame.getRequestId();
        KindCase kind = frame.getKindCase();
        if (kind == KindCase.POST) {
            Posts.onPost(this, member, requestId, frame.getPost());
            return;
        }
        if (kind != KindCase.PONG) {
            requireAllowance(member, kind);
            Permissions.require(member.person().role(), kind);
        }
        switch (kind) {
            case PING -> pong(frame);
            case PONG -> {}
            case JOIN_ROOM -> RoomRequests.onJoin(this, member, requestId, frame.getJoinRoom());
            case RESUME -> RoomRequests.onResume(this, member, requestId, frame.getResume());
            case LEAVE_ROOM -> RoomRequests.onLeave(this, member, requestId, frame.getLeaveRoom());
            case LIST_ROOMS ->
                    RoomRequests.onListRooms(this, member, requestId, frame.getListRooms());
            case LIST_PEOPLE ->
                    RoomRequests.onListPeople(this, member, requestId, frame.getListPeople());
            case TYPING -> RoomRequests.onTyping(this, member, frame.getTyping());
            case SET_PRESENCE ->
                    RoomRequests.onSetPresence(this, member, requestId, frame.getSetPresence());
            case FETCH_HISTORY ->
                    HistoryRequests.onFetchHistory(
                            this, member, requestId, frame.getFetchHistory());
            case FETCH_EVENTS ->
                    HistoryRequests.onFetchEvents(this, member, requestId, frame.getFetchEvents());
            case HELLO, LOGIN -> throw new RequestRefused(ErrorCode.NOT_NOW, "already logged in");
            case MARK_READ -> ReadMarkers.onMarkRead(this, member, requestId, frame.getMarkRead());
            case CREATE_ROOM ->
                    PrivateRooms.onCreate(this, member, requestId, frame.getCreateRoom());
            case OPEN_DIRECT ->
                    PrivateRooms.onOpenDirect(this, member, requestId, frame.getOpenDirect());
            case SET_ROOM -> PrivateRooms.onSetRoom(this, member, requestId, frame.getSetRoom());
            case CHANGE_NAME ->
                    AccountRequests.onChangeName(this, member, requestId, frame.getChangeName());
            case LIST_DEVICES ->
                    DeviceRequests.onList(this, member, requestId, frame.getListDevices());
            case REVOKE_DEVICE ->
                    DeviceRequests.onRevoke(this, member, requestId, frame.getRevokeDevice());
            case CREATE_DEVICE_CODE -> DeviceRequests.onCreateCode(this, member, requestId);
            case CREATE_RECOVERY_CODE ->
                    DeviceRequests.onCreateRecoveryCode(this, member, requestId);
            case BLOCK_PERSON ->
                    AccountRequests.onBlock(this, member, requestId, frame.getBlockPerson());
            case KICK -> Moderation.onKick(this, member, requestId, frame.getKick());
            case MUTE -> Moderation.onMute(this, member, requestId, frame.getMute());
            case BAN -> Moderation.onBan(this, member, requestId, frame.getBan());
            case UNBAN -> Moderation.onUnban(this, member, requestId, frame.getUnban());
            case SET_ROLE -> Administration.onSetRole(this, member, requestId, frame.getSetRole());
            case RELEASE_NAME ->
                    Administration.onReleaseName(this, member, requestId, frame.getReleaseName());
            case CREATE_INVITE ->
                    InviteRequests.onCreate(this, member, requestId, frame.getCreateInvite());
            case LIST_INVITES ->
                    InviteRequests.onList(this, member, requestId, frame.getListInvites());
            case REVOKE_INVITE ->
                    InviteRequests.onRevoke(this, member, requestId, frame.getRevokeInvite());
            case SEARCH ->
                    throw new RequestRefused(
                            ErrorCode.UNSUPPORTED, "this server does not offer " + kind + " yet");
            case KIND_NOT_SET ->
                    throw new RequestRefused(
                            ErrorCode.UNSUPPORTED, "this server does not know this request");
            case POST -> throw new IllegalStateException("served above");
        }
    }

    private void requireAllowance(Member member, KindCase kind) throws RequestRefused {
        if (connection.isAnswersHigh()) {
            throw new RequestRefused(
                    ErrorCode.BUSY, "read the answers that wait before asking for more");
        }
        boolean free = kind == KindCase.PING || kind == KindCase.TYPING;
        if (!free && !member.requestLimit().take(services.clockNanos().getAsLong())) {
            throw new RequestRefused(
                    ErrorCode.BUSY,
                    "more requests than allowed; see Welcome.limits",
                    member.requestLimit().millisToNext());
        }
    }

    private void pong(ClientFrame frame) {
        Pong pong = Pong.newBuilder().setToken(frame.getPing().getToken()).build();
        send(frame.getRequestId(), ServerFrame.newBuilder().setPong(pong));
    }

    // Frames out
    // ----------------------------------------------------------------------------------------

    void send(long requestId, ServerFrame.Builder frame) {
        connection.send(EncodedFrame.of(frame.setRequestId(requestId).build()));
    }

    void sendDone(long requestId) {
        send(requestId, ServerFrame.newBuilder().setDone(Done.getDefaultInstance()));
    }

    static ServerFrame.Builder error(ErrorCode code, String text, int retryAfterMillis) {
        return ServerFrame.newBuilder().setError(errorBody(code, text, retryAfterMillis));
    }

    static Error.Builder errorBody(ErrorCode code, String text, int retryAfterMillis) {
        return Error.newBuilder()
                .setCode(WireEncoding.errorCode(code))
                .setText(text)
                .setRetryable(code.retryable())
                .setRetryAfterMs(retryAfterMillis);
    }

    /// Answers a login that is refused, and ends the connection.
    void refuseLogin(long requestId, ErrorCode code, String text) {
        refuseLogin(requestId, code, text, 0);
    }

    /// Answers a login that is refused, and ends the connection.
    ///
    /// @param retryAfterMillis when it may be worth to try again; 0: not by itself
    void refuseLogin(long requestId, ErrorCode code, String text, int retryAfterMillis) {
        services.counters().add(Counter.LOGINS_REFUSED);
        services.log().loginRefused(connection.remote(), code);
        send(requestId, error(code, text, retryAfterMillis));
        connection.close(
                code == ErrorCode.UPGRADE_REQUIRED
                        ? CloseReason.UPGRADE_REQUIRED_CLOSE
                        : CloseReason.LOGIN_REFUSED);
    }

    @Override
    public void onPostDecided(PostOutcome outcome) {
        if (state instanceof LoggedIn(Member member)) {
            Posts.onDecided(this, member, outcome);
        }
    }

    // Liveness and the end
    // ------------------------------------------------------------------------------

    @Override
    public EncodedFrame pingFrame() {
        return PING;
    }

    @Override
    public Optional<EncodedFrame> farewell(CloseReason reason) {
        Goodbye goodbye =
                Goodbye.newBuilder()
                        .setReason(WireEncoding.closeReason(reason))
                        .setText(reason.words())
                        .setRetryAfterMs(retryAfterMillis(reason))
                        .build();
        return Optional.of(EncodedFrame.of(ServerFrame.newBuilder().setGoodbye(goodbye).build()));
    }

    private static int retryAfterMillis(CloseReason reason) {
        return switch (reason) {
            case GOING_AWAY -> GOING_AWAY_RETRY_MILLIS;
            case TOO_MANY_CONNECTIONS, TOO_MANY_LOGINS, PARTIAL_FRAMES_FULL -> FULL_RETRY_MILLIS;
            default -> 0;
        };
    }

    /// This session ends at once: the same device has logged in again, or somebody decided so.
    void close(CloseReason reason) {
        end(reason);
        connection.close(reason);
    }

    /// What others see of the person changed.
    ///
    /// @param kind which of availability, name and role
    void onPersonChanged(Person now, PresenceKind kind) {
        if (state instanceof LoggedIn(Member member)) {
            member.person(now);
            member.cursors()
                    .values()
                    .forEach(cursor -> cursor.room().onPersonChanged(cursor, now, kind));
        }
    }

    /// Whether this session is in a room now.
    boolean isIn(Room room) {
        return state instanceof LoggedIn(Member member) && member.cursors().containsKey(room.id());
    }

    /// The user is a member of a room no more.
    ///
    /// @param reason why, unless the user wanted it
    void onTakenOut(Room room, Optional<ErrorCode> reason) {
        if (!(state instanceof LoggedIn(Member member))) {
            return;
        }
        Cursor cursor = member.cursors().remove(room.id());
        if (cursor != null) {
            Posts.onLeaving(this, member, cursor);
            room.leave(cursor);
        }
        RoomLeft.Builder left = RoomLeft.newBuilder().setRoomId(room.id());
        reason.ifPresent(code -> left.setReason(WireEncoding.errorCode(code)));
        send(0, ServerFrame.newBuilder().setRoomLeft(left));
    }

    @Override
    public void onClosed(CloseReason reason) {
        end(reason);
    }

    private void end(CloseReason reason) {
        if (state instanceof LoggedIn(Member member)) {
            member.cursors().values().forEach(cursor -> cursor.room().leave(cursor));
            services.people().leave(this, member.userId());
            services.log().left(member.person(), reason);
        } else if (!(state instanceof Ended)) {
            services.log().closedBeforeLogin(connection.remote(), reason);
        }
        state = new Ended();
    }

    /// The bytes of a field that has a fixed length.
    ///
    /// @throws RequestRefused with INVALID when it has another
    static byte[] fixedBytes(ByteString field, int bytes, String name) throws RequestRefused {
        if (field.size() != bytes) {
            throw new RequestRefused(
                    ErrorCode.INVALID,
                    name + " must have " + bytes + " bytes, not " + field.size());
        }
        return field.toByteArray();
    }
}
