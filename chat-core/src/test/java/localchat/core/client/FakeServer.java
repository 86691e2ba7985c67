package localchat.core.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import localchat.core.identity.LoginProof;
import localchat.core.model.CloseReason;
import localchat.core.model.Digest32;
import localchat.core.model.ErrorCode;
import localchat.core.model.MessageId;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.EncodedFrame;
import localchat.core.protocol.WireEncoding;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Event;
import localchat.core.protocol.wire.Goodbye;
import localchat.core.protocol.wire.Limits;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Person;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.ResumeOutcome;
import localchat.core.protocol.wire.Room;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.RoomKind;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;

/// A server on loopback that says what a test tells it to, from the test's own thread. Every wait
/// ends after ten seconds.
final class FakeServer implements AutoCloseable {
    static final long SELF_ID = 7;
    static final long GENERAL_ID = 1;
    static final byte[] SERVER_ID = filled(16, 0xA1);
    static final byte[] EPOCH = filled(16, 0xE1);
    static final byte[] OTHER_SERVER_ID = filled(16, 0xA2);
    static final byte[] OTHER_EPOCH = filled(16, 0xE2);

    private static final int WAIT_MILLIS = 10_000;
    private static final byte[] NONCE = filled(32, 0x11);
    private static final byte[] KEY_HASH = filled(32, 0x22);

    private final ServerSocket listening;

    FakeServer() throws IOException {
        this(0);
    }

