package localchat.server.benchmark;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.Hello;
import localchat.core.protocol.wire.JoinRoom;
import localchat.core.protocol.wire.Login;
import localchat.core.protocol.wire.MessageBody;
import localchat.core.protocol.wire.Pong;
import localchat.core.protocol.wire.Post;
import localchat.core.protocol.wire.RoomEntered;
import localchat.core.protocol.wire.ServerFrame;

/// The chat's own wire, see PROTOCOL.md. Events and presence are told from their first bytes;
/// everything else is rare and decoded.
final class ChatWire implements Wire {
    /// First two bytes of a presence frame: field 24, length-delimited.
    private static final short PRESENCE_TAG = (short) 0xc201;

    /// Request ids from here on take four bytes for the next 266 million messages, so that a
    /// template's length never changes. (Smaller ones are used for login and joining.)
    private static final int FIRST_POST_REQUEST = 1 << 21;

    private static final int HELLO_REQUEST = 1;
    private static final int LOGIN_REQUEST = 2;

    /// The join of a client's first room; those of the others follow.
    private static final int JOIN_REQUEST = 3;

    private final EventView event = new EventView();
    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] roomIds;
    private final Credentials credentials;
    private int firstEventBytes;

    /// @param rooms how many there are
    ChatWire(int rooms, Credentials credentials) {
        this.roomIds = new long[rooms];
        this.credentials = credentials;
    }

    /// Bytes of the first event that came, prefix included; 0 before.
    int firstEventBytes() {
        return firstEventBytes;
    }

    @Override
    public void onConnected(Client client) throws IOException {
        Hello.Builder hello = Hello.newBuilder().setProtocolVersion(1).setClientName("benchmark");
        client.send(frame(HELLO_REQUEST, ClientFrame.newBuilder().setHello(hello)));
    }

    private static byte[] frame(int requestId, ClientFrame.Builder frame) {
        byte[] payload = frame.setRequestId(requestId).build().toByteArray();
        return ByteBuffer.allocate(PREFIX_BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }

    @Override
    public void onFrame(Client client, ByteBuffer in, int at, int length) throws IOException {
        if (in.get(at) == EventView.TAG) {
            client.onDelivery();
            if (client.examines()) {
                event.read(in, at);
                client.onSeq(event.roomId(), event.seq());
                client.onStamp(in, event.textAt());
            }
            if (firstEventBytes == 0) {
                firstEventBytes = PREFIX_BYTES + length;
            }
        } else if (length > 1 && in.getShort(at) == PRESENCE_TAG) {
            client.onPresence();
        } else {
            onRareFrame(client, ServerFrame.parseFrom(in.slice(at, length)));
        }
    }

    private void onRareFrame(Client client, ServerFrame frame) throws IOException {
        switch (frame.getKindCase()) {
            case CHALLENGE -> {
                Login.Builder login = credentials.answer(client.number(), frame.getChallenge());
                client.send(frame(LOGIN_REQUEST, ClientFrame.newBuilder().setLogin(login)));
            }
            case WELCOME -> join(client);
            case ROOM_ENTERED ->
                    onEntered(client, (int) frame.getRequestId(), frame.getRoomEntered());
            case PING -> {
                Pong.Builder pong = Pong.newBuilder().setToken(frame.getPing().getToken());
                client.send(frame(0, ClientFrame.newBuilder().setPong(pong)));
            }
            case ERROR, GOODBYE, POST_STORED ->
                    throw new IOException(
                            "the server said to person %d: %s".formatted(client.number(), frame));
            default -> {}
        }
    }

    private static void join(Client client) throws IOException {
        int request = JOIN_REQUEST;
        for (int room : client.rooms()) {
            JoinRoom.Builder join = JoinRoom.newBuilder().setName("bench " + room);
            client.send(frame(request++, ClientFrame.newBuilder().setJoinRoom(join)));
        }
    }

    private void onEntered(Client client, int requestId, RoomEntered entered) {
        int room = client.rooms()[requestId - JOIN_REQUEST];
        roomIds[room] = entered.getRoom().getRoomId();
        client.onRoomEntered(roomIds[room], entered.getNextSeq());
        if (requestId == JOIN_REQUEST + client.rooms().length - 1) {
            client.onReady();
        }
    }

    @Override
    public FrameTemplate template(Client client, int room) {
        byte[] idMark = new byte[16];
        Arrays.fill(idMark, (byte) 'i');
        String text = "t".repeat(TEXT_BYTES);
        Post.Builder post =
                Post.newBuilder()
                        .setRoomId(roomIds[room])
                        .setClientMsgId(ByteString.copyFrom(idMark))
                        .setFlight(1)
                        .setMessage(MessageBody.newBuilder().setText(text));
        byte[] frame = frame(FIRST_POST_REQUEST, ClientFrame.newBuilder().setPost(post));
        String letters = new String(frame, StandardCharsets.ISO_8859_1);
        int idAt = letters.indexOf("i".repeat(idMark.length));
        int textAt = letters.indexOf(text);
        int requestAt = PREFIX_BYTES + 1;
        ByteBuffer ids = ByteBuffer.wrap(frame);
        return (dueNanos, stream, sequence) -> {
            writeVarint4(frame, requestAt, FIRST_POST_REQUEST + client.nextPostNumber());
            ids.putLong(idAt, random.nextLong()).putLong(idAt + Long.BYTES, random.nextLong());
            Stamp.write(frame, textAt, dueNanos, stream, sequence);
            return frame;
        };
    }

    private static void writeVarint4(byte[] frame, int at, int value) {
        for (int i = 0; i < 4; i++) {
            frame[at + i] = (byte) (((value >>> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0));
        }
    }
}
