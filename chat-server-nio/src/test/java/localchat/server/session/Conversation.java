package localchat.server.session;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import localchat.core.protocol.wire.ClientFrame;
import localchat.core.protocol.wire.ClientFrame.KindCase;
import localchat.core.protocol.wire.Login;

/// A valid conversation of one client, from its Hello on: what [FrameDamage] damages. Every kind of
/// frame is in it, in the rooms 1 and 2.
final class Conversation {
    /// Frames up to the one that completes the login.
    static final int LOGIN_FRAMES = 2;

    private final List<ClientFrame> recorded = new ArrayList<>();

    /// @param login valid for every challenge of the server
    Conversation(Login login) {
        add(Samples.of(KindCase.HELLO));
        add(ClientFrame.newBuilder().setLogin(login));
        add(Samples.of(KindCase.PING));
        add(Samples.of(KindCase.JOIN_ROOM));
        add(Samples.frame("join_room { name: 'kitchen' }"));
        add(post(1, 1, "good morning"));
        add(post(2, 2, "tea?"));
        add(Samples.of(KindCase.TYPING));
        add(post(1, 3, "a\u0301 \ud83d\ude00 \0"));
        add(post(1, 3, "a\u0301 \ud83d\ude00 \0"));
        add(post(1, 3, "another body"));
        add(Samples.of(KindCase.RESUME));
        add(Samples.frame("fetch_history { room_id: 2 limit: 20 }"));
        add(Samples.frame("leave_room { room_id: 2 }"));
        add(post(2, 4, "from outside"));
        add(Samples.of(KindCase.RESUME).mergeFrom(Samples.frame("resume { room_id: 2 }").build()));
        for (KindCase kind : KindCase.values()) {
            if (kind != KindCase.HELLO && kind != KindCase.LOGIN && kind != KindCase.POST) {
                add(Samples.of(kind));
            }
        }
        add(Samples.of(KindCase.JOIN_ROOM));
        add(post(1, 5, "and bye"));
        add(Samples.frame("leave_room { room_id: 1 }"));
        add(Samples.of(KindCase.PING));
    }

    private void add(ClientFrame.Builder frame) {
        recorded.add(frame.setRequestId(recorded.size() + 1).build());
    }

    private static ClientFrame.Builder post(long roomId, int number, String text) {
        ClientFrame.Builder frame = Samples.of(KindCase.POST);
        frame.getPostBuilder()
                .setRoomId(roomId)
                .setClientMsgId(id(0, number))
                .getMessageBuilder()
                .setText(text);
        return frame;
    }

    private static ByteString id(long round, int number) {
        return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(round).putLong(number).array());
    }

    /// The frames as they are said in this round: its posts are its own.
    List<ClientFrame> inRound(long round) {
        List<ClientFrame> frames = new ArrayList<>(recorded);
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).hasPost()) {
                ClientFrame.Builder frame = frames.get(i).toBuilder();
                int number = frame.getPost().getClientMsgId().byteAt(15);
                frame.getPostBuilder().setClientMsgId(id(round, number));
                frames.set(i, frame.build());
            }
        }
        return frames;
    }
}