    FakeServer(int port) throws IOException {
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        listening.setSoTimeout(WAIT_MILLIS);
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    ServerAddress address() {
        return new ServerAddress("127.0.0.1", listening.getLocalPort());
    }

    /// Waits for the next connection.
    Peer accept() throws IOException {
        return new Peer(listening.accept());
    }

    /// Waits for the next connection and logs it in.
    Peer acceptAndLogIn() throws IOException {
        Peer peer = accept();
        peer.logIn();
        return peer;
    }

    /// Waits for the next connection, logs it in and lets it enter the room `general` at this head.
    Peer acceptInto(long headSeq) throws IOException {
        Peer peer = acceptAndLogIn();
        ClientFrame join = peer.read(KindCase.JOIN_ROOM);
        peer.enter(join, room(GENERAL_ID, "general", headSeq), ResumeOutcome.ENTERED_LIVE);
        return peer;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    static Room room(long id, String name, long headSeq) {
        return Room.newBuilder()
                .setRoomId(id)
                .setName(name)
                .setKind(RoomKind.ROOM_PUBLIC)
                .setHeadSeq(headSeq)
                .setOnline(1)
                .build();
    }

    static Event event(long roomId, long seq, long senderId, byte[] id, String text) {
        return Event.newBuilder()
                .setRoomId(roomId)
                .setSeq(seq)
                .setTimeMs(1_000 + seq)
                .setSenderUserId(senderId)
                .setSenderName(senderId == SELF_ID ? "Ana" : "Bo")
                .setClientMsgId(ByteString.copyFrom(id))
                .setMessage(MessageBody.newBuilder().setText(text))
                .build();
    }

    /// An event from somebody else, its text being `m` and the seq.
    static Event event(long seq) {
        return event(GENERAL_ID, seq, 99, filled(16, (int) seq), "m" + seq);
    }

    /// The server's end of one connection.
    static final class Peer implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        private byte[] epoch = EPOCH;
        private Limits limits = Limits.getDefaultInstance();
        private byte[] serverId = SERVER_ID;
        private long timeMillis = System.currentTimeMillis();
        private List<Room> rooms = List.of();
        private List<Long> blocked = List.of();

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            socket.setSoTimeout(WAIT_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        Peer withEpoch(byte[] newEpoch) {
            epoch = newEpoch;
            return this;
        }

        Peer withLimits(Limits newLimits) {
            limits = newLimits;
            return this;
        }

        Peer withServerId(byte[] newServerId) {
            serverId = newServerId;
            return this;
        }

        /// Its clock at the login.
        Peer withTime(long newTimeMillis) {
            timeMillis = newTimeMillis;
            return this;
        }

        /// The user's private rooms and direct messages.
        Peer withRooms(Room... newRooms) {
            rooms = List.of(newRooms);
            return this;
        }

        /// Whom the user has blocked.
        Peer withBlocked(Long... userIds) {
            blocked = List.of(userIds);
            return this;
        }

        /// The next frame, whatever it is.
        ClientFrame read() throws IOException {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            return ClientFrame.parseFrom(payload);
        }

        /// The next frame, which must be of this kind; pings are answered and passed over.
        ClientFrame read(KindCase kind) throws IOException {
            long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
            ClientFrame frame = read();
            while (frame.hasPing() && kind != KindCase.PING) {
                assertTrue(System.nanoTime() - deadlineNanos < 0, "nothing but pings came");
                send(ServerFrame.newBuilder().setPong(pong(frame)));
                frame = read();
            }
            assertEquals(kind, frame.getKindCase(), frame::toString);
            return frame;
        }

        private static localchat.core.protocol.wire.Pong pong(ClientFrame ping) {
            return localchat.core.protocol.wire.Pong.newBuilder()
                    .setToken(ping.getPing().getToken())
                    .build();
        }

        Post readPost() throws IOException {
            return read(KindCase.POST).getPost();
        }

        void send(ServerFrame.Builder frame) throws IOException {
            MessageLite whole = frame.build();
            sendBytes(EncodedFrame.of(whole).asBuffer());
        }

        void sendBytes(java.nio.ByteBuffer bytes) throws IOException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            out.write(copy);
        }

        /// Hello, Challenge.
        void challenge() throws IOException {
            read(KindCase.HELLO);
            send(
                    ServerFrame.newBuilder()
                            .setChallenge(
                                    Challenge.newBuilder()
                                            .setProtocolVersion(1)
                                            .setNonce(ByteString.copyFrom(NONCE))
                                            .setServerKeyHash(ByteString.copyFrom(KEY_HASH))
                                            .setServerName("fake")));
        }

        /// The whole login; the signature must be right.
        Login logIn() throws IOException {
            challenge();
            Login login = read(KindCase.LOGIN).getLogin();
            byte[] key = login.getDevicePublicKey().toByteArray();
            byte[] signed =
                    LoginProof.signedBytes(new Digest32(KEY_HASH), NONCE, LoginProof.deviceId(key));
            assertTrue(
                    LoginProof.verify(key, signed, login.getSignature().toByteArray()),
                    "the login's signature is valid");
            send(
                    ServerFrame.newBuilder()
                            .setWelcome(
                                    Welcome.newBuilder()
                                            .setServerId(ByteString.copyFrom(serverId))
                                            .setEpoch(ByteString.copyFrom(epoch))
                                            .setUser(
                                                    Person.newBuilder()
                                                            .setUserId(SELF_ID)
                                                            .setName(login.getUserName()))
                                            .setLimits(limits)
                                            .setServerTimeMs(timeMillis)
                                            .addAllRooms(rooms)
                                            .addAllBlockedUserIds(blocked)
                                            .setServerName("fake")));
            return login;
        }

        /// Answers a JoinRoom or Resume: live from the head on.
        void enter(ClientFrame request, Room room, ResumeOutcome outcome) throws IOException {
            enter(request, room, room.getHeadSeq() + 1, outcome);
        }

        void enter(ClientFrame request, Room room, long nextSeq, ResumeOutcome outcome)
                throws IOException {
            send(
                    ServerFrame.newBuilder()
                            .setRequestId(request.getRequestId())
                            .setRoomEntered(
                                    RoomEntered.newBuilder()
                                            .setRoom(room)
                                            .setNextSeq(nextSeq)
                                            .setOutcome(outcome)));
        }

        void send(Event event) throws IOException {
            send(ServerFrame.newBuilder().setEvent(event));
        }

        /// Takes a post into the log of its room.
        void store(Post post, long seq) throws IOException {
            send(
                    event(
                            post.getRoomId(),
                            seq,
                            SELF_ID,
                            post.getClientMsgId().toByteArray(),
                            post.getMessage().getText()));
        }

        /// Refuses a request or login.
        void refuse(long requestId, ErrorCode code) throws IOException {
            send(ServerFrame.newBuilder().setRequestId(requestId).setError(error(code, 0)));
        }

        /// Refuses a post.
        void refusePost(ClientFrame post, ErrorCode code, int retryAfterMillis) throws IOException {
            send(
                    ServerFrame.newBuilder()
                            .setRequestId(post.getRequestId())
                            .setError(
                                    error(code, retryAfterMillis)
                                            .setClientMsgId(post.getPost().getClientMsgId())));
        }

        private static localchat.core.protocol.wire.Error.Builder error(
                ErrorCode code, int retryAfterMillis) {
            return localchat.core.protocol.wire.Error.newBuilder()
                    .setCode(WireEncoding.errorCode(code))
                    .setText("no: " + code)
                    .setRetryable(code.retryable())
                    .setRetryAfterMs(retryAfterMillis);
        }

        void goodbye(CloseReason reason, int retryAfterMillis) throws IOException {
            send(
                    ServerFrame.newBuilder()
                            .setGoodbye(
                                    Goodbye.newBuilder()
                                            .setReason(WireEncoding.closeReason(reason))
                                            .setRetryAfterMs(retryAfterMillis)));
        }

        /// Waits until the client has closed its end.
        void awaitEnd() throws IOException {
            int next = in.read();
            while (next >= 0) {
                next = in.read();
            }
        }

        void write(String ascii) throws IOException {
            out.write(ascii.getBytes(StandardCharsets.US_ASCII));
        }

        /// Ends the connection as a server does that stops.
        void hangUp() throws IOException {
            socket.close();
        }

        /// Breaks the connection with a reset.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static MessageId id(int value) {
        return MessageId.of(filled(16, value));
    }
}
