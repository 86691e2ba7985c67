package localchat.server;

import com.google.protobuf.ByteString;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocket;
import localchat.core.identity.ClientTls;
import localchat.core.identity.DeviceKey;
import localchat.core.identity.LoginProof;
import localchat.core.model.Digest32;
import localchat.core.model.ServerAddress;
import localchat.core.protocol.wire.Challenge;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Goodbye;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.Resume;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;
import localchat.core.protocol.wire.Welcome;

/// A client as PROTOCOL.md describes one, on a blocking socket: nothing of the client's code is in
/// it. Every wait is bounded.
public final class TestPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private static final ClientTls TLS = new ClientTls();

    /// Beneath what encrypts, if anything does.
    private final Socket wire;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DeviceKey key;
    private final Random random = new Random(1);
    private long nextRequest = 1;

    /// Connected to a server in another process, or to what stands before one.
    public static TestPeer connect(InetSocketAddress server, DeviceKey key) throws IOException {
        return connect(server, key, 0);
    }

    /// Connected, with a small SO_RCVBUF: a peer that stops reading is felt by the server soon.
    public static TestPeer connect(InetSocketAddress server, DeviceKey key, int receiveBufferBytes)
            throws IOException {
        Socket connected = connected(server, receiveBufferBytes);
        return new TestPeer(
                connected,
                TestServers.isEncrypted() ? secured(connected, server) : connected,
                server,
                key);
    }

    /// Over a connection that was made, encrypted or not.
    public static TestPeer over(Socket connected, DeviceKey key) throws IOException {
        return new TestPeer(
                connected, connected, (InetSocketAddress) connected.getRemoteSocketAddress(), key);
    }

    private static Socket connected(InetSocketAddress server, int receiveBufferBytes)
            throws IOException {
        Socket socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.connect(server, PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /// TLS over a connection.
    public static SSLSocket secured(Socket connected, InetSocketAddress server) throws IOException {
        ServerAddress address =
                new ServerAddress(server.getAddress().getHostAddress(), server.getPort());
        return TLS.over(connected, address);
    }

    private TestPeer(Socket wire, Socket connected, InetSocketAddress server, DeviceKey key)
            throws IOException {
        this.wire = wire;
        this.socket = connected;
        this.in =
                new DataInputStream(
                        new java.io.BufferedInputStream(socket.getInputStream(), 16384));
        this.out = socket.getOutputStream();
        this.key = key;
        random.setSeed(System.identityHashCode(this) * 31L + server.getPort());
    }

    /// Connected, nothing said.
    public static TestPeer connect(ChatServer server) throws IOException {
        return connect(server, DeviceKey.generate());
    }

    public static TestPeer connect(ChatServer server, DeviceKey key) throws IOException {
        InetSocketAddress address = server.listening().getFirst();
        Socket connected = connected(address, 0);
        return new TestPeer(
                connected,
                server.isEncrypted() ? secured(connected, address) : connected,
                address,
                key);
    }

    /// Logged in.
    public static TestPeer login(ChatServer server, String name) throws IOException {
        return login(server, name, DeviceKey.generate());
    }

    public static TestPeer login(ChatServer server, String name, DeviceKey key) throws IOException {
        TestPeer peer = connect(server, key);
        peer.login(name);
        return peer;
    }

    public Welcome login(String name) throws IOException {
        ServerFrame answer = tryLogin(name);
        if (!answer.hasWelcome()) {
            throw new IOException("the login was answered " + answer);
        }
        return answer.getWelcome();
    }

    /// Says Hello and Login; returns what came instead of or as the Welcome.
    public ServerFrame tryLogin(String name) throws IOException {
        Challenge challenge = hello();
        return request(ClientFrame.newBuilder().setLogin(loginFor(challenge, name)));
    }

    public Challenge hello() throws IOException {
        return request(
                        ClientFrame.newBuilder()
                                .setHello(
                                        Hello.newBuilder()
                                                .setProtocolVersion(1)
                                                .setClientName("test")))
                .getChallenge();
    }

    public Login.Builder loginFor(Challenge challenge, String name) {
        byte[] signature =
                key.proveLogin(
                        new Digest32(challenge.getServerKeyHash().toByteArray()),
                        challenge.getNonce().toByteArray());
        return Login.newBuilder()
                .setDevicePublicKey(ByteString.copyFrom(key.rawPublicKey()))
                .setSignature(ByteString.copyFrom(signature))
                .setUserName(name);
    }

    public Digest32 device() {
        return LoginProof.deviceId(key.rawPublicKey());
    }

    public RoomEntered join(String room) throws IOException {
        return request(ClientFrame.newBuilder().setJoinRoom(JoinRoom.newBuilder().setName(room)))
                .getRoomEntered();
    }

    public RoomEntered resume(long roomId, ByteString epoch, long afterSeq) throws IOException {
        return request(
                        ClientFrame.newBuilder()
                                .setResume(
                                        Resume.newBuilder()
                                                .setRoomId(roomId)
                                                .setEpoch(epoch)
                                                .setAfterSeq(afterSeq)))
                .getRoomEntered();
    }

    /// A post with a new id.
    public static Post.Builder post(long roomId, String text, Random random) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return Post.newBuilder()
                .setRoomId(roomId)
                .setClientMsgId(ByteString.copyFrom(id))
                .setFlight(1)
                .setMessage(MessageBody.newBuilder().setText(text));
    }

    /// Posts without waiting; returns the client_msg_id.
    public ByteString say(long roomId, String text) throws IOException {
        Post post = post(roomId, text, random).build();
        send(ClientFrame.newBuilder().setRequestId(nextRequest++).setPost(post));
        return post.getClientMsgId();
    }

    /// Sends a request and waits for the frame that answers it; what else comes is passed over.
    public ServerFrame request(ClientFrame.Builder frame) throws IOException {
        long id = nextRequest++;
        send(frame.setRequestId(id));
        return await(answer -> answer.getRequestId() == id);
    }

    public void send(ClientFrame.Builder frame) throws IOException {
        byte[] bytes = frame.build().toByteArray();
        sendRaw(ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
    }

    public void sendRaw(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// The next frame that is so.
    public ServerFrame await(Predicate<ServerFrame> wanted) throws IOException {
        while (true) {
            ServerFrame frame = read();
            if (wanted.test(frame)) {
                return frame;
            }
            if (frame.hasPing()) {
                send(
                        ClientFrame.newBuilder()
                                .setPong(
                                        localchat.core.protocol.wire.Pong.newBuilder()
                                                .setToken(frame.getPing().getToken())));
            }
            if (frame.hasGoodbye()) {
                throw new IOException("instead came " + frame);
            }
        }
    }

    public ServerFrame awaitEvent() throws IOException {
        return await(ServerFrame::hasEvent);
    }

    /// The Goodbye that ends the connection, and its end.
    public Goodbye awaitGoodbye() throws IOException {
        Goodbye goodbye = null;
        try {
            while (true) {
                ServerFrame frame = read();
                if (frame.hasGoodbye()) {
                    goodbye = frame.getGoodbye();
                }
            }
        } catch (EOFException e) {
            if (goodbye == null) {
                throw new IOException("the connection ended without a goodbye", e);
            }
            return goodbye;
        }
    }

    /// The next frame, whatever it is.
    public ServerFrame read() throws IOException {
        return ServerFrame.parseFrom(readBytes());
    }

    /// The next frame's bytes.
    public byte[] readBytes() throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    /// Whether nothing but presence comes for so long.
    public boolean isQuietFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (true) {
                if (!read().hasPresence()) {
                    return false;
                }
            }
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    public Socket socket() {
        return socket;
    }

    /// Ends the connection with a reset, without a word before.
    public void reset() throws IOException {
        wire.setSoLinger(true, 0);
        wire.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
